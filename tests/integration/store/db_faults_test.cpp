// Expected failures have names, and transactions survive what can be survived.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <barrier>
#include <thread>

#include "fleet/core/result.hpp"
#include "store_fixture.hpp"

namespace fleet::store {
namespace {

using namespace std::chrono_literals;

const Sql kAdd{"add", "UPDATE counters SET n = n + 1 WHERE id = ?"};
const Sql kInsert{"insert", "INSERT INTO counters (id, n) VALUES (?, 0)"};

class DbFaults : public DbTest {
protected:
    DbFaults() {
        execute("CREATE TABLE counters (id INT PRIMARY KEY, n INT NOT NULL) ENGINE=InnoDB");
        execute("INSERT INTO counters VALUES (1, 0), (2, 0)");
    }

    /// The fault that `body` ends with inside a transaction.
    DbFault fault_of_write(const std::function<void(Session&)>& body) {
        try {
            db->write(body);
        } catch (const DbError& error) {
            EXPECT_NE(error.code, 0);
            EXPECT_STRNE(error.what(), "");
            return error.fault;
        }
        ADD_FAILURE() << "nothing failed";
        return DbFault::other;
    }
    std::int64_t value_of(int id) {
        return with_read(*db, [&](Session& session) {
            return session
                .one(
                    Sql{"n", "SELECT n FROM counters WHERE id = ?"},
                    [](const Row& r) { return r.i64(0); },
                    id
                )
                .value_or(-1);
        });
    }
};

TEST_F(DbFaults, DuplicateKey) {
    EXPECT_EQ(fault_of_write([](Session& s) { s.execute(kInsert, 1); }), DbFault::duplicate);
}

TEST_F(DbFaults, ForeignKeysBothWays) {
    execute("CREATE TABLE parents (id INT PRIMARY KEY) ENGINE=InnoDB");
    execute(R"sql(
        CREATE TABLE children (parent_id INT NOT NULL,
            CONSTRAINT c_fk FOREIGN KEY (parent_id) REFERENCES parents (id)) ENGINE=InnoDB
    )sql");
    const Sql child{"child", "INSERT INTO children VALUES (?)"};
    const Sql drop{"drop", "DELETE FROM parents WHERE id = ?"};
    execute("INSERT INTO parents VALUES (1)");

    EXPECT_EQ(fault_of_write([&](Session& s) { s.execute(child, 2); }), DbFault::foreign_key);
    db->write([&](Session& s) { s.execute(child, 1); });
    EXPECT_EQ(fault_of_write([&](Session& s) { s.execute(drop, 1); }), DbFault::foreign_key);
}

TEST_F(DbFaults, ABadStatementNamesItself) {
    try {
        db->read([](Session& s) { s.execute(Sql{"broken_one", "SELEKT 1"}); });
        FAIL();
    } catch (const DbError& error) {
        EXPECT_EQ(error.fault, DbFault::other);
        EXPECT_EQ(error.code, 1064);
        EXPECT_THAT(error.what(), testing::StartsWith("broken_one: "));
    }
}

TEST_F(DbFaults, TooLongTextIsRefusedNotCut) {
    execute("CREATE TABLE short (s VARCHAR(3)) ENGINE=InnoDB");
    const Sql sql{"long", "INSERT INTO short VALUES (?)"};
    EXPECT_EQ(fault_of_write([&](Session& s) { s.execute(sql, "abcd"); }), DbFault::rejected);
}

TEST_F(DbFaults, AThrowingBodyLeavesNoTrace) {
    EXPECT_THROW(
        db->write([](Session& session) {
            session.execute(kAdd, 1);
            throw std::runtime_error{"changed my mind"};
        }),
        std::runtime_error
    );
    EXPECT_EQ(value_of(1), 0);
}

TEST_F(DbFaults, AResultWithAnErrorRollsBack) {
    const auto result = with_write(*db, [](Session& session) -> Result<int> {
        session.execute(kAdd, 1);
        return fail(Error::conflict("counter", "id"));
    });

    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().kind, ErrorKind::conflict);
    EXPECT_EQ(value_of(1), 0);
}

TEST_F(DbFaults, AfterACaughtDuplicateTheTransactionGoesOn) {
    db->write([](Session& session) {
        session.execute(kAdd, 1);
        EXPECT_THROW(session.execute(kInsert, 1), DbError);
        session.execute(kAdd, 2);
    });
    EXPECT_EQ(value_of(1), 1);
    EXPECT_EQ(value_of(2), 1);
}

/// Two transactions lock two rows in opposite order and meet in the middle the first time.
class Deadlock : public DbFaults {
protected:
    void clash(std::atomic<int>& runs, const std::function<void(Session&, int)>& second_step) {
        std::barrier meet{2};
        const auto work = [&](int first, int second) {
            bool met = false;
            db->write([&](Session& session) {
                ++runs;
                session.execute(kAdd, first);
                if (!met) meet.arrive_and_wait();
                met = true;
                second_step(session, second);
            });
        };
        std::thread other{work, 1, 2};
        work(2, 1);
        other.join();
    }
};

TEST_F(Deadlock, TheLoserRunsAgainAndNothingIsLost) {
    std::atomic<int> runs{0};

    clash(runs, [](Session& session, int row) { session.execute(kAdd, row); });

    EXPECT_EQ(value_of(1), 2);
    EXPECT_EQ(value_of(2), 2);
    EXPECT_EQ(runs, 3);
    EXPECT_EQ(db->stats().retries, 1U);
}

TEST_F(Deadlock, ABodyThatSwallowsItCannotCommitHalf) {
    std::atomic<int> runs{0};

    clash(runs, [](Session& session, int row) {
        try {
            session.execute(kAdd, row);
        } catch (const DbError&) {
            EXPECT_THROW(session.execute(kAdd, row), DbError);
        }
    });

    EXPECT_EQ(value_of(1), 2);
    EXPECT_EQ(value_of(2), 2);
}

TEST_F(DbFaults, ALockWaitIsRetriedUntilTheLockIsFree) {
    std::barrier locked{2};
    std::thread holder{[&] {
        db->write([&](Session& session) {
            session.execute(kAdd, 1);
            locked.arrive_and_wait();
            session.select(Sql{"sleep", "SELECT SLEEP(2.5)"}, {}, [](const Row&) {});
        });
    }};
    locked.arrive_and_wait();

    db->write([](Session& session) {
        session.execute(Sql{"wait_one_second", "SET innodb_lock_wait_timeout = 1"});
        session.execute(kAdd, 1);
    });
    holder.join();

    EXPECT_EQ(value_of(1), 2);
    EXPECT_GE(db->stats().retries, 1U);
}

TEST_F(DbFaults, ReadsSeeWhatOthersCommittedMeanwhile) {
    db->write([&](Session& session) {
        const Sql read{"n", "SELECT n FROM counters WHERE id = 1"};
        const auto n = [](const Row& row) { return row.i64(0); };
        EXPECT_EQ(session.one(read, n), 0);
        execute("UPDATE counters SET n = 9 WHERE id = 1");
        EXPECT_EQ(session.one(read, n), 9);
    });
}

TEST_F(DbFaults, AChangedTableDoesNotBreakPreparedStatements) {
    options.max_open_conns = 1;
    const auto one = open_database(options);
    const Sql all{"all", "SELECT * FROM counters WHERE id = ?"};
    const auto n = [](const Row& row) { return row.i64(1); };
    const auto read = [&] {
        return with_read(*one, [&](Session& session) { return session.one(all, n, 1); });
    };
    EXPECT_EQ(read(), 0);

    execute("ALTER TABLE counters ADD COLUMN extra INT NOT NULL DEFAULT 3, ADD COLUMN more TEXT");

    EXPECT_EQ(read(), 0);
    EXPECT_EQ(read(), 0);
}

TEST_F(DbFaults, StatementsAreReportedByName) {
    std::vector<std::pair<std::string, bool>> seen;
    const auto watched = open_database(options, [&](const StatementRecord& record) {
        EXPECT_GT(record.took.count(), 0);
        seen.emplace_back(record.name, record.failed);
    });

    watched->write([](Session& session) { session.execute(kAdd, 1); });
    EXPECT_THROW(watched->read([](Session& s) { s.execute(kInsert, 1); }), DbError);

    const std::vector<std::pair<std::string, bool>> expected = {
        {"connect", false}, {"begin", false}, {"add", false}, {"commit", false}, {"insert", true}};
    EXPECT_EQ(seen, expected);
}

}  // namespace
}  // namespace fleet::store
