#include "service/host_selection.hpp"

#include <gtest/gtest.h>

#include <map>

namespace fleet::service {
namespace {

using namespace std::chrono_literals;

const Time kNow = from_unix_seconds(1'800'000'000);

class FakePresence : public HostPresence {
public:
    std::optional<HostSighting> find(HostId host) const override {
        const auto found = hosts.find(host);
        return found == hosts.end() ? std::nullopt : std::optional{found->second};
    }
    HostCensus census(const CensusScope&, Time, Time) const override { return {}; }
    std::map<HostId, HostSighting> hosts{};
};

store::HostKey key(std::uint64_t id, std::chrono::seconds ago) {
    return {static_cast<HostId>(id), kNow - ago, 10, 60};
}

std::vector<std::uint64_t> ids(const std::vector<store::HostKey>& keys) {
    std::vector<std::uint64_t> out;
    for (const auto& k : keys)
        out.push_back(raw(k.id));
    return out;
}

using Ids = std::vector<std::uint64_t>;

TEST(HostSelectionTest, MemoryIsFresherThanTheDatabase) {
    FakePresence presence;
    presence.hosts[HostId{1}] = {
        .id = HostId{1}, .seen = kNow, .distributed_interval = 10, .config_tls_refresh = 60};
    EXPECT_TRUE(matches(HostStatusFilter::online, key(1, 1h), presence, kNow));
    EXPECT_TRUE(matches(HostStatusFilter::offline, key(2, 1h), presence, kNow));
    EXPECT_FALSE(matches(HostStatusFilter::missing, key(2, 1h), presence, kNow));
    EXPECT_TRUE(matches(HostStatusFilter::missing, key(2, 31 * 24h), presence, kNow));
    EXPECT_TRUE(matches(HostStatusFilter::offline, key(2, 31 * 24h), presence, kNow));
}

TEST(HostSelectionTest, SortsByLastSignOfLife) {
    std::vector<store::HostKey> keys{key(1, 30s), key(2, 10s), key(3, 20s)};
    Paging paging;
    paging.order_key = "seen_time";
    ASSERT_TRUE(sort_by_memory(keys, paging, kNow));
    EXPECT_EQ(ids(keys), (Ids{1, 3, 2}));
    paging.order = Order::descending;
    ASSERT_TRUE(sort_by_memory(keys, paging, kNow));
    EXPECT_EQ(ids(keys), (Ids{2, 3, 1}));
}

TEST(HostSelectionTest, SortsByStatusThenId) {
    std::vector<store::HostKey> keys{key(4, 40 * 24h), key(3, 1h), key(2, 1s), key(1, 1h)};
    Paging paging;
    paging.order_key = "status";
    ASSERT_TRUE(sort_by_memory(keys, paging, kNow));
    EXPECT_EQ(ids(keys), (Ids{2, 1, 3, 4}));
}

TEST(HostSelectionTest, CutsPages) {
    Paging paging;
    paging.per_page = 2;
    std::vector<store::HostKey> keys{key(1, 0s), key(2, 0s), key(3, 0s)};
    cut_page(keys, paging);
    EXPECT_EQ(ids(keys), (Ids{1, 2}));
    paging.page = 1;
    keys = {key(1, 0s), key(2, 0s), key(3, 0s)};
    cut_page(keys, paging);
    EXPECT_EQ(ids(keys), Ids{3});
    paging.page = 9;
    cut_page(keys, paging);
    EXPECT_TRUE(keys.empty());
}

TEST(HostSelectionTest, IsNarrowedToTheViewersTeams) {
    Viewer viewer;
    viewer.teams = {{TeamId{3}, "Laptops", Role::observer}};
    const auto narrow = narrowed({}, viewer, Action::list_hosts);
    ASSERT_TRUE(narrow);
    EXPECT_EQ(narrow->filter.visible, std::vector{TeamId{3}});

    HostSelection foreign;
    foreign.filter.team = TeamId{4};
    EXPECT_EQ(narrowed(foreign, viewer, Action::list_hosts).error().kind, ErrorKind::forbidden);
}

}  // namespace
}  // namespace fleet::service
