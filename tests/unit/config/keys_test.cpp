#include "fleet/config/keys.hpp"

#include <gtest/gtest.h>

#include <set>

#include "fleet/config/values.hpp"

namespace fleet::config {
namespace {

TEST(Keys, HaveUniqueNamesFlagsAndVariables) {
    std::set<std::string> seen;
    for (const Key& key : keys()) {
        EXPECT_TRUE(seen.insert(key.name).second) << key.name;
        EXPECT_TRUE(seen.insert(env_name(key)).second) << key.name;
        EXPECT_TRUE(seen.insert("--" + flag_name(key)).second) << key.name;
        EXPECT_FALSE(key.help.empty()) << key.name;
    }
}

TEST(Keys, DefaultsFitTheirTypes) {
    for (const Key& key : keys()) {
        Values values;
        EXPECT_TRUE(values.set(key, key.fallback, Origin::file)) << key.name;
        // The default is written the way the server prints it.
        if (key.type != Type::bytes) {
            EXPECT_EQ(values.raw(key).text, key.fallback) << key.name;
        }
    }
}

TEST(Keys, AreFoundByNameWithoutCase) {
    ASSERT_NE(find_key("MySQL.Address"), nullptr);
    EXPECT_EQ(find_key("mysql.address")->fallback, "localhost:3306");
    EXPECT_EQ(find_key("mysql_read_replica.address")->fallback, "");
    EXPECT_EQ(find_key("mysql"), nullptr);
    EXPECT_EQ(find_key(""), nullptr);
}

TEST(Keys, HaveThreeSpellings) {
    const Key& key = *find_key("prometheus.basic_auth.username");
    EXPECT_EQ(env_name(key), "FLEET_PROMETHEUS_BASIC_AUTH_USERNAME");
    EXPECT_EQ(flag_name(key), "prometheus_basic_auth_username");
}

TEST(Keys, SecretsAreMarked) {
    for (const Key& key : keys()) {
        const bool looks_secret = key.name.ends_with(".password") ||
                                  key.name.ends_with("secret_access_key") ||
                                  key.name.ends_with("private_key") ||
                                  key.name.ends_with("_bytes") || key.name.ends_with(".token");
        EXPECT_TRUE(key.secret() || !looks_secret) << key.name;
    }
}

}  // namespace
}  // namespace fleet::config
