#include "fleet/checkin/host_table.hpp"

#include <gtest/gtest.h>

namespace fleet::checkin {
namespace {

HostFacts host(std::uint64_t id, const std::string& key) {
    HostFacts out;
    out.id = HostId{id};
    out.key = sha256(key);
    return out;
}

TEST(HostTable, FindsByKeyAndById) {
    HostTable table;
    table.put(host(1, "a"));
    table.put(host(2, "b"));

    EXPECT_EQ(table.find(sha256("a"))->id, HostId{1});
    EXPECT_EQ(table.find(HostId{2})->id, HostId{2});
    EXPECT_EQ(table.find(sha256("c")), nullptr);
    EXPECT_EQ(table.size(), 2U);
}

TEST(HostTable, ANewKeyEndsTheOldOne) {
    HostTable table;
    table.put(host(1, "old"));
    table.put(host(1, "new"));

    EXPECT_EQ(table.find(sha256("old")), nullptr);
    EXPECT_NE(table.find(sha256("new")), nullptr);
    EXPECT_EQ(table.size(), 1U);
}

TEST(HostTable, ReloadingDoesNotMoveLastSeenBack) {
    HostTable table;
    const HostRef entry = table.put(host(1, "a"));
    entry->mark_seen(from_unix_seconds(1'000));
    HostFacts stale = host(1, "a");
    stale.seen = from_unix_seconds(10);
    table.put(stale);

    EXPECT_EQ(entry->seen(), from_unix_seconds(1'000));
}

TEST(HostTable, ReloadingDoesNotMakeDetailsOlder) {
    HostTable table;
    HostFacts fresh = host(1, "a");
    fresh.detail_updated = fresh.policy_updated = from_unix_seconds(1'000);
    const HostRef entry = table.put(fresh);
    HostFacts stale = host(1, "a");
    stale.detail_updated = stale.label_updated = from_unix_seconds(10);
    table.put(stale);

    entry->with([](const HostFacts& facts) {
        EXPECT_EQ(facts.detail_updated, from_unix_seconds(1'000));
        EXPECT_EQ(facts.label_updated, from_unix_seconds(10));
        EXPECT_EQ(facts.policy_updated, from_unix_seconds(1'000));
    });
}

TEST(HostTable, ReloadingKeepsWhichLabelQuestionsWereAnswered) {
    HostTable table;
    HostFacts facts = host(1, "a");
    facts.label_updated = from_unix_seconds(100);
    facts.label_asked = from_unix_seconds(90);
    const HostRef entry = table.put(facts);
    HostFacts again = host(1, "a");
    again.label_updated = again.label_asked = from_unix_seconds(100);
    table.put(again);
    entry->with([](const HostFacts& now) {
        EXPECT_EQ(now.label_asked, from_unix_seconds(90)) << "answered at 100 what was asked at 90";
    });

    again.label_updated = again.label_asked = from_unix_seconds(200);
    table.put(again);
    entry->with([](const HostFacts& now) {
        EXPECT_EQ(now.label_asked, from_unix_seconds(200)) << "another instance asked";
    });
}

TEST(HostTable, AClockThatWasSetMovesAllTimesOfAHost) {
    HostTable table;
    HostFacts facts = host(1, "a");
    facts.detail_updated = facts.label_updated = facts.policy_updated = from_unix_seconds(5'000);
    facts.seen = from_unix_seconds(5'010);
    const HostRef entry = table.put(facts);
    entry->due_us = 1;
    entry->turn_us = 1;
    entry->move_times(std::chrono::hours{-1});

    EXPECT_EQ(entry->seen(), from_unix_seconds(1'410));
    EXPECT_EQ(entry->due_us, 0) << "to be worked out anew";
    EXPECT_EQ(entry->turn_us, 0);
    entry->with([](const HostFacts& now) {
        EXPECT_EQ(now.detail_updated, from_unix_seconds(1'400));
        EXPECT_EQ(now.label_updated, from_unix_seconds(1'400));
        EXPECT_EQ(now.policy_updated, from_unix_seconds(1'400));
    });
}

TEST(HostTable, ErasedHostsAreGoneByBothWays) {
    HostTable table;
    table.put(host(1, "a"));
    table.erase(HostId{1});
    table.erase(HostId{1});

    EXPECT_EQ(table.find(sha256("a")), nullptr);
    EXPECT_EQ(table.find(HostId{1}), nullptr);
}

}  // namespace
}  // namespace fleet::checkin
