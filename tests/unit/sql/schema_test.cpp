#include "fleet/sql/schema.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <nlohmann/json.hpp>

namespace fleet::sql {
namespace {

using testing::ElementsAre;

TEST(Schema, HasTablesWithTheirPlatforms) {
    EXPECT_GT(tables().size(), 250u);
    const Table* packages = find_table("deb_packages");
    ASSERT_NE(packages, nullptr);
    EXPECT_THAT(packages->platforms.names(), ElementsAre("linux"));
    EXPECT_EQ(find_table("users")->platforms, PlatformSet::all());
    EXPECT_TRUE(find_table("process_events")->evented);
    EXPECT_FALSE(find_table("processes")->evented);
}

TEST(Schema, IsSortedByName) {
    EXPECT_TRUE(std::is_sorted(
        tables().begin(),
        tables().end(),
        [](const Table& a, const Table& b) { return a.name < b.name; }
    ));
}

TEST(Schema, FindsByAliasAndWithoutCase) {
    ASSERT_NE(find_table("PROGRAMS_and_features"), nullptr);
    EXPECT_EQ(find_table("PROGRAMS_and_features")->name, "programs");
    EXPECT_EQ(find_table("no_such_table"), nullptr);
    EXPECT_EQ(find_table(""), nullptr);
}

TEST(Schema, ColumnsKnowTypeAndWhetherTheyAreRequired) {
    const Table& file = *find_table("file");
    const auto path = std::find_if(file.columns.begin(), file.columns.end(), [](const Column& c) {
        return c.name == "path";
    });
    ASSERT_NE(path, file.columns.end());
    EXPECT_EQ(path->type, "text");
    EXPECT_TRUE(path->required);
    for (const Table& table : tables()) {
        EXPECT_FALSE(table.columns.empty()) << table.name;
        EXPECT_FALSE(table.platforms.empty()) << table.name;
    }
}

TEST(SchemaJson, IsValidAndComplete) {
    const auto root = nlohmann::json::parse(schema_json());
    EXPECT_EQ(root["version"], osquery_version());
    ASSERT_EQ(root["tables"].size(), tables().size());
    const auto& file =
        *std::find_if(root["tables"].begin(), root["tables"].end(), [](const auto& t) {
            return t["name"] == "file";
        });
    EXPECT_EQ(file["columns"][0]["name"], "path");
    EXPECT_EQ(file["columns"][0]["required"], true);
    EXPECT_EQ(file["platforms"].size(), 3u);
}

}  // namespace
}  // namespace fleet::sql
