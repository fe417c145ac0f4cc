// The pool against a real server: limits, options and what the session looks like.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <barrier>
#include <thread>

#include "store_fixture.hpp"
#include "support/net.hpp"

namespace fleet::store {
namespace {

using namespace std::chrono_literals;

std::string session_value(Database& db, const std::string& expression) {
    return with_read(db, [&](Session& session) {
        return session
            .one(Sql{"value", "SELECT " + expression}, [](const Row& row) { return row.str(0); })
            .value_or("");
    });
}

DbFault fault_of(const std::function<void()>& work) {
    try {
        work();
    } catch (const DbError& error) {
        return error.fault;
    }
    ADD_FAILURE() << "nothing failed";
    return DbFault::other;
}

using DbPool = DbTest;

TEST_F(DbPool, ExhaustionIsBusyAndPasses) {
    options.max_open_conns = 1;
    options.acquire_timeout = 50ms;
    const auto small = open_database(options);

    small->read([&](Session&) { EXPECT_EQ(fault_of([&] { small->ping(); }), DbFault::busy); });

    EXPECT_NO_THROW(small->ping());
    EXPECT_EQ(small->stats().refused, 1U);
    EXPECT_EQ(small->stats().in_use, 0U);
}

TEST_F(DbPool, ManyThreadsShareFewConnections) {
    options.max_open_conns = 3;
    const auto small = open_database(options);
    execute("CREATE TABLE t (id INT PRIMARY KEY AUTO_INCREMENT, v INT) ENGINE=InnoDB");
    std::vector<std::thread> threads;
    for (int i = 0; i < 12; ++i) {
        threads.emplace_back([&] {
            for (int j = 0; j < 20; ++j) {
                small->write([&](Session& session) {
                    session.execute(Sql{"put", "INSERT INTO t (v) VALUES (?)"}, j);
                });
            }
        });
    }
    for (auto& thread : threads)
        thread.join();

    EXPECT_EQ(count("t"), 240U);
    EXPECT_LE(small->stats().open, 3U);
    EXPECT_EQ(small->stats().refused, 0U);
}

TEST_F(DbPool, PreparedStatementsOnTheServerAreBounded) {
    options.max_open_conns = 1;
    const auto one = open_database(options);
    one->read([](Session& session) {
        for (int i = 0; i < 400; ++i) {
            session.select(Sql{"n", "SELECT " + std::to_string(i)}, {}, [](const Row&) {});
        }
        const auto open = session.one(
            Sql{"open", "SHOW SESSION STATUS LIKE 'Com_stmt_close'"},
            [](const Row& row) { return row.i64(1); }
        );
        EXPECT_GE(open.value_or(0), 250);
    });
}

TEST_F(DbPool, TheSessionIsStrictUtcAndBounded) {
    EXPECT_EQ(session_value(*db, "@@time_zone"), "+00:00");
    EXPECT_EQ(session_value(*db, "@@innodb_lock_wait_timeout"), "10");
    EXPECT_THAT(session_value(*db, "@@sql_mode"), testing::HasSubstr("STRICT_TRANS_TABLES"));
    EXPECT_EQ(session_value(*db, "@@character_set_client"), "utf8mb4");
    EXPECT_EQ(session_value(*db, "@@character_set_results"), "utf8mb4");
    const bool maria = session_value(*db, "VERSION()").find("MariaDB") != std::string::npos;
    EXPECT_EQ(
        session_value(*db, maria ? "@@tx_isolation" : "@@transaction_isolation"), "READ-COMMITTED"
    );
    EXPECT_EQ(
        std::stod(session_value(*db, maria ? "@@max_statement_time" : "@@max_execution_time")),
        maria ? 18.0 : 18'000.0
    );
}

TEST_F(DbPool, AnOwnSqlModeIsUsed) {
    options.sql_mode = "ANSI_QUOTES,STRICT_ALL_TABLES";
    const auto own = open_database(options);
    EXPECT_THAT(session_value(*own, "@@sql_mode"), testing::HasSubstr("ANSI_QUOTES"));
}

TEST_F(DbPool, OptionsThatCannotWorkAreRefused) {
    const auto refused = [&](auto change) {
        DbOptions bad = options;
        change(bad);
        EXPECT_THROW(open_database(bad), std::invalid_argument);
    };
    refused([](DbOptions& o) { o.protocol = "pipe"; });
    refused([](DbOptions& o) { o.sql_mode = "X'; DROP"; });
    refused([](DbOptions& o) { o.tls_config = "sometimes"; });
    refused([](DbOptions& o) { o.max_open_conns = 0; });
}

TEST_F(DbPool, ReachesTheServerOverTcp) {
    const auto& address = server.address();
    options.protocol = "tcp";
    options.address = address.host + ":" + std::to_string(address.port);
    const auto tcp = open_database(options);

    EXPECT_NO_THROW(tcp->ping());
    EXPECT_EQ(session_value(*tcp, "DATABASE()"), schema);
}

TEST_F(DbPool, AWrongPasswordIsAnErrorAtOnce) {
    options.password = "wrong";
    const auto wrong = open_database(options);
    EXPECT_EQ(fault_of([&] { wrong->ping(); }), DbFault::other);
}

TEST_F(DbPool, NobodyListeningIsGone) {
    options.protocol = "tcp";
    options.address = "127.0.0.1:" + std::to_string(test::free_port());
    const auto nobody = open_database(options);
    EXPECT_EQ(fault_of([&] { nobody->ping(); }), DbFault::gone);
    EXPECT_EQ(nobody->stats().open, 0U);
}

TEST_F(DbPool, RequiredTlsIsNotSilentlyLeftOut) {
    options.protocol = "tcp";
    options.address = server.address().host + ":" + std::to_string(server.address().port);
    options.tls_config = "skip-verify";
    const auto tls = open_database(options);
    std::string cipher;
    try {
        cipher = with_read(*tls, [](Session& session) {
            return session
                .one(
                    Sql{"cipher", "SHOW SESSION STATUS LIKE 'Ssl_cipher'"},
                    [](const Row& row) { return row.str(1); }
                )
                .value_or("");
        });
    } catch (const DbError&) {
        return;  // the server speaks no TLS, and we said so
    }
    EXPECT_NE(cipher, "");
}

TEST_F(DbPool, AQueryThatRunsTooLongEnds) {
    options.io_timeout = 3s;
    const auto hasty = open_database(options);
    execute("CREATE TABLE t (v INT) ENGINE=InnoDB");
    execute("INSERT INTO t VALUES (1), (2), (3), (4), (5), (6), (7), (8), (9), (10)");
    const auto started = std::chrono::steady_clock::now();

    const Sql endless{
        "endless",
        "SELECT COUNT(*) FROM t a, t b, t c, t d, t e, t f, t g, t h, t i, t j, t k "
        "WHERE a.v + b.v + c.v + d.v + e.v + f.v + g.v + h.v + i.v + j.v + k.v = -1"};
    EXPECT_THROW(
        hasty->read([&](Session& session) { session.select(endless, {}, [](const Row&) {}); }),
        DbError
    );

    EXPECT_LT(std::chrono::steady_clock::now() - started, 10s);
}

}  // namespace
}  // namespace fleet::store
