// Clients that are slow, silent, half gone or no HTTP at all: they hold nothing and hurt nobody.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <openssl/ssl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <nlohmann/json.hpp>

#include "support/stack.hpp"
#include "support/wait.hpp"

namespace fleet::test {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using std::chrono::steady_clock;

class BadNetwork : public testing::Test {
protected:
    void TearDown() override {
        ASSERT_TRUE(stack.server().running());
        EXPECT_TRUE(stack.server().healthy());
    }

    [[nodiscard]] const Endpoint& endpoint() { return stack.server().endpoint(); }
    std::size_t files() { return stack.server().process().open_files(); }

    /// The status line of what comes back, "" when the server just closed.
    static std::string reply_of(TlsStream& stream) {
        try {
            const auto text = stream.read_some(seconds{10});
            return text.substr(0, text.find("\r\n"));
        } catch (const NetworkError&) {
            return "";
        }
    }

    Stack& stack = shared_stack();
};

TEST_F(BadNetwork, WhatIsNoHttpGetsA400OrTheDoor) {
    for (const std::string text :
         {"hello\r\n\r\n",
          "GET\r\n\r\n",
          "GET / HTTP/9.9\r\n\r\n",
          "\r\n\r\n\r\n\r\n",
          "POST / HTTP/1.1\r\nContent-Length: -5\r\n\r\n",
          "POST / HTTP/1.1\r\nContent-Length: 99999999999999999999999\r\n\r\n",
          "POST / HTTP/1.1\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nabcde",
          "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
          "GET / HTTP/1.1\r\nBad Header\r\n\r\n",
          "GET /\x01\x02 HTTP/1.1\r\n\r\n",
          "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"}) {
        TlsStream stream{endpoint()};
        stream.write(text);
        const auto reply = reply_of(stream);
        EXPECT_TRUE(
            reply.empty() || reply.starts_with("HTTP/1.1 4") || reply.starts_with("HTTP/1.1 5")
        ) << text
          << " -> " << reply;
    }
}

TEST_F(BadNetwork, PlainHttpAndGarbageInsteadOfTls) {
    for (const std::string& text :
         {std::string{"GET / HTTP/1.1\r\nHost: x\r\n\r\n"},
          std::string(5000, 'x'),
          std::string{"\x16\x03\x01\xFF\xFF", 5},
          std::string{"\x00\x00\x00\x00", 4}}) {
        const int fd = connect_tcp("127.0.0.1", endpoint().port, seconds{5});
        ::send(fd, text.data(), text.size(), MSG_NOSIGNAL);
        ::close(fd);
    }
}

TEST_F(BadNetwork, OldTlsIsRefusedNewTlsIsNot) {
    EXPECT_THROW(
        (TlsStream{endpoint(), {.max_version = TLS1_1_VERSION, .min_version = TLS1_VERSION}}),
        NetworkError
    );
    EXPECT_EQ((TlsStream{endpoint(), {.max_version = TLS1_2_VERSION}}.protocol()), "TLSv1.2");
    EXPECT_EQ(TlsStream{endpoint()}.protocol(), "TLSv1.3");
}

TEST_F(BadNetwork, ATruncatedBodyIsNoRequest) {
    auto agent = stack.enrolled("truncated");
    const auto marker = unique_name("truncated-line");
    const nlohmann::json body = {
        {"node_key", agent.node_key()}, {"log_type", "status"}, {"data", {status_line(marker)}}};
    const auto bytes =
        to_bytes({.method = "POST", .target = "/api/osquery/log", .body = body.dump()}, endpoint());
    for (const auto how : {TlsStream::Drop::soft, TlsStream::Drop::hard}) {
        TlsStream stream{endpoint()};
        stream.write(bytes.substr(0, bytes.size() - 3));
        stream.drop(how);
    }
    std::this_thread::sleep_for(milliseconds{200});
    for (const auto& line : stack.server().status_lines())
        EXPECT_EQ(line.find(marker), std::string::npos);
}

TEST_F(BadNetwork, SlowHeadersAreCutOff) {
    // operations C.1: 5 s for the header, whatever trickles in. On a new connection they follow the
    // 10 s that the handshake may take.
    const auto start = steady_clock::now();
    TlsStream stream{endpoint()};
    stream.write("POST /api/osquery/config HTTP/1.1\r\n");
    bool closed = false;
    while (!closed && steady_clock::now() - start < seconds{30}) {
        try {
            stream.write("X-Slow: 1\r\n");
        } catch (const NetworkError&) {
            closed = true;
        }
        closed = closed || stream.readable(milliseconds{250});
    }
    EXPECT_TRUE(closed);
    EXPECT_LT(steady_clock::now() - start, seconds{20});
}

TEST_F(BadNetwork, ManySilentConnectionsAreLetGoAndNobodyWaits) {
    const auto before = files();
    std::vector<int> silent;
    for (int i = 0; i < 300; ++i)
        silent.push_back(connect_tcp("127.0.0.1", endpoint().port, seconds{5}));
    std::vector<std::unique_ptr<TlsStream>> slow;
    for (int i = 0; i < 50; ++i) {
        slow.push_back(std::make_unique<TlsStream>(endpoint()));
        slow.back()->write("POST /api/osquery/log HTTP/1.1\r\nContent-Le");
    }

    auto agent = stack.agent("busy");
    const auto start = steady_clock::now();
    EXPECT_EQ(agent.enroll().status, 200);
    EXPECT_EQ(agent.config().status, 200);
    EXPECT_LT(steady_clock::now() - start, seconds{3});

    EXPECT_TRUE(eventually([&] { return files() < before + 20; }, seconds{30}))
        << "handshakes and headers that never end must be given up";
    for (const int fd : silent)
        ::close(fd);
}

TEST_F(BadNetwork, HalfOpenSocketsHoldNothing) {
    // The peer finished sending (FIN) in the middle of a request and never closes its own side.
    const auto before = files();
    std::vector<std::unique_ptr<TlsStream>> half;
    for (int i = 0; i < 50; ++i) {
        half.push_back(std::make_unique<TlsStream>(endpoint()));
        half.back()->write("POST /api/osquery/log HTTP/1.1\r\nContent-Length: 100\r\n\r\nhalf");
        half.back()->close_notify();
        ::shutdown(half.back()->socket(), SHUT_WR);
    }
    EXPECT_TRUE(eventually([&] { return files() < before + 20; }, seconds{35}));
}

TEST_F(BadNetwork, ConnectionsComeAndGoWithoutATrace) {
    auto agent = stack.enrolled("churn");
    for (int i = 0; i < 50; ++i)
        agent.config();
    const auto files_before = files();
    const auto rss_before = resident_kib(stack.server().process());
    for (int i = 0; i < 1500; ++i)
        agent.config();
    EXPECT_TRUE(eventually([&] { return files() <= files_before + 5; }, seconds{10}));
    EXPECT_LT(resident_kib(stack.server().process()), rss_before + 20 * 1024);
}

TEST_F(BadNetwork, PipelinedRequestsAreAnsweredInOrder) {
    TlsStream stream{endpoint()};
    const auto one = to_bytes({.target = "/version"}, endpoint());
    const auto two = to_bytes({.target = "/no-such-page-under/api"}, endpoint());
    stream.write(one + two + one);
    std::string rest;
    EXPECT_EQ(read_response(stream, rest, "GET").status, 200);
    EXPECT_NE(read_response(stream, rest, "GET").status, 0);
    EXPECT_EQ(read_response(stream, rest, "GET").status, 200);
}

TEST_F(BadNetwork, ChunkedBodiesAreRead) {
    auto agent = stack.enrolled("chunked");
    const auto body = nlohmann::json{{"node_key", agent.node_key()}}.dump();
    TlsStream stream{endpoint()};
    stream.write(
        "POST /api/osquery/config HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n"
    );
    for (const char c : body)
        stream.write(std::string{"1\r\n"} + c + "\r\n");
    stream.write("0\r\n\r\n");
    EXPECT_EQ(read_response(stream).status, 200);
}

TEST_F(BadNetwork, UnknownPathsOfEveryKind) {
    HttpClient http{endpoint()};
    for (const auto* path :
         {"/api",
          "/api/",
          "/api/v1",
          "/api/osquery",
          "/api/osquery/nope",
          "/api/v3/osquery/config",
          "/api/latest/fleet/../../etc/passwd",
          "/api//v1/fleet/me",
          "/api/v1/fleet/%2e%2e/me",
          "/api/v1/fleet/%",
          "/api/v1/fleet/%zz",
          "/api/v1/fleet/me?%zz=%"}) {
        const auto status = http.get(path).status;
        EXPECT_GE(status, 400) << path;
        EXPECT_LT(status, 500) << path;
    }
    EXPECT_THAT(
        http.get("/../../../../etc/passwd").body, testing::Not(testing::HasSubstr("root:"))
    );
    EXPECT_GE(http.get("/api/v1/fleet/" + std::string(100'000, 'a')).status, 400);
}

}  // namespace
}  // namespace fleet::test
