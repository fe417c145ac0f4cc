// What goes in comes out, whatever it is.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "fleet/core/crypto.hpp"
#include "store_fixture.hpp"

namespace fleet::store {
namespace {

using namespace std::chrono_literals;

constexpr Time kSomeTime{std::chrono::seconds{1'772'698'530} + 123'456us};

class DbTypes : public DbTest {
protected:
    DbTypes() {
        execute(R"sql(
            CREATE TABLE t (
                id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
                i BIGINT NULL, u BIGINT UNSIGNED NULL, d DOUBLE NULL, b TINYINT(1) NULL,
                s TEXT NULL, l LONGBLOB NULL, k BINARY(32) NULL, w DATETIME(6) NULL,
                e ENUM('on', 'off') NULL, m MEDIUMTEXT NULL
            ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci
        )sql");
    }

    /// Writes one value into a column and reads it back.
    template <class Map, class Value>
    auto round_trip(const std::string& column, Map map, const Value& value) {
        return with_write(*db, [&](Session& session) {
            const auto id =
                session.insert(Sql{"put", "INSERT INTO t (" + column + ") VALUES (?)"}, value);
            return session.one(Sql{"take", "SELECT " + column + " FROM t WHERE id = ?"}, map, id)
                .value();
        });
    }
    std::string text(const std::string& column, const std::string& value) {
        return round_trip(
            column, [](const Row& row) { return row.str(0); }, value
        );
    }
};

TEST_F(DbTypes, SignedNumbersKeepTheirLimits) {
    const auto i64 = [](const Row& row) { return row.i64(0); };
    for (const std::int64_t value : {INT64_MIN, std::int64_t{-1}, std::int64_t{0}, INT64_MAX}) {
        EXPECT_EQ(round_trip("i", i64, value), value);
    }
}

TEST_F(DbTypes, UnsignedNumbersBeyondTheSignedRange) {
    const auto u64 = [](const Row& row) { return row.u64(0); };
    for (const std::uint64_t value : {std::uint64_t{0}, std::uint64_t{1} << 63, UINT64_MAX}) {
        EXPECT_EQ(round_trip("u", u64, value), value);
    }
}

TEST_F(DbTypes, Doubles) {
    const auto real = [](const Row& row) { return row.real(0); };
    for (const double value : {0.0, -1.5, 0.1, 1e300, std::numeric_limits<double>::min()}) {
        EXPECT_EQ(round_trip("d", real, value), value);
    }
}

TEST_F(DbTypes, NotANumberBecomesNull) {
    const auto null = [](const Row& row) { return row.is_null(0); };
    EXPECT_TRUE(round_trip("d", null, std::nan("")));
    EXPECT_TRUE(round_trip("d", null, std::numeric_limits<double>::infinity()));
}

TEST_F(DbTypes, Booleans) {
    const auto boolean = [](const Row& row) { return row.boolean(0); };
    EXPECT_TRUE(round_trip("b", boolean, true));
    EXPECT_FALSE(round_trip("b", boolean, false));
}

TEST_F(DbTypes, TextWithEveryKindOfCharacter) {
    EXPECT_EQ(text("s", ""), "");
    EXPECT_EQ(text("s", "it's \"quoted\" \\ ; -- # % _"), "it's \"quoted\" \\ ; -- # % _");
    EXPECT_EQ(text("s", "\u00e4\u20ac \U0001F680"), "\u00e4\u20ac \U0001F680");
    const std::string with_nul{"a\0b\0", 4};
    EXPECT_EQ(text("s", with_nul), with_nul);
}

TEST_F(DbTypes, BytesOfEveryValue) {
    std::string bytes;
    for (int i = 0; i < 256; ++i)
        bytes.push_back(static_cast<char>(i));
    EXPECT_EQ(text("l", bytes), bytes);

    const Digest digest = sha256("x");
    EXPECT_EQ(
        round_trip(
            "k", [](const Row& row) { return row.str(0); }, digest
        ),
        as_bytes(digest)
    );
}

TEST_F(DbTypes, InvalidUtf8IsRefusedNotMangled) {
    EXPECT_THROW(text("s", "abc\xff\xfe"), DbError);
}

TEST_F(DbTypes, LargeValuesThenSmallOnesOnTheSameStatement) {
    const std::string large(5'000'000, 'x');
    const std::string edge(256 * 1024, 'y');
    for (const auto& value : {large, std::string{"small"}, edge, edge + "z", std::string{}}) {
        EXPECT_EQ(text("l", value), value);
        EXPECT_EQ(text("m", value), value);
    }
}

TEST_F(DbTypes, AValueAboveThePacketLimitIsAnErrorNotALostConnection) {
    const auto limit = with_read(*db, [](Session& session) {
        return session
            .one(
                Sql{"limit", "SELECT @@max_allowed_packet"},
                [](const Row& row) { return row.u64(0); }
            )
            .value();
    });
    try {
        text("l", std::string(limit, 'x'));
        FAIL() << "the value cannot fit";
    } catch (const DbError& error) {
        EXPECT_EQ(error.fault, DbFault::rejected);
        EXPECT_EQ(error.code, 1153);
    }
    EXPECT_EQ(db->stats().reconnects, 0U);
}

TEST_F(DbTypes, TimesInUtcWithMicroseconds) {
    const auto time = [](const Row& row) { return row.time(0); };
    EXPECT_EQ(round_trip("w", time, kSomeTime), kSomeTime);
    EXPECT_EQ(round_trip("w", time, Time{}), Time{});
    const auto printed = with_read(*db, [](Session& session) {
        return session.one(
            Sql{"print",
                "SELECT DATE_FORMAT(w, '%Y-%m-%d %H:%i:%s.%f') FROM t ORDER BY id LIMIT 1"},
            [](const Row& row) { return row.str(0); }
        );
    });
    EXPECT_EQ(printed, "2026-03-05 08:15:30.123456");
}

TEST_F(DbTypes, TheServersClockIsUtcToo) {
    const auto difference = with_read(*db, [](Session& session) {
        return session.one(
            Sql{"clocks", "SELECT TIMESTAMPDIFF(SECOND, NOW(6), UTC_TIMESTAMP(6)), NOW(6)"},
            [](const Row& row) {
                const auto now = std::chrono::system_clock::now();
                return std::pair{
                    row.i64(0), std::chrono::abs(now - row.time(1)) < std::chrono::minutes{1}};
            }
        );
    });
    EXPECT_EQ(difference, (std::pair<std::int64_t, bool>{0, true}));
}

TEST_F(DbTypes, NullReadsAsNothing) {
    struct Empty {};
    with_write(*db, [](Session& session) {
        session.execute(
            Sql{"nulls", "INSERT INTO t (i, u, d, s, w) VALUES (?, ?, ?, ?, ?)"},
            nullptr,
            std::optional<std::uint64_t>{},
            std::optional<double>{},
            std::optional<std::string>{},
            std::optional<Time>{}
        );
        session.select(Sql{"read", "SELECT i, u, d, s, w FROM t"}, {}, [](const Row& row) {
            for (unsigned column = 0; column < 5; ++column)
                EXPECT_TRUE(row.is_null(column));
            EXPECT_EQ(row.i64(0), 0);
            EXPECT_EQ(row.u64(1), 0U);
            EXPECT_EQ(row.real(2), 0.0);
            EXPECT_EQ(row.str(3), "");
            EXPECT_EQ(row.time(4), Time{});
            EXPECT_EQ(row.opt_i64(0), std::nullopt);
            EXPECT_EQ(row.opt_str(3), std::nullopt);
            EXPECT_EQ(row.opt_time(4), std::nullopt);
        });
        return Empty{};
    });
}

TEST_F(DbTypes, ExpressionsOfOtherTypes) {
    execute("INSERT INTO t (i, u, b, e) VALUES (7, 8, 1, 'off'), (5, 2, 0, 'on')");
    db->read([](Session& session) {
        const Sql sql{
            "expressions",
            "SELECT SUM(i), COUNT(*), AVG(i), MAX(u), SUM(b), MIN(e), 1 = 1, 'text', "
            "COALESCE(SUM(d), 0), IF(MAX(i) > 6, 1, 0), CAST(12 AS CHAR), EXISTS(SELECT 1) FROM t"};
        session.select(sql, {}, [](const Row& row) {
            EXPECT_EQ(row.i64(0), 12);
            EXPECT_EQ(row.u64(0), 12U);
            EXPECT_EQ(row.u64(1), 2U);
            EXPECT_EQ(row.real(2), 6.0);
            EXPECT_EQ(row.u64(3), 8U);
            EXPECT_EQ(row.i64(4), 1);
            EXPECT_EQ(row.str(5), "off");
            EXPECT_TRUE(row.boolean(6));
            EXPECT_EQ(row.str(7), "text");
            EXPECT_EQ(row.real(8), 0.0);
            EXPECT_TRUE(row.boolean(9));
            EXPECT_EQ(row.i64(10), 12);
            EXPECT_TRUE(row.boolean(11));
        });
    });
}

TEST_F(DbTypes, LimitAndOffsetCanBeBound) {
    execute("INSERT INTO t (i) VALUES (1), (2), (3)");
    const auto found = with_read(*db, [](Session& session) {
        return session.rows(
            Sql{"page", "SELECT i FROM t ORDER BY i LIMIT ? OFFSET ?"},
            [](const Row& row) { return row.i64(0); },
            std::uint64_t{2},
            std::uint64_t{1}
        );
    });
    EXPECT_THAT(found, testing::ElementsAre(2, 3));
}

TEST_F(DbTypes, AffectedRowsAndGeneratedIds) {
    db->write([](Session& session) {
        const auto first = session.insert(Sql{"a", "INSERT INTO t (i) VALUES (?)"}, 1);
        const auto second = session.insert(Sql{"a", "INSERT INTO t (i) VALUES (?)"}, 2);
        EXPECT_EQ(second, first + 1);
        EXPECT_EQ(session.execute(Sql{"b", "UPDATE t SET i = i + 10"}), 2U);
        EXPECT_EQ(session.execute(Sql{"c", "UPDATE t SET i = 11 WHERE i = 11"}), 0U);
        const Sql upsert{
            "d", "INSERT INTO t (id, i) VALUES (?, ?) ON DUPLICATE KEY UPDATE i = VALUES(i)"};
        EXPECT_EQ(session.execute(upsert, first, 5), 2U);
        EXPECT_EQ(session.execute(upsert, first, 5), 0U);
        EXPECT_EQ(session.execute(upsert, second + 1, 5), 1U);
        EXPECT_EQ(session.execute(Sql{"e", "DELETE FROM t"}), 3U);
    });
}

class InsertManySizes : public DbTypes, public testing::WithParamInterface<std::size_t> {};

TEST_P(InsertManySizes, EveryRowArrivesOnce) {
    const std::size_t rows = GetParam();
    std::vector<Param> values;
    for (std::size_t i = 0; i < rows; ++i) {
        values.emplace_back(static_cast<std::uint64_t>(i));
        values.emplace_back("row " + std::to_string(i));
    }
    const auto insert = [&](Session& session) {
        session.insert_many(
            "many",
            "INSERT INTO t (u, s) VALUES",
            "(?, ?)",
            "ON DUPLICATE KEY UPDATE s = VALUES(s)",
            values,
            2
        );
    };

    db->write(insert);
    db->write(insert);

    const auto sums = with_read(*db, [](Session& session) {
        return session.one(
            Sql{"sums", "SELECT COUNT(*), COUNT(DISTINCT u), COUNT(DISTINCT s) FROM t"},
            [](const Row& row) {
                return std::tuple{row.u64(0), row.u64(1), row.u64(2)};
            }
        );
    });
    EXPECT_EQ(sums, (std::tuple{rows * 2, rows, rows}));
}

INSTANTIATE_TEST_SUITE_P(
    Rows, InsertManySizes, testing::Values(0, 1, 2, 3, 511, 512, 513, 1'000, 5'000)
);

}  // namespace
}  // namespace fleet::store
