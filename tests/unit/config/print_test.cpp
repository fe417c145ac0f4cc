#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <yaml-cpp/yaml.h>

#include <fstream>
#include <iterator>

#include "fleet/config/load.hpp"

namespace fleet::config {
namespace {

using testing::HasSubstr;
using testing::Not;

TEST(Dump, IsYamlWithEveryKeyAndWithoutSecrets) {
    const auto loaded = load(
        {.flags =
             {
                 {"mysql.password", "hunter2-hunter2"},
                 {"mysql.username", "it's: \"me\""},
                 {"server.private_key", std::string(32, 'k')},
             }}
    );
    ASSERT_TRUE(loaded);

    const std::string text = dump(loaded->config.values);

    EXPECT_THAT(text, Not(HasSubstr("hunter2")));
    EXPECT_THAT(text, Not(HasSubstr("kkkk")));
    const YAML::Node root = YAML::Load(text);
    EXPECT_EQ(root["mysql"]["password"].as<std::string>(), "********");
    EXPECT_EQ(root["mysql"]["username"].as<std::string>(), "it's: \"me\"");
    EXPECT_EQ(root["mysql"]["max_open_conns"].as<int>(), 50);
    EXPECT_EQ(root["prometheus"]["basic_auth"]["disable"].as<bool>(), false);
    EXPECT_EQ(root["session"]["duration"].as<std::string>(), "120h0m0s");
    EXPECT_EQ(root["live_query"]["results_retention"].as<std::string>(), "1h0m0s");
    EXPECT_EQ(root["splunk"]["url"].as<std::string>(), "");
}

TEST(Dump, CanBeReadBack) {
    const std::string path = testing::TempDir() + "/dump.yml";
    std::ofstream{path} << dump(load({})->config.values);
    const auto again = load({.file = path});
    ASSERT_TRUE(again) << again.error().message;
    EXPECT_EQ(dump(again->config.values), dump(load({})->config.values));
}

TEST(Document, IsTheOneInTheDocsFolder) {
    std::ifstream in{FLEET_DOCS_DIR "/configuration.md", std::ios::binary};
    const std::string kept{std::istreambuf_iterator<char>{in}, std::istreambuf_iterator<char>{}};
    EXPECT_TRUE(kept == document()) << "run: fleet-server config_docs > docs/configuration.md";
}

TEST(Document, LeavesHiddenKeysOut) {
    const std::string text = document();
    EXPECT_THAT(text, HasSubstr("| `mysql.address` | string | `localhost:3306` |"));
    EXPECT_THAT(text, Not(HasSubstr("sandbox_enabled")));
    EXPECT_THAT(text, Not(HasSubstr("`s3.bucket")));
}

}  // namespace
}  // namespace fleet::config
