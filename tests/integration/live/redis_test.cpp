#include "fleet/live/redis.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <future>
#include <mutex>
#include <thread>

#include "support/net.hpp"
#include "support/private_redis.hpp"
#include "support/wait.hpp"

namespace fleet::live {
namespace {

using test::eventually;

/// An event loop of two threads and a client on it.
struct Client {
    explicit Client(RedisOptions options) : redis{open_redis(loop, std::move(options))} {
        for (int i = 0; i < 2; ++i)
            threads.emplace_back([this] { loop.run(); });
        redis->start();
    }
    ~Client() {
        redis->stop();
        guard.reset();
        for (auto& thread : threads)
            thread.join();
    }
    Client(const Client&) = delete;
    Client& operator=(const Client&) = delete;

    bool is_up() const {
        return eventually([&] { return redis->connected(); });
    }

    boost::asio::io_context loop{};
    boost::asio::executor_work_guard<boost::asio::io_context::executor_type> guard{
        loop.get_executor()};
    std::unique_ptr<Redis> redis;
    std::vector<std::thread> threads{};
};

RedisOptions at(const test::PrivateRedis& server) {
    return {.address = server.address()};
}

class RedisTest : public testing::Test {
protected:
    test::PrivateRedis server{};
};

TEST_F(RedisTest, CommandsAndPipelinesAnswerInOrder) {
    Client client{at(server)};
    ASSERT_TRUE(client.is_up());

    const auto replies = client.redis->call_pipeline(
        {{"SET", "k", "v"}, {"INCR", "n"}, {"GET", "k"}, {"GET", "none"}, {"NOSUCH"}}
    );

    ASSERT_EQ(replies.size(), 5u);
    EXPECT_EQ(replies[0].text, "OK");
    EXPECT_EQ(replies[1].integer, 1);
    EXPECT_EQ(replies[2].text, "v");
    EXPECT_EQ(replies[3].type, Reply::Type::nil);
    EXPECT_FALSE(replies[4].ok());
    EXPECT_TRUE(client.redis->call({"PING"}).ok());
}

TEST_F(RedisTest, LargePayloadsPassUnharmed) {
    Client client{at(server)};
    ASSERT_TRUE(client.is_up());
    std::string big(20'000'000, 'x');
    for (std::size_t i = 0; i < big.size(); i += 7)
        big[i] = static_cast<char>(i);

    EXPECT_EQ(client.redis->call({"SET", "big", big}).text, "OK");
    EXPECT_EQ(client.redis->call({"GET", "big"}).text, big);
}

TEST_F(RedisTest, ManyThreadsShareTheConnection) {
    Client client{at(server)};
    ASSERT_TRUE(client.is_up());
    std::atomic<int> wrong{0};
    std::vector<std::thread> callers;

    for (int t = 0; t < 8; ++t) {
        callers.emplace_back([&, t] {
            for (int i = 0; i < 500; ++i) {
                const auto text = std::to_string(t * 1'000 + i);
                if (client.redis->call({"ECHO", text}).text != text) ++wrong;
            }
        });
    }
    for (auto& caller : callers)
        caller.join();

    EXPECT_EQ(wrong, 0);
    EXPECT_EQ(client.redis->stats().pending, 0u);
}

TEST_F(RedisTest, PublishReachesTheSubscriberOfAnotherClient) {
    Client reader{at(server)};
    Client writer{at(server)};
    std::atomic<int> ready{0};
    std::mutex mutex;
    std::vector<std::string> got;
    const auto subscription = reader.redis->subscribe(
        "news",
        [&](std::string_view text) {
            const std::lock_guard lock{mutex};
            got.emplace_back(text);
        },
        [&] { ++ready; }
    );
    ASSERT_TRUE(eventually([&] { return ready == 1; }));
    ASSERT_TRUE(writer.is_up());

    for (int i = 0; i < 1'000; ++i) {
        writer.redis->command({"PUBLISH", "news", std::to_string(i)}, {});
    }

    ASSERT_TRUE(eventually([&] {
        const std::lock_guard lock{mutex};
        return got.size() == 1'000;
    }));
    for (std::size_t i = 0; i < got.size(); ++i)
        EXPECT_EQ(got[i], std::to_string(i));
}

TEST_F(RedisTest, EndedSubscriptionIsNotServedAndCanBeMadeAgain) {
    Client client{at(server)};
    ASSERT_TRUE(client.is_up());
    std::atomic<int> first{0};
    std::atomic<int> second{0};
    std::atomic<int> ready{0};
    auto one = client.redis->subscribe(
        "c", [&](std::string_view) { ++first; }, [&] { ++ready; }
    );
    ASSERT_TRUE(eventually([&] { return ready == 1; }));

    one.reset();
    const auto two = client.redis->subscribe(
        "c", [&](std::string_view) { ++second; }, [&] { ++ready; }
    );
    ASSERT_TRUE(eventually([&] { return ready == 2; }));
    client.redis->call({"PUBLISH", "c", "x"});

    EXPECT_TRUE(eventually([&] { return second == 1; }));
    EXPECT_EQ(first, 0);
}

TEST_F(RedisTest, RestartUnderLoadFailsCommandsAtOnceAndHealsByItself) {
    Client client{at(server)};
    ASSERT_TRUE(client.is_up());
    std::atomic<int> ready{0};
    std::atomic<int> messages{0};
    std::atomic<int> downs{0};
    std::atomic<int> ups{0};
    const auto subscription = client.redis->subscribe(
        "c", [&](std::string_view) { ++messages; }, [&] { ++ready; }
    );
    const auto watch = client.redis->watch([&](bool up) { ++(up ? ups : downs); });
    ASSERT_TRUE(eventually([&] { return ready == 1; }));

    std::atomic<bool> running{true};
    std::atomic<int> failed{0};
    std::atomic<int> served{0};
    std::atomic<int> in_flight{0};
    std::thread load{[&] {
        while (running) {
            if (in_flight > 200) {
                std::this_thread::yield();
                continue;
            }
            ++in_flight;
            client.redis->command({"INCR", "n"}, [&](const Reply& reply) {
                ++(reply.ok() ? served : failed);
                --in_flight;
            });
        }
    }};
    ASSERT_TRUE(eventually([&] { return served > 100; }));
    server.kill9();
    ASSERT_TRUE(eventually([&] { return failed > 100; }));
    ASSERT_TRUE(eventually([&] { return downs == 1; }));
    server.start();
    const int before = served;
    EXPECT_TRUE(eventually([&] { return served > before + 100; }));
    EXPECT_TRUE(eventually([&] { return ready == 2; }));
    running = false;
    load.join();

    EXPECT_TRUE(eventually([&] { return in_flight == 0; }));
    EXPECT_TRUE(eventually([&] { return ups == 1; }));
    client.redis->call({"PUBLISH", "c", "x"});
    EXPECT_TRUE(eventually([&] { return messages == 1; }));
    EXPECT_GE(client.redis->stats().reconnects, 2u);
}

TEST_F(RedisTest, AStuckServerIsGivenUpAfterTheTimeout) {
    auto options = at(server);
    options.command_timeout = std::chrono::milliseconds{600};
    Client client{options};
    ASSERT_TRUE(client.is_up());

    server.freeze();
    const auto begin = std::chrono::steady_clock::now();
    const auto reply = client.redis->call({"GET", "k"});

    EXPECT_FALSE(reply.ok());
    EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::milliseconds{2'000});
    server.thaw();
    EXPECT_TRUE(eventually([&] { return client.redis->call({"PING"}).ok(); }));
}

TEST_F(RedisTest, SelectedDatabaseIsUsed) {
    auto options = at(server);
    options.database = 3;
    Client client{options};
    ASSERT_TRUE(client.is_up());

    client.redis->call({"SET", "k", "v"});

    Client other{at(server)};
    ASSERT_TRUE(other.is_up());
    EXPECT_EQ(other.redis->call({"GET", "k"}).type, Reply::Type::nil);
    EXPECT_EQ(other.redis->call_pipeline({{"SELECT", "3"}, {"GET", "k"}})[1].text, "v");
}

TEST_F(RedisTest, CallOnTheEventLoopIsRefusedInsteadOfHanging) {
    Client client{at(server)};
    ASSERT_TRUE(client.is_up());
    std::promise<Reply> answer;

    client.redis->command({"PING"}, [&](const Reply&) {
        answer.set_value(client.redis->call({"PING"}));
    });

    EXPECT_FALSE(answer.get_future().get().ok());
}

TEST(RedisAccess, PasswordOfTheDefaultUser) {
    const test::PrivateRedis server{{.password = "s3cret"}};
    auto options = at(server);
    Client without{options};
    options.password = "s3cret";
    Client with{options};

    EXPECT_TRUE(with.is_up());
    EXPECT_FALSE(without.redis->connected());
    EXPECT_FALSE(without.redis->call({"PING"}).ok());
}

TEST(RedisAccess, AclUserWithPassword) {
    const test::PrivateRedis server{
        {.password = "other", .user = "fleet", .user_password = "pa55"}};
    auto options = at(server);
    options.username = "fleet";
    options.password = "pa55";
    Client client{options};
    ASSERT_TRUE(client.is_up());

    EXPECT_EQ(client.redis->call({"ACL", "WHOAMI"}).text, "fleet");
}

TEST(RedisAccess, NothingListensThenTheServerComesUp) {
    Client client{{.address = "127.0.0.1:" + std::to_string(test::free_port())}};

    EXPECT_FALSE(client.redis->call({"PING"}).ok());
    EXPECT_FALSE(client.redis->connected());
}

}  // namespace
}  // namespace fleet::live
