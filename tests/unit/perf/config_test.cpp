#include "perf/agent/config.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "perf/text.hpp"

namespace fleet::perf {
namespace {

using namespace std::chrono_literals;
using ::testing::SizeIs;

constexpr auto kDocument = R"({
    "options": {"pack_delimiter": "/", "distributed_interval": 30, "logger_tls_period": "20",
                "config_tls_refresh": 300, "logger_snapshot_event_type": "true"},
    "decorators": {"load": ["SELECT 1 AS a"], "always": ["SELECT 2 AS b"]},
    "schedule": {"plain": {"query": "SELECT 1", "interval": "60"}},
    "packs": {"Global": {"queries": {
        "usb devices": {"query": "SELECT 2", "interval": 10, "snapshot": true, "platform": "linux"},
        "diff": {"query": "SELECT 3", "interval": 10, "removed": false}
    }, "platform": "darwin", "discovery": ["SELECT 1"]}}
})";

TEST(ConfigTest, NamesJoinPackAndQueryWithTheDelimiter) {
    const auto config = read_config(kDocument, {});

    ASSERT_THAT(config->queries, SizeIs(3));
    EXPECT_EQ(config->queries[0].name, "plain");
    EXPECT_EQ(config->queries[0].interval, 60);
    EXPECT_EQ(config->queries[1].name, "pack/Global/usb devices");
    EXPECT_TRUE(config->queries[1].snapshot);
    EXPECT_EQ(config->queries[2].name, "pack/Global/diff");
    EXPECT_FALSE(config->queries[2].removed);
    EXPECT_EQ(config->queries[2].pack, 0U);
    EXPECT_THAT(config->packs.at(0).discovery, SizeIs(1));
    EXPECT_THAT(config->decorators, SizeIs(2));
}

TEST(ConfigTest, DefaultDelimiterIsAnUnderscore) {
    const auto config =
        read_config(R"({"packs":{"p":{"queries":{"q":{"query":"SELECT 1"}}}}})", {});

    EXPECT_EQ(config->queries.at(0).name, "pack_p_q");
    EXPECT_EQ(config->queries.at(0).interval, 3600);
}

TEST(ConfigTest, IntervalsChangeOnlyWhenObeyed) {
    ConfigBase base;
    const auto stubborn = read_config(kDocument, base);
    base.obey = true;
    const auto obedient = read_config(kDocument, base);

    EXPECT_EQ(stubborn->intervals.distributed, 10s);
    EXPECT_EQ(obedient->intervals.distributed, 30s);
    EXPECT_EQ(obedient->intervals.logger, 20s);
    EXPECT_EQ(obedient->intervals.config, 300s);
    EXPECT_EQ(obedient->settings.distributed_interval, 30);
    EXPECT_TRUE(stubborn->settings.snapshot_event_type);
}

TEST(ConfigTest, WhatOsqueryRefusesIsNotScheduled) {
    const auto config = read_config(
        R"({"schedule":{"a":{"query":"","interval":1},"b":{"query":"SELECT 1","interval":0},
            "my counter":{"query":"SELECT 1","interval":5},"c":{"query":"SELECT 1","interval":700000}}})",
        {}
    );

    EXPECT_THAT(config->queries, SizeIs(0));
    EXPECT_THAT(config->warnings, SizeIs(4));
}

TEST(ConfigTest, HashFollowsTheCapturedRule) {
    const auto config = read_config("{ \"b\": {}, \"a\": {} }", {});

    EXPECT_EQ(config->hash, sha1_hex(sha1_hex(R"({"b":{},"a":{}})")));
}

TEST(ConfigTest, EmptyBodyIsAnEmptyConfigurationAndGarbageIsNone) {
    EXPECT_THAT(read_config("", {})->queries, SizeIs(0));
    EXPECT_EQ(read_config("[]", {}), nullptr);
    EXPECT_EQ(read_config("{", {}), nullptr);
}

TEST(ConfigTest, WrongTypesAreIgnored) {
    const auto config = read_config(
        R"({"options":[],"packs":"x","schedule":{"q":[1]},"decorators":{"load":7}})", {}
    );

    ASSERT_NE(config, nullptr);
    EXPECT_THAT(config->queries, SizeIs(0));
}

TEST(ApplicabilityTest, PlatformVersionAndShard) {
    const auto linux = make_profile(1, 1, Flavor::ubuntu);
    const auto mac = make_profile(1, 2, Flavor::macos);
    const auto windows = make_profile(1, 3, Flavor::windows);
    const auto covers = [](const char* platform, const Profile& profile) {
        return Applicability{platform, "", 0}.covers(profile, "5.23.1");
    };

    EXPECT_TRUE(covers("", linux));
    EXPECT_TRUE(covers("darwin,linux", linux));
    EXPECT_TRUE(covers("posix", mac));
    EXPECT_FALSE(covers("posix", windows));
    EXPECT_FALSE(covers("darwin", windows));
    EXPECT_TRUE(covers("all", windows));
    EXPECT_FALSE((Applicability{"", "5.24.0", 0}.covers(linux, "5.23.1")));
    EXPECT_TRUE((Applicability{"", "5.9.1", 0}.covers(linux, "5.23.1")));
    int in_shard = 0;
    for (std::uint32_t i = 0; i < 1000; ++i) {
        in_shard +=
            Applicability{"", "", 30}.covers(make_profile(1, i, Flavor::debian), "5.23.1") ? 1 : 0;
    }
    EXPECT_NEAR(in_shard, 300, 60);
}

}  // namespace
}  // namespace fleet::perf
