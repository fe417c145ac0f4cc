#include <gtest/gtest.h>

#include "fleet/core/json.hpp"

namespace fleet::json {
namespace {

TEST(JsonAliases, AnAnswerHasBothNamesEachPure) {
    Value answer = Value::parse(
        R"({"mdm":{"macos_setup":{"script":"a.sh","macos_setup_assistant":"b"}},
            "script":"untouched","team":{"team_id":3}})"
    );
    add_aliases(answer);
    EXPECT_EQ(
        answer,
        Value::parse(
            R"({"mdm":{"macos_setup":{"script":"a.sh","macos_setup_assistant":"b"},
                "setup_experience":{"macos_script":"a.sh","apple_setup_assistant":"b"}},
                "script":"untouched","team":{"team_id":3},"fleet":{"fleet_id":3}})"
        )
    );
}

TEST(JsonAliases, ARequestMayUseEither) {
    Value request = Value::parse(
        R"({"mdm":{"setup_experience":{"macos_script":"a"},
            "apple_settings":{"configuration_profiles":[{"path":"p"}]},
            "apple_business_manager":[{"macos_fleet":"T"}]},"macos_script":"elsewhere"})"
    );
    ASSERT_TRUE(accept_aliases(request));
    EXPECT_EQ(
        request,
        Value::parse(
            R"({"mdm":{"macos_setup":{"script":"a"},
                "macos_settings":{"custom_settings":[{"path":"p"}]},
                "apple_business_manager":[{"macos_team":"T"}]},"macos_script":"elsewhere"})"
        )
    );
}

TEST(JsonAliases, BothInOneObjectAreRefused) {
    Value request = Value::parse(R"({"mdm":{"macos_setup":{},"setup_experience":{}}})");
    EXPECT_FALSE(accept_aliases(request));
}

}  // namespace
}  // namespace fleet::json
