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
