#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <thread>

#include "store/migrations_detail.hpp"
#include "store_fixture.hpp"

namespace fleet::store {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::ThrowsMessage;

const Migration kFirst{"0001_first", "CREATE TABLE a (id INT PRIMARY KEY) ENGINE=InnoDB;\n"};
const Migration kSecond{
    "0002_second",
    "CREATE TABLE b (id INT PRIMARY KEY) ENGINE=InnoDB;\nINSERT INTO b VALUES (1);\n"};

class Migrations : public DbTest {
protected:
    std::vector<std::string> run(const std::vector<Migration>& migrations) {
        std::vector<std::string> lines;
        migrate(*db, migrations, [&](const std::string& line) { lines.push_back(line); });
        return lines;
    }
};

TEST_F(Migrations, LookingCreatesNothing) {
    const auto state = migration_state(*db, std::vector{kFirst, kSecond});

    EXPECT_THAT(state.applied, IsEmpty());
    EXPECT_THAT(state.missing, ElementsAre("0001_first", "0002_second"));
    const auto tables = with_read(*db, [](Session& session) {
        return session.rows(Sql{"tables", "SHOW TABLES"}, [](const Row& row) {
            return row.str(0);
        });
    });
    EXPECT_THAT(tables, IsEmpty());
}

TEST_F(Migrations, AppliesWhatIsMissingOnce) {
    EXPECT_THAT(run({kFirst}), ElementsAre("applying 0001_first"));
    EXPECT_THAT(run({kFirst, kSecond}), ElementsAre("applying 0002_second"));
    EXPECT_THAT(run({kFirst, kSecond}), IsEmpty());

    const auto state = migration_state(*db, std::vector{kFirst, kSecond});
    EXPECT_THAT(state.applied, ElementsAre("0001_first", "0002_second"));
    EXPECT_THAT(state.missing, IsEmpty());
    EXPECT_THAT(state.changed, IsEmpty());
    EXPECT_THAT(state.unknown, IsEmpty());
    EXPECT_EQ(count("b"), 1U);
}

TEST_F(Migrations, SeesThoseOfANewerRelease) {
    run({kFirst, kSecond});

    const auto state = migration_state(*db, std::vector{kFirst});

    EXPECT_THAT(state.unknown, ElementsAre("0002_second"));
    EXPECT_THAT(run({kFirst}), IsEmpty());
}

TEST_F(Migrations, RefusesAChangedOne) {
    run({kFirst});
    const Migration changed{kFirst.name, kFirst.text + "-- better\n"};

    EXPECT_THAT(migration_state(*db, std::vector{changed}).changed, ElementsAre("0001_first"));
    EXPECT_THAT(
        [&] {
            run({changed, kSecond});
        },
        ThrowsMessage<std::runtime_error>(HasSubstr("0001_first differs"))
    );
    EXPECT_THAT(migration_state(*db, std::vector{kSecond}).missing, ElementsAre("0002_second"));
}

TEST_F(Migrations, GoesOnWhereItStopped) {
    const Migration broken{
        "0001_two",
        "CREATE TABLE a (id INT PRIMARY KEY) ENGINE=InnoDB;\nINSERT INTO none VALUES (1);\n"};
    const Migration mended{
        "0001_two",
        "CREATE TABLE a (id INT PRIMARY KEY) ENGINE=InnoDB;\nINSERT INTO a VALUES (1);\n"};
    EXPECT_THROW(run({broken}), DbError);
    EXPECT_THAT(migration_state(*db, std::vector{broken}).missing, ElementsAre("0001_two"));

    run({mended});

    EXPECT_EQ(count("a"), 1U);
    EXPECT_THAT(migration_state(*db, std::vector{mended}).applied, ElementsAre("0001_two"));
}

TEST_F(Migrations, SeveralStartsAtOnceApplyEachOnce) {
    std::vector<std::thread> threads;
    std::atomic<int> applied{0};
    for (int i = 0; i < 4; ++i) {
        threads.emplace_back([&] {
            const auto own = open_database(options);
            migrate(*own, std::vector{kFirst, kSecond}, [&](const std::string& line) {
                if (line.starts_with("applying")) ++applied;
            });
        });
    }
    for (auto& thread : threads)
        thread.join();

    EXPECT_EQ(applied, 2);
    EXPECT_EQ(count("b"), 1U);
}

TEST_F(Migrations, TheRealOnesApplyAndHold) {
    migrate(*db, [](const std::string&) {});

    const auto state = migration_state(*db);
    EXPECT_THAT(state.missing, IsEmpty());
    EXPECT_THAT(state.changed, IsEmpty());
    EXPECT_EQ(state.applied.size(), embedded_migrations().size());
    EXPECT_EQ(count("labels WHERE label_type = 1"), 9U);
}

}  // namespace
}  // namespace fleet::store
