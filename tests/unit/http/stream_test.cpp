#include <gmock/gmock.h>

#include <atomic>
#include <stdexcept>

#include "server_fixture.hpp"
#include "support/wait.hpp"

namespace fleet::http {
namespace {

using namespace std::chrono_literals;
using Stream = ServerTest;

/// A body of `count` pieces "0\n", "1\n", ...
BodySource numbers(int count) {
    return [count, next = 0](std::string& piece) mutable {
        piece = std::to_string(next) + "\n";
        return ++next < count;
    };
}

TEST_F(Stream, ArrivesInChunksAndLeavesTheConnectionUsable) {
    on(Method::get, "/numbers", [](const Request&) {
        return Response{.content_type = "text/csv", .stream = numbers(1000)};
    });
    start();
    test::HttpClient client{endpoint};
    std::string expected;
    for (int i = 0; i < 1000; ++i)
        expected += std::to_string(i) + "\n";

    for (int round = 0; round < 2; ++round) {
        const auto answer = client.get("/numbers");
        EXPECT_EQ(answer.header("Transfer-Encoding"), "chunked");
        EXPECT_EQ(answer.body, expected);
    }
    EXPECT_EQ(server->stats().accepted, 1u);
}

TEST_F(Stream, OldClientsGetItUntilTheClose) {
    on(Method::get, "/numbers", [](const Request&) { return Response{.stream = numbers(3)}; });
    start();
    test::TlsStream stream{endpoint};

    stream.write("GET /numbers HTTP/1.0\r\n\r\n");
    std::string all;
    for (auto piece = stream.read_some(); !piece.empty(); piece = stream.read_some())
        all += piece;

    EXPECT_TRUE(all.ends_with("\r\n\r\n0\n1\n2\n")) << all;
    EXPECT_TRUE(all.starts_with("HTTP/1.0 200")) << all;
}

TEST_F(Stream, IsMadeOnlyAsFastAsItIsRead) {
    std::atomic<int> made{0};
    on(Method::get, "/endless", [&](const Request&) {
        return Response{.stream = [&](std::string& piece) {
            ++made;
            piece.assign(1u << 20, 'x');
            return true;
        }};
    });
    start();
    test::TlsStream stream{endpoint};
    stream.write(test::to_bytes({.target = "/endless"}, endpoint));

    ASSERT_TRUE(test::eventually([&] { return made > 0; }));
    int before = -1;
    EXPECT_TRUE(test::eventually([&] {
        const bool still = made == before;
        before = made;
        std::this_thread::sleep_for(200ms);
        return still && made == before;
    }));
    EXPECT_LT(made, 40);
    stream.drop();
    EXPECT_TRUE(test::eventually([&] { return server->stats().connections == 0; }));
}

TEST_F(Stream, AFailureInTheMiddleIsVisibleToTheClient) {
    on(Method::get, "/broken", [](const Request&) {
        return Response{.stream = [sent = false](std::string& piece) mutable {
            if (sent) throw std::runtime_error{"database went away"};
            sent = true;
            piece = "first";
            return true;
        }};
    });
    start();

    EXPECT_THROW(send({.target = "/broken"}), test::NetworkError);
}

}  // namespace
}  // namespace fleet::http
