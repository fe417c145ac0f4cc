#include "perf/agent/habits.hpp"

#include <gtest/gtest.h>

#include <string>

#include "virtual_host.hpp"

namespace fleet::perf {
namespace {

constexpr std::int64_t kNow = 1'700'000'000;

class HabitsTest : public ::testing::Test {
protected:
    Jitter jitter{3};
};

TEST_F(HabitsTest, WithoutAProfileTheTablesAnswer) {
    const Habits habits{AnswerProfile::tables, jitter};
    EXPECT_FALSE(habits.instead("fleet_policy_query_1", 1, kNow));
    EXPECT_FALSE(habits.instead("fleet_detail_query_software_linux", 1, kNow));
}

TEST_F(HabitsTest, CompatFailsHalfOfTheSoftwareQueriesAndTossesACoinForPolicies) {
    const Habits habits{AnswerProfile::compat, jitter};
    int failed = 0;
    int passed = 0;
    for (int i = 0; i < 1000; ++i) {
        const auto software = habits.instead("fleet_detail_query_software_linux", 1, kNow);
        if (software) {
            EXPECT_NE(software->status, 0);
            ++failed;
        }
        passed += habits.instead("fleet_policy_query_1", 1, kNow)->rows.empty() ? 0 : 1;
    }
    EXPECT_NEAR(failed, 500, 80);
    EXPECT_NEAR(passed, 500, 80);
    EXPECT_FALSE(habits.instead("fleet_detail_query_os_version", 1, kNow));
    EXPECT_FALSE(habits.instead("fleet_distributed_query_7", 1, kNow));
}

TEST_F(HabitsTest, HonestPoliciesStickAndFlipNowAndThen) {
    int flips = 0;
    int passed = 0;
    constexpr int kHosts = 20'000;
    for (std::uint64_t key = 0; key < kHosts; ++key) {
        const bool before = passes_policy(mix(key), "fleet_policy_query_3", kNow);
        EXPECT_EQ(before, passes_policy(mix(key), "fleet_policy_query_3", kNow + 60 * 20));
        flips += before == passes_policy(mix(key), "fleet_policy_query_3", kNow + 3600) ? 0 : 1;
        passed += before ? 1 : 0;
    }
    EXPECT_NEAR(flips, kHosts / 200, kHosts / 600);
    EXPECT_GT(passed, kHosts / 4);
    EXPECT_FALSE(
        Habits(AnswerProfile::honest, jitter).instead("fleet_detail_query_battery", 1, kNow)
    );
}

class SoftwareTest : public ::testing::Test {
protected:
    static std::size_t count(testing::VirtualHost& host, const char* table) {
        return std::stoul(host.value(std::string{"SELECT count(*) AS n FROM "} + table));
    }
};

TEST_F(SoftwareTest, InventoriesAreAsLargeAsThoseOfTheField) {
    testing::VirtualHost ubuntu{Flavor::ubuntu};
    testing::VirtualHost windows{Flavor::windows};
    testing::VirtualHost mac{Flavor::macos};

    EXPECT_EQ(count(ubuntu, "deb_packages"), 1688U);
    EXPECT_EQ(count(windows, "programs"), 141U);
    EXPECT_EQ(count(mac, "apps"), 500U);
    mac.context.software.mac_apps = 21;
    EXPECT_EQ(count(mac, "apps"), 21U);
}

TEST_F(SoftwareTest, HostsOfATemplateShareNineTenths) {
    testing::VirtualHost a{Flavor::ubuntu, 1};
    testing::VirtualHost b{Flavor::ubuntu, 2};
    const auto* sql = "SELECT name, version FROM deb_packages";
    const auto of_a = a.rows(sql);
    const auto of_b = b.rows(sql);
    std::size_t same = 0;
    for (std::size_t i = 0; i < of_a.size(); ++i)
        same += of_a[i] == of_b[i] ? 1 : 0;

    EXPECT_GE(same, of_a.size() * 9 / 10);
    EXPECT_LT(same, of_a.size());
}

TEST_F(SoftwareTest, OnePercentChangesInADay) {
    testing::VirtualHost host{Flavor::ubuntu};
    host.context.software.churn = true;
    const auto* sql = "SELECT name, version FROM deb_packages";
    const auto before = host.rows(sql);
    EXPECT_EQ(before, host.rows(sql));
    host.context.now += 86'400;
    const auto after = host.rows(sql);
    std::size_t changed = 0;
    for (std::size_t i = 0; i < before.size(); ++i)
        changed += before[i] == after[i] ? 0 : 1;

    EXPECT_NEAR(static_cast<double>(changed), 1688 * 0.01, 10);
}

}  // namespace
}  // namespace fleet::perf
