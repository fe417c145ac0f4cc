#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <numeric>
#include <set>

#include "fleet/store/db.hpp"

namespace fleet::store {
namespace {

/// Remembers the statements it was asked to run.
class FakeSession final : public Session {
public:
    void select(const Sql&, std::span<const Param>, const std::function<void(const Row&)>&)
        override {}
    std::uint64_t run(const Sql& sql, std::span<const Param> values) override {
        texts.push_back(sql.text);
        sizes.push_back(values.size());
        for (const auto& value : values) {
            if (const auto* number = std::get_if<std::int64_t>(&value)) seen.push_back(*number);
        }
        return 0;
    }
    std::uint64_t last_insert_id() override { return 0; }

    std::vector<std::string> texts{};
    std::vector<std::size_t> sizes{};
    std::vector<std::int64_t> seen{};
};

std::vector<Param> numbers(std::size_t count) {
    std::vector<Param> values;
    for (std::size_t i = 0; i < count; ++i)
        values.emplace_back(static_cast<std::int64_t>(i));
    return values;
}

TEST(InsertMany, NothingToInsertRunsNothing) {
    FakeSession session;

    session.insert_many("x", "INSERT INTO t VALUES", "(?,?)", "", {}, 2);

    EXPECT_TRUE(session.texts.empty());
}

TEST(InsertMany, RepeatsTheRowGroup) {
    FakeSession session;

    session.insert_many("x", "INSERT INTO t VALUES", "(?,?)", "ON DUPLICATE", numbers(4), 2);

    EXPECT_THAT(
        session.texts, testing::ElementsAre("INSERT INTO t VALUES (?,?),(?,?) ON DUPLICATE")
    );
}

TEST(InsertMany, UsesFewShapesAndLosesNoRow) {
    FakeSession session;
    std::vector<std::int64_t> expected(1'733);
    std::iota(expected.begin(), expected.end(), 0);

    session.insert_many("x", "INSERT INTO t VALUES", "(?)", "", numbers(1'733), 1);

    EXPECT_EQ(session.seen, expected);
    EXPECT_THAT(session.sizes, testing::ElementsAre(512, 512, 512, 128, 64, 4, 1));
}

TEST(InsertMany, BreaksUpLargeRows) {
    FakeSession session;
    const std::vector<Param> values(8, Param{std::string(400'000, 'x')});

    session.insert_many("x", "INSERT INTO t VALUES", "(?)", "", values, 1);

    EXPECT_THAT(session.sizes, testing::ElementsAre(2, 2, 2, 2));
}

TEST(InsertMany, ARowAboveTheLimitGoesAlone) {
    FakeSession session;
    const std::vector<Param> values(2, Param{std::string(3'000'000, 'x')});

    session.insert_many("x", "INSERT INTO t VALUES", "(?)", "", values, 1);

    EXPECT_THAT(session.sizes, testing::ElementsAre(1, 1));
}

TEST(InsertMany, StaysBelowThePlaceholderLimit) {
    FakeSession session;

    session.insert_many("x", "INSERT INTO t VALUES", "(...)", "", numbers(300 * 512), 300);

    for (const auto size : session.sizes)
        EXPECT_LE(size, 65'535U);
    EXPECT_EQ(std::accumulate(session.sizes.begin(), session.sizes.end(), 0UL), 300UL * 512);
}

TEST(InsertMany, RefusesHalfARow) {
    FakeSession session;

    EXPECT_THROW(
        session.insert_many("x", "INSERT INTO t VALUES", "(?,?)", "", numbers(3), 2),
        std::logic_error
    );
    EXPECT_THROW(
        session.insert_many("x", "INSERT INTO t VALUES", "()", "", numbers(3), 0), std::logic_error
    );
}

}  // namespace
}  // namespace fleet::store
