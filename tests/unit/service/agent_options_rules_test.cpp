#include "service/agent_options_rules.hpp"

#include <gtest/gtest.h>

#include "fleet/core/json.hpp"

namespace fleet::service {
namespace {

json::Value parsed(const char* text) {
    return json::Value::parse(text);
}

struct Case {
    const char* name;
    const char* options;
};

class GoodAgentOptions : public testing::TestWithParam<Case> {};

TEST_P(GoodAgentOptions, AreTaken) {
    EXPECT_TRUE(check_agent_options(parsed(GetParam().options)));
}

INSTANTIATE_TEST_SUITE_P(
    Documents,
    GoodAgentOptions,
    testing::Values(
        Case{"none", "null"},
        Case{"empty", "{}"},
        Case{"null_config", R"({"config":null})"},
        Case{"usual", R"({"config":{"options":{"logger_tls_endpoint":"/api/osquery/log","any":1},
                          "decorators":{"load":["SELECT 1"]},"file_accesses":["x"]},
                          "overrides":{"platforms":{"ubuntu":{"options":{}}}},
                          "command_line_flags":{"verbose":true},"script_execution_timeout":3600,
                          "distributed_hold":14})"}
    ),
    [](const auto& test) { return test.param.name; }
);

class BadAgentOptions : public testing::TestWithParam<Case> {};

TEST_P(BadAgentOptions, AreRefused) {
    EXPECT_FALSE(check_agent_options(parsed(GetParam().options)));
}

INSTANTIATE_TEST_SUITE_P(
    Documents,
    BadAgentOptions,
    testing::Values(
        Case{"text", "\"x\""},
        Case{"unknown_key", R"({"surprise":1})"},
        Case{"poison", R"({"config":{"error":"x"}})"},
        Case{
            "poison_of_a_platform",
            R"({"overrides":{"platforms":{"ubuntu":{"node_invalid":true}}}})"},
        Case{"config_of_another_type", R"({"config":"x"})"},
        Case{"options_of_another_type", R"({"config":{"options":5}})"},
        Case{"null_override", R"({"overrides":{"platforms":{"ubuntu":null}}})"},
        Case{"unknown_override", R"({"overrides":{"hosts":{}}})"},
        Case{"endpoint", R"({"config":{"options":{"logger_tls_endpoint":"log"}}})"},
        Case{"endpoint_of_another_type", R"({"config":{"options":{"logger_tls_endpoint":5}}})"},
        Case{"identity_flag", R"({"command_line_flags":{"host_identifier":"uuid"}})"},
        Case{"long_timeout", R"({"script_execution_timeout":3601})"},
        Case{"negative_timeout", R"({"script_execution_timeout":-1})"},
        Case{"a_hold_that_agents_do_not_wait_for", R"({"distributed_hold":15})"},
        Case{"hold_of_another_type", R"({"distributed_hold":"5s"})"}
    ),
    [](const auto& test) { return test.param.name; }
);

}  // namespace
}  // namespace fleet::service
