#include "rotation.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "temp_folder.hpp"

namespace fleet::logs {
namespace {

const Time kNow = *parse_rfc3339("2026-03-05T08:15:30.25Z");

TEST(BackupPath, CarriesTheMomentBeforeTheExtension) {
    EXPECT_EQ(
        backup_path("/var/log/result.log", kNow), "/var/log/result-2026-03-05T08-15-30.250.log"
    );
    EXPECT_EQ(
        backup_path("/tmp/osquery_result", kNow), "/tmp/osquery_result-2026-03-05T08-15-30.250"
    );
}

TEST(FindBackups, SeesOnlyItsOwnNewestFirst) {
    const TempFolder folder;
    for (const char* name : {
             "result.log",
             "result-2026-03-05T08-15-30.250.log",
             "result-2026-03-06T08-15-30.250.log.gz",
             "result-2026-03-06T08-15-30.250.log.gz.tmp",
             "result-2026-03-05T08:15:30.250.log",
             "result-2026-13-05T08-15-30.250.log",
             "result-old.log",
             "other-2026-03-05T08-15-30.250.log",
             "result-2026-03-05T08-15-30.250",
         }) {
        folder.write(name, "x");
    }
    const auto found = find_backups(folder.file("result.log"));
    ASSERT_EQ(found.size(), 2u);
    EXPECT_THAT(found[0].path, testing::EndsWith("result-2026-03-06T08-15-30.250.log.gz"));
    EXPECT_TRUE(found[0].compressed);
    EXPECT_EQ(found[1].rotated_at, kNow);
    EXPECT_TRUE(find_backups("/nonexistent/folder/x").empty());
}

std::vector<Backup> daily(int count) {
    std::vector<Backup> out;
    for (int i = 0; i < count; ++i) {
        out.push_back({.path = std::to_string(i), .rotated_at = kNow - std::chrono::days{i}});
    }
    return out;
}

TEST(Surplus, IsWhatExceedsNumberOrAge) {
    FileOptions options{.max_age_days = 0, .max_backups = 3};
    EXPECT_EQ(surplus(daily(5), options, kNow).size(), 2u);
    options = {.max_age_days = 1, .max_backups = 0};
    EXPECT_EQ(surplus(daily(5), options, kNow).size(), 3u);
    options = {.max_age_days = 0, .max_backups = 0};
    EXPECT_TRUE(surplus(daily(5), options, kNow).empty());
}

TEST(MoveAside, NeverReplacesAnEarlierBackup) {
    const TempFolder folder;
    folder.write("a.log", "one");
    EXPECT_EQ(move_aside(folder.file("a.log"), kNow), 0);
    folder.write("a.log", "two");
    EXPECT_EQ(move_aside(folder.file("a.log"), kNow), 0);

    EXPECT_EQ(folder.read("a-2026-03-05T08-15-30.250.log"), "one");
    EXPECT_EQ(folder.read("a-2026-03-05T08-15-30.251.log"), "two");
    EXPECT_NE(move_aside(folder.file("a.log"), kNow), 0);
}

}  // namespace
}  // namespace fleet::logs
