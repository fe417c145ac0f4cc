#include <gmock/gmock.h>
#include <sys/socket.h>
#include <unistd.h>

#include <future>
#include <nlohmann/json.hpp>
#include <vector>

#include "server_fixture.hpp"
#include "support/gzip.hpp"
#include "support/wait.hpp"

namespace fleet::http {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;

using Limits = ServerTest;

/// True when the peer ended the stream within the time, whatever came before.
bool ends(test::TlsStream& stream, std::chrono::milliseconds limit) {
    return test::eventually(
        [&] {
            try {
                return stream.readable(50ms) && stream.read_some().empty();
            } catch (const test::NetworkError&) {
                return true;
            }
        },
        limit
    );
}

TEST_F(Limits, BodyOverTheLimitIsRefusedUnread) {
    echo("/rest").max_body = 1000;
    auto& agent = echo("/agent", ErrorStyle::osquery);
    agent.max_body = 1000;
    start();
    // More than the sockets hold: a refusal that just closed would end in a reset.
    const std::string body(20u << 20, 'x');

    const auto rest = send({.method = "POST", .target = "/rest", .body = body});
    const auto osquery = send({.method = "POST", .target = "/agent", .body = body});

    EXPECT_EQ(rest.status, 413);
    EXPECT_EQ(rest.json().at("message"), "Request Entity Too Large");
    EXPECT_EQ(osquery.status, 413);
    EXPECT_TRUE(osquery.json().contains("error"));
    EXPECT_FALSE(osquery.json().contains("node_invalid"));
}

TEST_F(Limits, ChunkedBodyOverTheLimitIsRefusedOnTheWay) {
    echo("/rest").max_body = 1000;
    start();
    test::TlsStream stream{endpoint};

    stream.write("POST /rest HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n");
    stream.write("400\r\n" + std::string(1024, 'a') + "\r\n");

    EXPECT_EQ(test::read_response(stream, "POST").status, 413);
}

TEST_F(Limits, GzipBombIsCountedInflated) {
    echo("/rest");
    start();
    const auto bomb = [&](std::string bytes) {
        return send(
            {.method = "POST",
             .target = "/rest",
             .headers = {{"Content-Encoding", "gzip"}},
             .body = std::move(bytes)}
        );
    };

    EXPECT_EQ(bomb(test::gzip_bomb(200u << 20)).status, 413);
    EXPECT_EQ(bomb("this is not gzip").status, 400);
    EXPECT_EQ(bomb(test::gzip("cut off").substr(0, 15)).status, 400);
    EXPECT_EQ(bomb(test::gzip("fine")).body, "fine");
}

TEST_F(Limits, UnknownEncodingsAreRefused) {
    echo("/rest");
    start();

    const auto answer = send(
        {.method = "POST", .target = "/rest", .headers = {{"Content-Encoding", "br"}}, .body = "x"}
    );

    EXPECT_EQ(answer.status, 415);
}

TEST_F(Limits, MalformedRequestsGetAClearAnswer) {
    echo("/rest");
    start();
    const std::string post = "POST /rest HTTP/1.1\r\nHost: x\r\n";
    const struct {
        std::string bytes;
        int status;
    } cases[] = {
        {"NONSENSE\r\n\r\n", 400},
        {"GET /rest HTTP/1.1\r\n\r\n", 400},
        {"GET /rest HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", 400},
        {"GET rest HTTP/1.1\r\nHost: x\r\n\r\n", 400},
        {"GET /rest/%zz HTTP/1.1\r\nHost: x\r\n\r\n", 404},
        {post + "Content-Length: -1\r\n\r\n", 400},
        {post + "Content-Length: 5\r\nContent-Length: 6\r\n\r\n", 400},
        {post + "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n", 400},
        {post + "Transfer-Encoding: gzip, chunked\r\n\r\n", 501},
        {post + "Transfer-Encoding: identity\r\n\r\n", 501},
        {post + "Transfer-Encoding: chunked\r\n\r\nzzzz\r\n", 400},
        {post + "Bad Header: x\r\n\r\n", 400},
        {post + "Big: " + std::string(300'000, 'h') + "\r\n\r\n", 431},
    };
    for (const auto& c : cases) {
        test::TlsStream stream{endpoint};
        stream.write(c.bytes);
        const auto answer = test::read_response(stream, "POST");
        EXPECT_EQ(answer.status, c.status) << c.bytes.substr(0, 80);
        // Both kinds of client must see a refusal.
        EXPECT_TRUE(answer.json().contains("error") || answer.json().contains("message"));
    }
}

TEST_F(Limits, TooManyHeaderFieldsAreRefused) {
    echo("/rest");
    start();
    test::TlsStream stream{endpoint};
    std::string request = "GET /rest HTTP/1.1\r\nHost: x\r\n";
    for (int i = 0; i < 1000; ++i)
        request += "a: b\r\n";

    stream.write(request + "\r\n");

    EXPECT_EQ(test::read_response(stream).status, 431);
}

TEST_F(Limits, SlowHeaderIsAnswered408) {
    options.header_timeout = 200ms;
    options.handshake_timeout = 200ms;
    echo("/rest");
    start();
    test::TlsStream stream{endpoint};

    stream.write("POST /rest HTTP/1.1\r\nHo");

    EXPECT_EQ(test::read_response(stream, "POST").status, 408);
    EXPECT_EQ(server->stats().timeouts, 1u);
}

TEST_F(Limits, StalledBodyIsAnswered408InTheStyleOfItsRoute) {
    options.read_timeout = 200ms;
    echo("/agent", ErrorStyle::osquery);
    start();
    test::TlsStream stream{endpoint};

    stream.write("POST /agent HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nabc");

    const auto answer = test::read_response(stream, "POST");
    EXPECT_EQ(answer.status, 408);
    EXPECT_TRUE(answer.json().contains("error"));
}

TEST_F(Limits, ABodyThatKeepsComingMayTakeLonger) {
    options.read_timeout = 300ms;
    echo("/rest");
    start();
    test::TlsStream stream{endpoint};
    const std::string piece(16'000, 'p');

    stream.write("POST /rest HTTP/1.1\r\nHost: x\r\nContent-Length: 96000\r\n\r\n");
    for (int i = 0; i < 5; ++i) {
        stream.write(piece);
        EXPECT_FALSE(stream.readable(100ms)) << "answered after piece " << i;
    }
    stream.write(piece);

    EXPECT_EQ(test::read_response(stream, "POST").body.size(), 96'000u);
}

TEST_F(Limits, SilentConnectionsAreClosed) {
    options.handshake_timeout = 200ms;
    options.header_timeout = 200ms;
    options.idle_timeout = 300ms;
    echo("/rest");
    start();
    const int silent = test::connect_tcp("127.0.0.1", endpoint.port, 5s);
    test::TlsStream no_request{endpoint};
    test::TlsStream idle{endpoint};
    idle.write(test::to_bytes({.method = "POST", .target = "/rest", .body = "x"}, endpoint));
    EXPECT_EQ(test::read_response(idle, "POST").status, 200);

    EXPECT_TRUE(test::wait_readable(silent, 5s));
    EXPECT_TRUE(ends(no_request, 5s));
    EXPECT_TRUE(ends(idle, 5s));
    EXPECT_TRUE(test::eventually([&] { return server->stats().connections == 0; }));
    ::close(silent);
}

TEST_F(Limits, AReaderThatStopsIsDropped) {
    options.write_timeout = 300ms;
    on_loop(Method::get, "/big", [](const Request&, Responder respond) {
        respond(Response{.body = std::string(64u << 20, 'b')});
    });
    start();
    test::TlsStream stream{endpoint};

    stream.write(test::to_bytes({.target = "/big"}, endpoint));

    // 64 MB do not fit into the sockets' buffers; the bytes that did buy some time.
    EXPECT_TRUE(test::eventually([&] { return server->stats().connections == 1; }));
    stream.drop(test::TlsStream::Drop::soft);
    EXPECT_TRUE(test::eventually([&] { return server->stats().connections == 0; }));
}

TEST_F(Limits, BodiesInFlightAreBounded) {
    options.max_body_bytes_in_flight = 10'000;
    std::promise<void> release;
    auto released = release.get_future().share();
    on(Method::post, "/hold", [released](const Request&) {
        released.wait();
        return Response{};
    });
    echo("/agent", ErrorStyle::osquery);
    start();
    const std::string body(8'000, 'x');
    test::TlsStream holding{endpoint};
    holding.write(test::to_bytes({.method = "POST", .target = "/hold", .body = body}, endpoint));
    EXPECT_FALSE(holding.readable(200ms));

    const auto refused = send({.method = "POST", .target = "/agent", .body = body});
    release.set_value();
    EXPECT_EQ(test::read_response(holding, "POST").status, 200);
    const auto taken = send({.method = "POST", .target = "/agent", .body = body});

    EXPECT_EQ(refused.status, 503);
    EXPECT_NE(refused.header("Retry-After"), "");
    EXPECT_TRUE(refused.json().contains("error"));
    EXPECT_EQ(taken.status, 200);
}

TEST_F(Limits, UnderOverloadPeopleAreTurnedAwayAndAgentsServed) {
    on(Method::get, "/page", [](const Request&) { return Response{}; });
    on(Method::get, "/healthz", [](const Request&) { return Response{}; }).overload =
        Overload::serve;
    on_loop(Method::post, "/agent", [](const Request&, Responder responder) {
        responder(Response{.body = "{}"});
    });
    auto now = LoadMeter::Clock::now() - std::chrono::seconds{40};
    for (int i = 0; i < 3; ++i, now += std::chrono::seconds{20})
        load.tick(now - std::chrono::seconds{10}, now, now);
    ASSERT_TRUE(load.overloaded());
    start();

    const auto refused = send({.target = "/page"});
    EXPECT_EQ(refused.status, 503);
    EXPECT_NE(refused.header("Retry-After"), "");
    EXPECT_EQ(send({.target = "/healthz"}).status, 200);
    EXPECT_EQ(send({.method = "POST", .target = "/agent"}).status, 200);
    EXPECT_EQ(server->stats().shed, 1U);
}

TEST_F(Limits, FullWorkerPoolRefuses) {
    std::promise<void> release;
    auto released = release.get_future().share();
    on(Method::get, "/hold", [released](const Request&) {
        released.wait();
        return Response{};
    });
    start();
    std::vector<std::unique_ptr<test::TlsStream>> streams;
    for (int i = 0; i < 24; ++i) {
        streams.push_back(std::make_unique<test::TlsStream>(endpoint));
        streams.back()->write(test::to_bytes({.target = "/hold"}, endpoint));
    }

    // Two run, sixteen wait, the rest is refused.
    EXPECT_TRUE(test::eventually([&] { return server->stats().refused == 6; }));
    release.set_value();
    int ok = 0;
    int busy = 0;
    for (auto& stream : streams) {
        const auto answer = test::read_response(*stream);
        ok += answer.status == 200;
        busy += answer.status == 503 && !answer.header("Retry-After").empty();
    }
    EXPECT_EQ(ok, 18);
    EXPECT_EQ(busy, 6);
}

TEST_F(Limits, IdleConnectionsGiveWayWhenTheServerIsFull) {
    options.max_connections = 4;
    echo("/rest");
    start();
    std::vector<std::unique_ptr<test::TlsStream>> idle;
    for (int i = 0; i < 4; ++i) {
        idle.push_back(std::make_unique<test::TlsStream>(endpoint));
        idle.back()->write(test::to_bytes({.method = "POST", .target = "/rest"}, endpoint));
        EXPECT_EQ(test::read_response(*idle.back(), "POST").status, 200);
    }

    const auto answer = send({.method = "POST", .target = "/rest", .body = "new"});

    EXPECT_EQ(answer.body, "new");
    EXPECT_TRUE(ends(*idle.front(), 5s)) << "the oldest goes first";
}

TEST_F(Limits, FullServerWithoutIdleConnectionsRefusesNewOnes) {
    options.max_connections = 2;
    on_loop(
        Method::get,
        "/hold",
        [held = std::make_shared<std::vector<Responder>>()](const Request&, Responder respond) {
            held->push_back(std::move(respond));
        }
    );
    start();
    std::vector<std::unique_ptr<test::TlsStream>> busy;
    for (int i = 0; i < 2; ++i) {
        busy.push_back(std::make_unique<test::TlsStream>(endpoint));
        busy.back()->write(test::to_bytes({.target = "/hold"}, endpoint));
        EXPECT_FALSE(busy.back()->readable(100ms));
    }

    EXPECT_THROW(test::TlsStream{endpoint}, test::NetworkError);
    EXPECT_EQ(server->stats().refused, 1u);
}

}  // namespace
}  // namespace fleet::http
