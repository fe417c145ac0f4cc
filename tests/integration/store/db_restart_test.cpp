// Connections die, servers restart; work goes on and nothing is done twice.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <set>
#include <thread>

#include "store_fixture.hpp"
#include "support/wait.hpp"

namespace fleet::store {
namespace {

using namespace std::chrono_literals;

const Sql kPut{"put", "INSERT INTO t (id) VALUES (?)"};

class DbKill : public DbTest {
protected:
    DbKill() { execute("CREATE TABLE t (id INT PRIMARY KEY) ENGINE=InnoDB"); }

    static std::uint64_t connection_id(Session& session) {
        return session
            .one(Sql{"id", "SELECT CONNECTION_ID()"}, [](const Row& r) { return r.u64(0); })
            .value_or(0);
    }
    void kill(std::uint64_t id) {
        auto killer = server.client();
        killer.execute("KILL " + std::to_string(id));
        // KILL returns before the connection is closed.
        test::eventually([&] {
            return killer.value(
                       "SELECT COUNT(*) FROM information_schema.processlist WHERE id = " +
                       std::to_string(id)
                   ) == "0";
        });
    }
};

TEST_F(DbKill, AReadGoesOnWithAnotherConnection) {
    int runs = 0;
    db->read([&](Session& session) {
        if (++runs == 1) kill(connection_id(session));
        session.select(Sql{"one", "SELECT 1"}, {}, [](const Row&) {});
    });

    EXPECT_EQ(runs, 2);
    EXPECT_EQ(db->stats().reconnects, 1U);
}

TEST_F(DbKill, AWriteKilledBeforeItsCommitRunsAgainOnce) {
    int runs = 0;
    db->write([&](Session& session) {
        session.execute(kPut, 1);
        if (++runs == 1) kill(connection_id(session));
        session.execute(kPut, 2);
    });

    EXPECT_EQ(runs, 2);
    EXPECT_EQ(count("t"), 2U);
}

TEST_F(DbKill, AWriteKilledBetweenBodyAndCommitIsReportedNotRepeated) {
    int runs = 0;
    try {
        db->write([&](Session& session) {
            session.execute(kPut, ++runs);
            kill(connection_id(session));
        });
        FAIL() << "the commit cannot have been confirmed";
    } catch (const DbError& error) {
        EXPECT_EQ(error.fault, DbFault::gone);
    }

    EXPECT_EQ(runs, 1);
    EXPECT_EQ(count("t"), 0U);
}

TEST_F(DbKill, AConnectionThatDiesTwiceIsGone) {
    EXPECT_THROW(
        db->write([&](Session& session) {
            kill(connection_id(session));
            session.execute(kPut, 1);
        }),
        DbError
    );
    EXPECT_NO_THROW(db->ping());
    EXPECT_EQ(db->stats().in_use, 0U);
}

TEST_F(DbKill, IdleConnectionsThatDiedAreNotNoticed) {
    std::set<std::uint64_t> ids;
    db->read([&](Session& a) {
        ids.insert(connection_id(a));
        db->read([&](Session& b) { ids.insert(connection_id(b)); });
    });
    ASSERT_EQ(ids.size(), 2U);
    for (const auto id : ids)
        kill(id);

    for (int i = 0; i < 4; ++i)
        db->write([&](Session& session) { session.execute(kPut, i); });

    EXPECT_EQ(count("t"), 4U);
}

class DbRestart : public testing::Test {
protected:
    void SetUp() override {
        if (test::shared_mariadb().is_external()) GTEST_SKIP() << "not our server to restart";
        server = std::make_unique<test::PrivateMariaDb>(test::PrivateMariaDb::Durability::full);
        db = open_database(options_for(*server, server->create_schema()));
        db->read([](Session& session) {
            session.execute(Sql{"make", "CREATE TABLE t (id INT PRIMARY KEY) ENGINE=InnoDB"});
        });
    }

    /// Writers that go on through `trouble`; every confirmed write must be there afterwards, and
    /// every refused one must have been refused as gone or busy.
    void write_through(const std::function<void()>& trouble) {
        std::atomic<bool> stop{false};
        std::atomic<int> next{0};
        std::atomic<int> failures{0};
        std::mutex mutex;
        std::set<int> confirmed;
        std::vector<std::thread> writers;
        for (int i = 0; i < 6; ++i) {
            writers.emplace_back([&] {
                while (!stop) {
                    const int id = ++next;
                    try {
                        db->write([&](Session& session) { session.execute(kPut, id); });
                        const std::lock_guard lock{mutex};
                        confirmed.insert(id);
                    } catch (const DbError& error) {
                        ++failures;
                        EXPECT_TRUE(error.fault == DbFault::gone || error.fault == DbFault::busy)
                            << error.what();
                        std::this_thread::sleep_for(5ms);
                    }
                }
            });
        }
        const auto confirmed_count = [&] {
            const std::lock_guard lock{mutex};
            return confirmed.size();
        };
        EXPECT_TRUE(test::eventually([&] { return confirmed_count() > 50; }));
        trouble();
        const auto before = confirmed_count();
        EXPECT_TRUE(test::eventually([&] { return confirmed_count() > before + 50; }));
        stop = true;
        for (auto& writer : writers)
            writer.join();

        const auto stored = with_read(*db, [](Session& session) {
            return session.rows(Sql{"all", "SELECT id FROM t"}, [](const Row& row) {
                return static_cast<int>(row.i64(0));
            });
        });
        const std::set<int> found{stored.begin(), stored.end()};
        for (const int id : confirmed)
            EXPECT_TRUE(found.contains(id)) << id;
        EXPECT_GT(failures, 0);
    }

    std::unique_ptr<test::PrivateMariaDb> server;
    std::unique_ptr<Database> db;
};

TEST_F(DbRestart, ConfirmedWritesSurviveARestart) {
    write_through([&] { server->restart(); });
}

TEST_F(DbRestart, ConfirmedWritesSurviveAKill) {
    write_through([&] {
        server->kill9();
        server->start();
    });
}

TEST_F(DbRestart, AnIdlePoolComesBackWithoutAFailure) {
    db->ping();
    server->restart();

    EXPECT_NO_THROW(db->write([](Session& session) { session.execute(kPut, 1); }));
}

}  // namespace
}  // namespace fleet::store
