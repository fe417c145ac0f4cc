#include <gtest/gtest.h>

#include <atomic>
#include <future>
#include <thread>
#include <vector>

#include "server_fixture.hpp"
#include "support/wait.hpp"

namespace fleet::http {
namespace {

using namespace std::chrono_literals;

using Overload = ServerTest;

TEST_F(Overload, NewConnectionsWaitWhileTheLoopIsLate) {
    echo("/echo");
    on_loop(Method::get, "/hog", [](const Request&, Responder respond) {
        std::this_thread::sleep_for(600ms);
        respond(Response{.body = "done"});
    });
    start();
    const auto get = [&](const std::string& target) {
        return std::async(std::launch::async, [this, target] {
            return send({.method = target == "/hog" ? "GET" : "POST", .target = target}).status;
        });
    };
    std::vector<std::future<int>> answers;
    for (int i = 0; i < 2; ++i)
        answers.push_back(get("/hog"));  // one for each thread of the loop
    std::this_thread::sleep_for(200ms);
    for (int i = 0; i < 12; ++i)
        answers.push_back(get("/echo"));

    for (auto& answer : answers)
        EXPECT_EQ(answer.get(), 200);
    EXPECT_GE(server->stats().accept_pauses, 1u);
}

TEST_F(Overload, ThoseWhoAreConnectedDoNotKeepOthersOut) {
    on_loop(Method::get, "/hog", [](const Request&, Responder respond) {
        std::this_thread::sleep_for(60ms);
        respond(Response{.body = "done"});
    });
    on_loop(Method::get, "/short", [](const Request&, Responder respond) {
        respond(Response{.body = "done"});
    });
    start();
    std::atomic<bool> over = false;
    std::vector<std::thread> hogs;
    for (int i = 0; i < 6; ++i) {
        hogs.emplace_back([&] {
            test::HttpClient kept{endpoint, test::HttpClient::Connections::kept};
            while (!over)
                EXPECT_EQ(kept.send({.target = "/hog"}).status, 200);
        });
    }
    EXPECT_TRUE(test::eventually([&] { return load.late(); })) << "the loop has work all the time";

    const auto begin = std::chrono::steady_clock::now();
    std::vector<std::future<int>> others;
    for (int i = 0; i < 24; ++i) {
        others.push_back(std::async(std::launch::async, [this] {
            return send({.target = "/short"}).status;
        }));
    }
    for (auto& other : others)
        EXPECT_EQ(other.get(), 200);
    EXPECT_LT(std::chrono::steady_clock::now() - begin, 15s);
    over = true;
    for (auto& hog : hogs)
        hog.join();
}

TEST_F(Overload, UnderLastingOverloadSomeConnectionsAreClosedAndTheOthersServed) {
    options.herd_time = 0ms;
    on_loop(Method::get, "/slow", [](const Request&, Responder respond) {
        std::this_thread::sleep_for(5ms);  // two threads: 400 requests a second
        respond(Response{.body = "done"});
    });
    start();
    std::atomic<bool> over = false;
    std::atomic<int> closed = 0;
    std::atomic<int> served = 0;
    std::vector<std::thread> clients;
    for (int i = 0; i < 240; ++i) {
        clients.emplace_back([&] {
            while (!over) {
                try {
                    EXPECT_EQ(send({.target = "/slow"}).status, 200);
                    ++served;
                } catch (const test::NetworkError&) {
                    ++closed;
                    std::this_thread::sleep_for(200ms);
                }
            }
        });
    }
    EXPECT_TRUE(test::eventually([&] { return closed > 20 && served > 100; }));
    over = true;
    for (auto& client : clients)
        client.join();

    EXPECT_GE(server->stats().turned_away, static_cast<std::uint64_t>(closed.load()));
    for (int i = 0; i < 20; ++i)
        EXPECT_EQ(send({.target = "/slow"}).status, 200) << "it is over";
}

}  // namespace
}  // namespace fleet::http
