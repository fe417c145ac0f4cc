#include "fleet/checkin/detail_queries.hpp"

#include <gtest/gtest.h>

#include "fleet/core/json.hpp"

namespace fleet::checkin {
namespace {

json::Value parsed(const std::string& members) {
    return json::Value::parse("{" + members + "}");
}

TEST(DetailText, EveryQueryHasADiscoveryEntryAndIsNotEmpty) {
    for (const Platform platform :
         {Platform::linux,
          Platform::darwin,
          Platform::windows,
          Platform::chrome,
          Platform::unknown}) {
        const DetailText text = detail_text(platform, {});
        const json::Value queries = parsed(text.queries);
        const json::Value discovery = parsed(text.discovery);

        EXPECT_GT(queries.size(), 2U);
        EXPECT_EQ(queries.size(), discovery.size());
        for (const auto& [name, sql] : queries.items()) {
            EXPECT_TRUE(name.starts_with("fleet_detail_query_"));
            EXPECT_FALSE(sql.get<std::string>().empty()) << name;
            EXPECT_TRUE(discovery.contains(name)) << name;
        }
    }
}

TEST(DetailText, AHostWhosePlatformIsUnknownIsAskedForIt) {
    const json::Value queries = parsed(detail_text(Platform::unknown, {}).queries);

    EXPECT_TRUE(queries.contains("fleet_detail_query_os_version"));
    EXPECT_TRUE(queries.contains("fleet_detail_query_system_info"));
    EXPECT_FALSE(queries.contains("fleet_detail_query_disk_space_unix"));
}

TEST(DetailText, OverridesReplaceOrRemove) {
    const DetailSettings settings{
        .overrides = {{"users", ""}, {"uptime", "SELECT 5 AS total_seconds"}},
        .additional = {{"mine", "SELECT \"1\""}},
    };
    const json::Value queries = parsed(detail_text(Platform::linux, settings).queries);

    EXPECT_FALSE(queries.contains("fleet_detail_query_users"));
    EXPECT_EQ(queries["fleet_detail_query_uptime"], "SELECT 5 AS total_seconds");
    EXPECT_EQ(queries["fleet_additional_query_mine"], "SELECT \"1\"");
}

}  // namespace
}  // namespace fleet::checkin
