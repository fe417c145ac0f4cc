// Content-addressed inventories against a real server: docs/decisions/0009.
#include "fleet/store/software_store.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <thread>

#include "fleet/store/checkin_store.hpp"
#include "fleet/store/software_upkeep.hpp"
#include "store_fixture.hpp"

namespace fleet::store {
namespace {

constexpr Time kNow{std::chrono::seconds{1'772'698'530}};
using Names = std::vector<std::string>;

class SoftwareTest : public StoreTest {
protected:
    HostId make_host(std::optional<TeamId> team = {}) {
        return with_write(db, [&](Session& session) {
            return HostId{
                session.insert(Sql{"host", "INSERT INTO hosts (team_id) VALUES (?)"}, team)};
        });
    }
    TeamId make_team(const std::string& name) {
        return with_write(db, [&](Session& session) {
            return TeamId{session.insert(Sql{"team", "INSERT INTO teams (name) VALUES (?)"}, name)};
        });
    }

    /// As a report of packages "name" or "name version".
    static HostUpdate update(HostId host, const Names& packages) {
        auto report = std::make_shared<SoftwareReport>();
        for (const std::string& text : packages) {
            const auto space = text.find(' ');
            Software software{.name = text.substr(0, space), .source = "deb_packages"};
            if (space != std::string::npos) software.version = text.substr(space + 1);
            const SoftwareView view{
                .name = software.name, .version = software.version, .source = software.source};
            const ContentDigest digest = software_digest(view);
            report->members.push_back(digest);
            report->news.emplace_back(digest, software);
        }
        std::sort(report->members.begin(), report->members.end());
        report->digest = set_digest(report->members);
        report->paths_changed = report->opened_changed = false;
        HostUpdate out;
        out.host = host;
        out.at = kNow;
        out.software = std::move(report);
        return out;
    }
    static Names many(const std::string& stem, int count) {
        Names out;
        for (int i = 0; i < count; ++i)
            out.push_back(stem + std::to_string(i));
        return out;
    }
    void report(CheckinStore& store, HostId host, const Names& packages) {
        const std::vector<HostUpdate> updates{update(host, packages)};
        store.apply(updates);
    }
    Names listed(HostId host) {
        Names out;
        const std::vector<HostId> hosts{host};
        for (const auto& [id, list] : reading.of_hosts(hosts)) {
            for (const auto& one : list)
                out.push_back(one.software->name);
        }
        std::sort(out.begin(), out.end());
        return out;
    }
    std::uint64_t rows(const std::string& table) {
        return with_read(db, [&](Session& session) {
            return session
                .one(
                    Sql{"rows", "SELECT COUNT(*) FROM " + table},
                    [](const Row& row) { return row.u64(0); }
                )
                .value_or(0);
        });
    }
    std::uint64_t counted(int kind, const std::string& name, std::int64_t team = -1) {
        const std::string table = kind == 0 ? "software" : "software_titles";
        return with_read(db, [&](Session& session) {
            return session
                .one(
                    Sql{"counted",
                        "SELECT c.hosts_count FROM software_counts c JOIN " + table +
                            " s ON s.id = c.item_id WHERE c.kind = ? AND c.team_key = ? AND "
                            "s.name = ?"},
                    [](const Row& row) { return row.u64(0); },
                    kind,
                    team,
                    name
                )
                .value_or(0);
        });
    }

    CheckinStore checkins{db};
    SoftwareStore reading{db};
    SoftwareUpkeep upkeep{db};
};

TEST_F(SoftwareTest, WhatIsRareOnOneHostDoesNotSpoilTheSharedBuckets) {
    const Names shared = many("shared-", 1'500);
    for (int i = 0; i < 40; ++i) {
        Names list = shared;
        for (const std::string& own : many("own" + std::to_string(i) + "-", 150))
            list.push_back(own);
        report(checkins, make_host(), list);
    }
    // The first hosts cannot be told from each other; from then on each adds one bucket.
    const auto before = rows("software_buckets");
    Names list = shared;
    for (const std::string& own : many("last-", 150))
        list.push_back(own);
    const HostId last = make_host();
    report(checkins, last, list);
    EXPECT_EQ(rows("software_buckets"), before + 1);
    std::sort(list.begin(), list.end());
    EXPECT_EQ(listed(last), list);
}

TEST_F(SoftwareTest, AnInstanceThatKnowsNothingFindsWhatIsThere) {
    const Names list = many("p", 200);
    report(checkins, make_host(), list);
    const auto sets = rows("software_sets");
    CheckinStore other{db};
    report(other, make_host(), list);
    Names more = list;
    more.push_back("q");
    const HostId host = make_host();
    report(other, host, more);
    EXPECT_EQ(rows("software_sets"), sets + 1);
    EXPECT_EQ(rows("software"), 201U);
    EXPECT_EQ(listed(host).size(), 201U);
}

TEST_F(SoftwareTest, InstancesThatStoreTheSameAtOnceDoNotFail) {
    constexpr int kInstances = 4;
    constexpr int kRounds = 10;
    std::vector<std::vector<HostId>> hosts(kInstances);
    for (auto& of_instance : hosts) {
        for (int i = 0; i < kRounds; ++i)
            of_instance.push_back(make_host());
    }
    std::vector<std::thread> threads;
    for (const auto& mine : hosts) {
        threads.emplace_back([this, &mine] {
            CheckinStore store{db};
            for (int round = 0; round < kRounds; ++round) {
                // In another order each time, and overlapping with what others add.
                Names list = many("r" + std::to_string(round) + "-", 300);
                std::reverse(list.begin(), list.end());
                report(store, mine[static_cast<std::size_t>(round)], list);
            }
        });
    }
    for (auto& thread : threads)
        thread.join();
    EXPECT_EQ(db.stats().retries, 0U) << "a deadlock";
    EXPECT_EQ(rows("software"), 300U * kRounds);
    EXPECT_EQ(rows("software_sets"), kRounds);
    EXPECT_EQ(rows("host_software"), kInstances * kRounds);
}

TEST_F(SoftwareTest, CollectingDeletesWhatNobodyHas) {
    const HostId stays = make_host();
    const HostId changes = make_host();
    report(checkins, stays, {"a 1", "b 1"});
    report(checkins, changes, {"a 1", "old 1"});
    report(checkins, changes, {"a 1", "new 1"});

    const auto collected = upkeep.collect();

    EXPECT_EQ(collected.sets, 1U);
    EXPECT_EQ(collected.software, 1U);
    EXPECT_EQ(collected.titles, 1U);
    EXPECT_EQ(rows("software_sets"), 2U);
    EXPECT_EQ(rows("software"), 3U);
    EXPECT_EQ(rows("software_buckets"), 2U);
    EXPECT_EQ(listed(stays), (Names{"a", "b"}));
    EXPECT_EQ(listed(changes), (Names{"a", "new"}));
    const auto again = upkeep.collect();
    EXPECT_EQ(again.sets + again.buckets + again.software + again.titles, 0U);
}

TEST_F(SoftwareTest, WhatWasCollectedIsStoredAgainWhenItComesBack) {
    const HostId host = make_host();
    report(checkins, host, {"a", "b"});
    report(checkins, host, {"a"});
    upkeep.collect();
    report(checkins, host, {"a", "b"});  // the store remembers ids that are gone
    EXPECT_EQ(listed(host), (Names{"a", "b"}));
    report(checkins, make_host(), {"b"});
    EXPECT_EQ(rows("software"), 2U);
}

TEST_F(SoftwareTest, AReportWithoutTextOfWhatWasCollectedIsRefused) {
    const HostId host = make_host();
    report(checkins, host, {"a", "b"});
    report(checkins, host, {"a"});
    upkeep.collect();
    HostUpdate late = update(host, {"a", "b"});
    auto stripped = std::make_shared<SoftwareReport>(*late.software);
    stripped->news.clear();  // as read while the catalog still knew them
    late.software = stripped;
    const std::vector<HostUpdate> updates{late};
    EXPECT_THROW(checkins.apply(updates), DbError);
    EXPECT_EQ(listed(host), Names{"a"});
}

TEST_F(SoftwareTest, CollectingBesideHostsThatReportLosesNothing) {
    constexpr int kHosts = 4;
    constexpr int kRounds = 25;
    std::vector<HostId> hosts;
    for (int i = 0; i < kHosts; ++i)
        hosts.push_back(make_host());
    std::atomic<bool> done{false};
    std::thread collector{[&] {
        while (!done)
            upkeep.collect();
    }};
    std::vector<std::thread> threads;
    for (int i = 0; i < kHosts; ++i) {
        threads.emplace_back([&, i] {
            CheckinStore store{db};
            for (int round = 0; round < kRounds; ++round) {
                // Two lists in turn: each is garbage while the other one is there.
                const auto stem = std::string{"turn"} + std::to_string(round % 2) + "-";
                report(store, hosts[static_cast<std::size_t>(i)], many(stem, 60 + i));
            }
        });
    }
    for (auto& thread : threads)
        thread.join();
    done = true;
    collector.join();
    for (int i = 0; i < kHosts; ++i)
        EXPECT_EQ(
            listed(hosts[static_cast<std::size_t>(i)]).size(), 60U + static_cast<unsigned>(i)
        );
}

TEST_F(SoftwareTest, HostsAreCountedPerVersionTitleAndTeam) {
    const TeamId team = make_team("Laptops");
    const HostId one = make_host();
    const HostId two = make_host(team);
    report(checkins, one, {"both 1", "twice 1", "twice 2"});
    report(checkins, two, {"both 1", "twice 2"});

    EXPECT_TRUE(upkeep.count(kNow));
    EXPECT_EQ(counted(0, "both"), 2U);
    EXPECT_EQ(counted(1, "both"), 2U);
    EXPECT_EQ(counted(1, "twice"), 2U) << "a host with two versions is one host";
    EXPECT_EQ(counted(1, "twice", static_cast<std::int64_t>(raw(team))), 1U);
    EXPECT_EQ(counted(0, "both", 0), 1U);

    EXPECT_FALSE(upkeep.count(kNow)) << "nothing has changed";
    report(checkins, one, {"both 1"});
    EXPECT_TRUE(upkeep.count(kNow));
    EXPECT_EQ(counted(1, "twice"), 1U);
    EXPECT_EQ(counted(1, "twice", 0), 0U);
}

}  // namespace
}  // namespace fleet::store
