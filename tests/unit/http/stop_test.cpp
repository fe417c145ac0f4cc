#include <gmock/gmock.h>

#include <future>

#include "server_fixture.hpp"
#include "support/wait.hpp"

namespace fleet::http {
namespace {

using namespace std::chrono_literals;
using Stop = ServerTest;

TEST_F(Stop, IdleConnectionsCloseAtOnceAndTheRunningRequestFinishes) {
    std::promise<void> release;
    auto released = release.get_future().share();
    on(Method::get, "/slow", [released](const Request&) {
        released.wait();
        return Response{.body = "done"};
    });
    start();
    test::TlsStream idle{endpoint};
    test::TlsStream busy{endpoint};
    busy.write(test::to_bytes({.target = "/slow"}, endpoint));
    EXPECT_FALSE(busy.readable(200ms));

    auto stopped = std::async(std::launch::async, [&] { server->stop(10s); });
    EXPECT_TRUE(idle.readable(5s));
    EXPECT_THROW(
        {
            test::TlsStream late{endpoint};
            (void)late;
        },
        test::NetworkError
    );
    EXPECT_EQ(stopped.wait_for(100ms), std::future_status::timeout);
    release.set_value();

    const auto answer = test::read_response(busy);
    EXPECT_EQ(answer.body, "done");
    EXPECT_EQ(answer.header("Connection"), "close");
    busy.drop();
    EXPECT_EQ(stopped.wait_for(5s), std::future_status::ready);
    EXPECT_EQ(server->stats().connections, 0u);
}

TEST_F(Stop, DeadlineEndsWhatDoesNotFinish) {
    on_loop(
        Method::get,
        "/never",
        [held = std::make_shared<std::vector<Responder>>()](const Request&, Responder respond) {
            held->push_back(std::move(respond));
        }
    );
    start();
    test::TlsStream stream{endpoint};
    stream.write(test::to_bytes({.target = "/never"}, endpoint));
    EXPECT_FALSE(stream.readable(200ms));

    const auto before = std::chrono::steady_clock::now();
    server->stop(300ms);

    EXPECT_LT(std::chrono::steady_clock::now() - before, 3s);
    EXPECT_EQ(server->stats().connections, 0u);
}

TEST_F(Stop, IsSafeTwiceAndWithoutAStart) {
    start();
    server->stop(1s);
    server->stop(1s);
}

}  // namespace
}  // namespace fleet::http
