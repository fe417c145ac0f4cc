#include "store/pool.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <stdexcept>
#include <thread>

namespace fleet::store {
namespace {

using namespace std::chrono_literals;

struct World {
    std::atomic<int> opened{0};
    std::atomic<int> closed{0};
    std::atomic<int> asked{0};
    std::atomic<bool> up{true};
};

class FakeConnection {
public:
    explicit FakeConnection(World& world) : world_{world} {
        if (!world.up) throw DbError{DbFault::gone, 2002, "down"};
        ++world.opened;
    }
    ~FakeConnection() { ++world_.closed; }
    FakeConnection(const FakeConnection&) = delete;
    FakeConnection& operator=(const FakeConnection&) = delete;

    bool alive() {
        ++world_.asked;
        return !dead;
    }
    bool broken() const { return is_broken; }

    bool dead = false;
    bool is_broken = false;

private:
    World& world_;
};

class PoolTest : public testing::Test {
protected:
    using TestPool = Pool<FakeConnection>;

    TestPool make(PoolLimits limits) {
        return TestPool{limits, [this] { return std::make_unique<FakeConnection>(world); }};
    }
    static void wait_for_waiters(const TestPool& pool, std::uint64_t count) {
        while (pool.stats().waits < count)
            std::this_thread::yield();
    }

    World world;
};

TEST_F(PoolTest, OpensNothingBeforeTheFirstUse) {
    const auto pool = make({});

    EXPECT_EQ(world.opened, 0);
    EXPECT_EQ(pool.stats().open, 0U);
}

TEST_F(PoolTest, ReusesAConnection) {
    auto pool = make({});

    for (int i = 0; i < 3; ++i)
        pool.acquire();

    EXPECT_EQ(world.opened, 1);
    EXPECT_EQ(pool.stats().open, 1U);
    EXPECT_EQ(pool.stats().in_use, 0U);
}

TEST_F(PoolTest, KeepsOnlySoManyIdle) {
    auto pool = make({.max_open = 3, .max_idle = 1});
    {
        const auto a = pool.acquire();
        const auto b = pool.acquire();
        EXPECT_EQ(pool.stats().in_use, 2U);
    }

    EXPECT_EQ(world.closed, 1);
    EXPECT_EQ(pool.stats().open, 1U);
}

TEST_F(PoolTest, RefusesWhenNothingBecomesFree) {
    auto pool = make({.max_open = 1, .acquire_timeout = 10ms});
    const auto held = pool.acquire();

    try {
        pool.acquire();
        FAIL() << "nothing was free";
    } catch (const DbError& error) {
        EXPECT_EQ(error.fault, DbFault::busy);
    }
    EXPECT_EQ(pool.stats().refused, 1U);
}

TEST_F(PoolTest, ServesInTheOrderOfAsking) {
    auto pool = make({.max_open = 1, .acquire_timeout = 30s});
    std::vector<int> order;
    std::vector<std::thread> threads;
    {
        const auto held = pool.acquire();
        for (int i = 0; i < 5; ++i) {
            threads.emplace_back([&, i] {
                const auto lease = pool.acquire();
                order.push_back(i);
            });
            wait_for_waiters(pool, static_cast<std::uint64_t>(i) + 1);
        }
    }
    for (auto& thread : threads)
        thread.join();

    EXPECT_EQ(order, (std::vector{0, 1, 2, 3, 4}));
    EXPECT_EQ(world.opened, 1);
}

TEST_F(PoolTest, ABrokenConnectionFreesItsPlace) {
    auto pool = make({.max_open = 1, .acquire_timeout = 30s});
    std::thread other;
    {
        const auto held = pool.acquire();
        other = std::thread{[&] { pool.acquire(); }};
        wait_for_waiters(pool, 1);
        held->is_broken = true;
    }
    other.join();

    EXPECT_EQ(world.opened, 2);
    EXPECT_EQ(world.closed, 1);
    EXPECT_EQ(pool.stats().open, 1U);
}

TEST_F(PoolTest, AFailedOpeningFreesItsPlace) {
    auto pool = make({.max_open = 1});
    world.up = false;
    EXPECT_THROW(pool.acquire(), DbError);
    EXPECT_EQ(pool.stats().open, 0U);

    world.up = true;
    EXPECT_NO_THROW(pool.acquire());
}

TEST_F(PoolTest, AFailedReplacementFreesItsPlace) {
    auto pool = make({.max_open = 1});
    {
        auto lease = pool.acquire();
        world.up = false;
        EXPECT_THROW(lease.replace(), DbError);
    }
    EXPECT_EQ(pool.stats().open, 0U);
    EXPECT_EQ(pool.stats().reconnects, 1U);

    world.up = true;
    EXPECT_NO_THROW(pool.acquire());
}

TEST_F(PoolTest, AfterOneDeathTheIdleOnesAreAskedFirst) {
    auto pool = make({.max_open = 2});
    {
        const auto dies = pool.acquire();
        pool.acquire()->dead = true;  // idle before the death is noticed
        dies->is_broken = true;
    }

    const auto lease = pool.acquire();

    EXPECT_EQ(world.asked, 1);
    EXPECT_FALSE(lease->dead);
    EXPECT_EQ(world.opened, 3);
}

TEST_F(PoolTest, ADeadIdleConnectionIsReplaced) {
    auto pool = make({.max_open = 2, .trust_idle = 0s});
    pool.acquire()->dead = true;

    const auto lease = pool.acquire();

    EXPECT_EQ(world.asked, 1);
    EXPECT_FALSE(lease->dead);
    EXPECT_EQ(pool.stats().reconnects, 1U);
}

TEST_F(PoolTest, AnOldConnectionIsNotKept) {
    auto pool = make({.max_lifetime = 1s});
    pool.acquire();
    EXPECT_EQ(pool.stats().open, 1U);

    const auto until = std::chrono::steady_clock::now() + 1100ms;
    while (std::chrono::steady_clock::now() < until)
        std::this_thread::yield();
    pool.acquire();

    EXPECT_EQ(world.opened, 2);
}

}  // namespace
}  // namespace fleet::store
