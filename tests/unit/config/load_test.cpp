#include "fleet/config/load.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "yaml.hpp"

namespace fleet::config {
namespace {

using testing::HasSubstr;
using namespace std::chrono_literals;

class Load : public testing::Test {
protected:
    Load() {
        std::string pattern = (std::filesystem::temp_directory_path() / "configXXXXXX").string();
        folder_ = ::mkdtemp(pattern.data());
    }
    ~Load() override { std::filesystem::remove_all(folder_); }

    std::string file(const std::string& name, const std::string& text) {
        const std::string path = folder_ / name;
        std::ofstream{path} << text;
        return path;
    }
    Sources yaml(const std::string& text) { return {.file = file("fleet.yml", text)}; }

    static std::string reasons(const Error& error) {
        std::string out = error.message + "\n";
        for (const Error::Field& field : error.fields) {
            out += field.name + ": " + field.reason + "\n";
        }
        return out;
    }

    std::filesystem::path folder_;
};

TEST_F(Load, DefaultsWithoutAnySource) {
    const auto loaded = load({});
    ASSERT_TRUE(loaded);
    const Config& config = loaded->config;
    EXPECT_EQ(config.mysql.address, "localhost:3306");
    EXPECT_EQ(config.server.address, "0.0.0.0:8080");
    EXPECT_EQ(config.osquery.detail_update_interval, 1h);
    EXPECT_EQ(config.osquery.max_log_write_body_size, 10u << 20);
    EXPECT_EQ(config.osquery.max_distributed_write_body_size, 5u << 20);
    EXPECT_EQ(config.live_query.results_retention, 1h);
    EXPECT_EQ(config.live_query.disconnect_grace, 30s);
    EXPECT_EQ(config.server.shutdown_timeout, 20s);
    EXPECT_TRUE(config.filesystem.result_log_file.ends_with("/osquery_result"));
    EXPECT_FALSE(config.prometheus.mounted());
    EXPECT_TRUE(loaded->warnings.empty());
}

TEST_F(Load, FlagBeatsEnvironmentBeatsFileBeatsDefault) {
    Sources sources = yaml(
        "mysql:\n  username: file\n  address: file:1\n  database: file\n"
        "server: {address: 'file:1'}\n"
    );
    sources.environment = {{"FLEET_MYSQL_ADDRESS", "env:1"}, {"FLEET_MYSQL_DATABASE", "env"}};
    sources.flags = {{"mysql.database", "flag"}};

    const auto loaded = load(sources);

    ASSERT_TRUE(loaded) << reasons(loaded.error());
    EXPECT_EQ(loaded->config.mysql.username, "file");
    EXPECT_EQ(loaded->config.mysql.address, "env:1");
    EXPECT_EQ(loaded->config.mysql.database, "flag");
    EXPECT_EQ(loaded->config.mysql.protocol, "tcp");
}

TEST_F(Load, AnEmptyVariableCountsAsUnset) {
    Sources sources = yaml("mysql: {username: file}\n");
    sources.environment = {{"FLEET_MYSQL_USERNAME", ""}, {"FLEET_MYSQL_MAX_OPEN_CONNS", ""}};
    const auto loaded = load(sources);
    ASSERT_TRUE(loaded);
    EXPECT_EQ(loaded->config.mysql.username, "file");
    EXPECT_EQ(loaded->config.mysql.max_open_conns, 50u);
}

TEST_F(Load, KeysWithThreePartsAndEmptySections) {
    const auto loaded = load(
        yaml("prometheus:\n  basic_auth:\n    username: u\n    password: p\nredis:\nsession:\n  "
             "duration:\n")
    );
    ASSERT_TRUE(loaded) << reasons(loaded.error());
    EXPECT_TRUE(loaded->config.prometheus.mounted());
    EXPECT_EQ(loaded->config.session.duration, 120h);
}

TEST_F(Load, UnknownKeyIsRefusedWithLineAndNearestName) {
    const auto loaded = load(yaml("mysql:\n  adress: x\nservr:\n  tls: true\n"));
    ASSERT_FALSE(loaded);
    const std::string text = reasons(loaded.error());
    EXPECT_THAT(text, HasSubstr("line 2: unknown key; did you mean mysql.address?"));
    EXPECT_THAT(text, HasSubstr("line 4: unknown key; did you mean server.tls?"));
}

TEST_F(Load, UnknownVariableIsOnlyAWarning) {
    const auto loaded = load(
        {.environment =
             {
                 {"FLEET_MYSQL_ADRESS", "x"},
                 {"FLEET_SKIP_CHART_DATA_COLLECTION", "1"},
                 {"FLEET_ZZZZZZ", "1"},
             }}
    );
    ASSERT_TRUE(loaded);
    ASSERT_EQ(loaded->warnings.size(), 2u);
    EXPECT_EQ(
        loaded->warnings[0],
        "unknown environment variable FLEET_MYSQL_ADRESS; did you mean FLEET_MYSQL_ADDRESS?"
    );
    EXPECT_EQ(loaded->warnings[1], "unknown environment variable FLEET_ZZZZZZ");
}

TEST_F(Load, EveryProblemIsListedWithItsSource) {
    Sources sources = yaml("mysql: {max_open_conns: many}\n");
    sources.environment = {{"FLEET_SERVER_TLS", "perhaps"}};
    sources.flags = {{"session.duration", "5d"}};
    const auto loaded = load(sources);
    ASSERT_FALSE(loaded);
    EXPECT_EQ(loaded.error().message, "invalid configuration");
    const std::string text = reasons(loaded.error());
    EXPECT_THAT(text, HasSubstr("mysql.max_open_conns: "));
    EXPECT_THAT(text, HasSubstr("server.tls: FLEET_SERVER_TLS: "));
    EXPECT_THAT(text, HasSubstr("session.duration: --session_duration: "));
}

class BadFile : public Load, public testing::WithParamInterface<const char*> {};
TEST_P(BadFile, IsAFileError) {
    const auto loaded = load(yaml(GetParam()));
    ASSERT_FALSE(loaded);
    EXPECT_THAT(loaded.error().message, testing::StartsWith("Error loading config file: "));
    EXPECT_THAT(loaded.error().message, HasSubstr("line "));
}
INSTANTIATE_TEST_SUITE_P(
    Texts,
    BadFile,
    testing::Values(
        "mysql: [",
        "just text",
        "- a\n- b\n",
        "mysql:\n\taddress: x\n",
        "mysql: {address: a}\nmysql: {address: b}\n",
        "mysql:\n  address: a\n  address: b\n",
        "? [a, b]\n: c\n",
        "&x a: *y\n"
    )
);

TEST_F(Load, MissingFileIsAFileError) {
    const auto loaded = load({.file = (folder_ / "absent.yml").string()});
    ASSERT_FALSE(loaded);
    EXPECT_THAT(loaded.error().message, HasSubstr("Error loading config file: cannot read "));
}

TEST_F(Load, AnEmptyFileIsFine) {
    EXPECT_TRUE(load(yaml("")));
    EXPECT_TRUE(load(yaml("# nothing\n---\n")));
}

TEST_F(Load, PasswordIsReadFromItsFileAndTrimmed) {
    const auto loaded =
        load({.flags = {{"mysql.password_path", file("password", "\n  s3cret word \r\n")}}});
    ASSERT_TRUE(loaded);
    EXPECT_EQ(loaded->config.mysql.password, "s3cret word");
}

TEST_F(Load, PasswordTwiceIsRefused) {
    const auto loaded =
        load({.flags = {{"mysql.password", "a"}, {"mysql.password_path", file("p", "b")}}});
    ASSERT_FALSE(loaded);
    EXPECT_THAT(
        reasons(loaded.error()),
        HasSubstr("mysql.password: cannot be set together with mysql.password_path")
    );
}

TEST_F(Load, PasswordFileMustExistAndHoldSomething) {
    EXPECT_FALSE(load({.flags = {{"mysql.password_path", (folder_ / "absent").string()}}}));
    EXPECT_FALSE(load({.flags = {{"mysql.password_path", file("empty", " \n")}}}));
}

TEST_F(Load, OldNamesCountUnlessTheNewOneIsSet) {
    Sources sources;
    sources.flags = {
        {"osquery.result_log_file", "/old/result"},
        {"osquery.status_log_file", "/old/status"},
        {"filesystem.status_log_file", "/new/status"},
        {"osquery.enable_log_rotation", "true"},
    };
    const auto loaded = load(sources);
    ASSERT_TRUE(loaded);
    EXPECT_EQ(loaded->config.filesystem.result_log_file, "/old/result");
    EXPECT_EQ(loaded->config.filesystem.status_log_file, "/new/status");
    EXPECT_TRUE(loaded->config.filesystem.enable_log_rotation);
    EXPECT_EQ(loaded->warnings.size(), 3u);
}

TEST_F(Load, AListMayBeYamlOrJson) {
    const auto from_yaml =
        load(yaml("server:\n  endpoint_request_size_overrides:\n    - endpoint: /api/x\n      "
                  "max_request_size: 5MB\n"));
    ASSERT_TRUE(from_yaml) << reasons(from_yaml.error());
    const auto limits =
        read_body_limits(from_yaml->config.values.json("server.endpoint_request_size_overrides"));
    ASSERT_TRUE(limits);
    ASSERT_EQ(limits->size(), 1u);
    EXPECT_EQ(limits->at(0).endpoint, "/api/x");
    EXPECT_EQ(limits->at(0).max_request_size, 5u << 20);

    const auto from_json = load(
        {.environment =
             {
                 {"FLEET_SERVER_ENDPOINT_REQUEST_SIZE_OVERRIDES",
                  R"([{"endpoint":"/api/y","max_request_size":1024}])"},
             }}
    );
    ASSERT_TRUE(from_json);
    EXPECT_EQ(
        read_body_limits(from_json->config.values.json("server.endpoint_request_size_overrides"))
            ->at(0)
            .max_request_size,
        1024u
    );
}

TEST_F(Load, UrlPrefixAndTlsAreResolved) {
    const auto loaded = load(
        {.flags = {{"server.url_prefix", "tools/fleet/"}, {"server.tls_compatibility", "modern"}}}
    );
    ASSERT_TRUE(loaded);
    EXPECT_EQ(loaded->config.server.url_prefix, "/tools/fleet");
    EXPECT_TRUE(loaded->config.server.tls_modern);
}

TEST(FleetEnvironment, KeepsOnlyItsFamily) {
    const char* entries[] = {
        "PATH=/bin", "FLEET_B=2=3", "FLEET_A=", "FLEETING=1", "FLEET_X", nullptr};
    const auto found = fleet_environment(entries);
    ASSERT_EQ(found.size(), 2u);
    EXPECT_EQ(found[0], (std::pair<std::string, std::string>{"FLEET_A", ""}));
    EXPECT_EQ(found[1], (std::pair<std::string, std::string>{"FLEET_B", "2=3"}));
    EXPECT_TRUE(fleet_environment(nullptr).empty());
}

TEST(Suggest, NamesTheNearestFlag) {
    EXPECT_EQ(suggest_flag("--mysql_adress"), "; did you mean --mysql_address?");
    EXPECT_EQ(suggest_flag("--zzzzzzzzz"), "");
}

}  // namespace
}  // namespace fleet::config
