#include "rules.hpp"

#include <gtest/gtest.h>

#include "yaml.hpp"

namespace fleet::config {
namespace {

struct Prefix {
    std::string_view text;
    std::string_view normal;
};
class UrlPrefix : public testing::TestWithParam<Prefix> {};
TEST_P(UrlPrefix, IsNormalised) {
    EXPECT_EQ(normalise_url_prefix(GetParam().text), GetParam().normal);
}
INSTANTIATE_TEST_SUITE_P(
    Texts,
    UrlPrefix,
    testing::Values(
        Prefix{"", ""},
        Prefix{"fleet", "/fleet"},
        Prefix{"/fleet", "/fleet"},
        Prefix{"fleet/", "/fleet"},
        Prefix{"/a/b-c/d.e_f~g/", "/a/b-c/d.e_f~g"}
    )
);

class BadUrlPrefix : public testing::TestWithParam<std::string_view> {};
TEST_P(BadUrlPrefix, IsRefused) {
    EXPECT_FALSE(normalise_url_prefix(GetParam()));
}
INSTANTIATE_TEST_SUITE_P(
    Texts,
    BadUrlPrefix,
    testing::Values("/", "//", "/a//b", "/a b", "/a?b", "/\xc3\xa4", "/a%20b", "a//")
);

struct Rule {
    std::string_view key;
    std::string_view value;
};
class BrokenRule : public testing::TestWithParam<Rule> {};
TEST_P(BrokenRule, NamesTheKey) {
    Values values;
    ASSERT_TRUE(values.set(*find_key(GetParam().key), GetParam().value, Origin::flag));
    Problems problems;
    std::vector<std::string> warnings;
    check_rules(values, problems, warnings);

    ASSERT_TRUE(problems.any());
    const Error error = problems.take();
    ASSERT_EQ(error.fields.size(), 1u);
    EXPECT_EQ(error.fields[0].name, GetParam().key);
    EXPECT_FALSE(error.fields[0].reason.empty());
}
INSTANTIATE_TEST_SUITE_P(
    Table,
    BrokenRule,
    testing::Values(
        Rule{"osquery.host_identifier", "serial"},
        Rule{"osquery.host_identifier", ""},
        Rule{"server.tls_compatibility", "old"},
        Rule{"mysql.protocol", "udp"},
        Rule{"conditional_access.cert_serial_format", "octal"},
        Rule{"osquery.result_log_plugin", "filesytem"},
        Rule{"activity.audit_log_plugin", "webhook"},
        Rule{"osquery.max_jitter_percent", "101"},
        Rule{"mdm.android_batch_size", "-1"},
        Rule{"mysql.max_open_conns", "0"},
        Rule{"auth.bcrypt_cost", "32"},
        Rule{"session.duration", "0"},
        Rule{"osquery.detail_update_interval", "-1s"},
        Rule{"osquery.enroll_cooldown", "-1s"},
        Rule{"redis.host_cache_ttl", "0"},
        Rule{"server.private_key", "too short"},
        Rule{"server.url_prefix", "/"},
        Rule{"logging.otel_logs_enabled", "true"},
        Rule{"osquery.enable_async_host_processing", "label_membership=maybe"},
        Rule{"osquery.enable_async_host_processing", "unknown_task=true"},
        Rule{"osquery.async_host_collect_interval", "label_membership="},
        Rule{"s3.software_installers_signed_url", "true"},
        Rule{"redis.use_tls", "true"},
        Rule{"server.endpoint_request_size_overrides", "{"},
        Rule{"server.endpoint_request_size_overrides", R"({"endpoint": "/x"})"},
        Rule{"server.endpoint_request_size_overrides", R"([{"max_request_size": 1}])"},
        Rule{"server.endpoint_request_size_overrides", R"([{"endpoint":"/a"},{"endpoint":"/a"}])"}
    )
);

TEST(Rules, DefaultsKeepThemAll) {
    Problems problems;
    std::vector<std::string> warnings;
    check_rules(Values{}, problems, warnings);
    EXPECT_FALSE(problems.any()) << problems.take().fields.at(0).name;
    EXPECT_TRUE(warnings.empty());
}

TEST(Rules, PluginTextIsTheDocumentedOne) {
    Values values;
    ASSERT_TRUE(values.set(*find_key("osquery.status_log_plugin"), "syslog", Origin::flag));
    Problems problems;
    std::vector<std::string> warnings;
    check_rules(values, problems, warnings);
    EXPECT_EQ(problems.take().fields.at(0).reason, "unknown status log plugin: syslog");
}

TEST(TaskValues, TakeOneValueOrOneATask) {
    EXPECT_TRUE(check_task_values("true", Type::boolean));
    EXPECT_TRUE(check_task_values("label_membership=true&host_last_seen=false", Type::boolean));
    EXPECT_TRUE(check_task_values("policy_membership=30s", Type::duration));
    EXPECT_FALSE(check_task_values("", Type::boolean));
    EXPECT_FALSE(check_task_values("true&false", Type::boolean));
}

}  // namespace
}  // namespace fleet::config
