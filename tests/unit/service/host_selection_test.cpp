#include "service/host_selection.hpp"

#include <gtest/gtest.h>

#include <map>
#include <span>
#include <vector>

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
    void each(const CensusScope&, Time, const VisitSeen&) const override {}
    std::map<HostId, HostSighting> hosts{};
};

SeenHost seen(std::uint64_t id, std::chrono::seconds ago, HostStatus status = HostStatus::offline) {
    return {HostId{id}, kNow - ago, status};
}

std::vector<std::uint64_t> ids(std::span<const SeenHost> hosts) {
    std::vector<std::uint64_t> out;
    for (const SeenHost& host : hosts)
        out.push_back(raw(host.id));
    return out;
}

using Ids = std::vector<std::uint64_t>;

TEST(HostSelectionTest, MemoryIsFresherThanTheDatabase) {
    FakePresence presence;
    presence.hosts[HostId{1}] = {
        .id = HostId{1}, .seen = kNow, .distributed_interval = 10, .config_tls_refresh = 60};
    store::HostRecord known;
    known.id = HostId{1};
    known.seen_time = kNow - 1h;
    EXPECT_EQ(current_status(known, presence, kNow), HostStatus::online);
    EXPECT_EQ(known.seen_time, kNow);

    known.seen_time = kNow + 1h;  // before the clock was set back
    EXPECT_EQ(current_status(known, presence, kNow), HostStatus::online);
    EXPECT_EQ(known.seen_time, kNow);

    store::HostRecord unknown;
    unknown.id = HostId{2};
    unknown.seen_time = kNow - 31 * 24h;
    EXPECT_EQ(current_status(unknown, presence, kNow), HostStatus::missing);
}

TEST(HostSelectionTest, MissingHostsAreOfflineToo) {
    const auto match = [](HostStatusFilter wanted, HostStatus status) {
        HostSelection selection;
        selection.status = wanted;
        return matches(selection, seen(1, 0s, status));
    };
    EXPECT_TRUE(match(HostStatusFilter::online, HostStatus::online));
    EXPECT_FALSE(match(HostStatusFilter::online, HostStatus::offline));
    EXPECT_FALSE(match(HostStatusFilter::online, HostStatus::missing));
    EXPECT_FALSE(match(HostStatusFilter::offline, HostStatus::online));
    EXPECT_TRUE(match(HostStatusFilter::offline, HostStatus::offline));
    EXPECT_TRUE(match(HostStatusFilter::offline, HostStatus::missing));
    EXPECT_FALSE(match(HostStatusFilter::missing, HostStatus::offline));
    EXPECT_TRUE(match(HostStatusFilter::missing, HostStatus::missing));
}

TEST(HostSelectionTest, MomentsNarrowToAHalfOpenSpan) {
    HostSelection selection;
    selection.seen_since = kNow - 20s;
    selection.seen_before = kNow - 10s;
    EXPECT_FALSE(matches(selection, seen(1, 21s)));
    EXPECT_TRUE(matches(selection, seen(1, 20s)));
    EXPECT_TRUE(matches(selection, seen(1, 11s)));
    EXPECT_FALSE(matches(selection, seen(1, 10s)));
}

TEST(HostSelectionTest, SortsByLastSignOfLifeThenId) {
    std::vector<SeenHost> hosts{seen(1, 30s), seen(2, 10s), seen(4, 20s), seen(3, 20s)};
    Paging paging;
    paging.order_key = "seen_time";
    sort_first(hosts, paging, 4);
    EXPECT_EQ(ids(hosts), (Ids{1, 3, 4, 2}));
    paging.order = Order::descending;
    sort_first(hosts, paging, 4);
    EXPECT_EQ(ids(hosts), (Ids{2, 4, 3, 1}));
}

TEST(HostSelectionTest, SortsByStatusThenId) {
    std::vector<SeenHost> hosts{
        seen(4, 0s, HostStatus::missing),
        seen(3, 0s, HostStatus::offline),
        seen(2, 0s, HostStatus::online),
        seen(1, 0s, HostStatus::offline)};
    Paging paging;
    paging.order_key = "status";
    sort_first(hosts, paging, 4);
    EXPECT_EQ(ids(hosts), (Ids{2, 1, 3, 4}));
}

TEST(HostSelectionTest, SortsOnlyTheFrontThatIsNeeded) {
    std::vector<SeenHost> hosts;
    for (std::uint64_t id = 1; id <= 500; ++id)
        hosts.push_back(seen(id * 7919 % 503, std::chrono::seconds{id * 104729 % 97}));
    std::vector<SeenHost> all = hosts;
    Paging paging;
    paging.order_key = "seen_time";
    sort_first(all, paging, all.size());
    for (const std::size_t count : {std::size_t{0}, std::size_t{1}, std::size_t{60}}) {
        std::vector<SeenHost> some = hosts;
        sort_first(some, paging, count);
        EXPECT_EQ(ids(std::span{some}.first(count)), ids(std::span{all}.first(count)));
    }
}

TEST(HostSelectionTest, CursorsLeaveWhatComesAfter) {
    std::vector<SeenHost> hosts{seen(1, 30s), seen(2, 10s), seen(3, 20s)};
    Paging paging;
    paging.order_key = "seen_time";
    paging.after = to_rfc3339(kNow - 20s);
    ASSERT_TRUE(drop_before_cursor(hosts, paging));
    EXPECT_EQ(ids(hosts), Ids{2});

    paging.after = "noon";
    EXPECT_EQ(drop_before_cursor(hosts, paging).error().kind, ErrorKind::bad_request);
    paging.order_key = "status";
    EXPECT_EQ(drop_before_cursor(hosts, paging).error().kind, ErrorKind::bad_request);
}

TEST(HostSelectionTest, CutsPages) {
    const auto page = [](std::uint64_t number, std::optional<std::uint64_t> size) {
        Paging paging;
        paging.page = number;
        paging.per_page = size;
        std::vector<HostId> hosts{HostId{1}, HostId{2}, HostId{3}};
        cut_page(hosts, paging);
        return hosts;
    };
    EXPECT_EQ(page(0, 2), (std::vector{HostId{1}, HostId{2}}));
    EXPECT_EQ(page(1, 2), std::vector{HostId{3}});
    EXPECT_TRUE(page(9, 2).empty());
    EXPECT_EQ(page(9, std::nullopt).size(), 3U);
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
