// Old and new names (rest-api-a 1.9, rest-api-b 1.2).
#include <gtest/gtest.h>

#include "fleet/core/json.hpp"

namespace fleet::json {
namespace {

Value parsed(const char* text) {
    return Value::parse(text);
}

TEST(Aliases, AnAnswerHasBothEachCopyInItsOwnWords) {
    Value answer = parsed(R"({"team":{"id":3,"team_id":3,"mdm":{"macos_setup":{"script":"s"}}}})");
    add_aliases(answer);
    EXPECT_EQ(
        answer, parsed(R"({"team":{"id":3,"team_id":3,"mdm":{"macos_setup":{"script":"s"}}},
                   "fleet":{"id":3,"fleet_id":3,"mdm":{"setup_experience":{"macos_script":"s"}}}})")
    );
}

TEST(Aliases, SomeNamesAreRenamedInOnePlaceOnly) {
    Value answer = parsed(R"({"script":"a","mdm":{"windows_settings":{"custom_settings":[]}}})");
    add_aliases(answer);
    EXPECT_FALSE(answer.contains("macos_script"));
    EXPECT_TRUE(answer["mdm"]["windows_settings"].contains("configuration_profiles"));
}

TEST(Aliases, AgentOptionsAreLeftAlone) {
    Value answer = parsed(R"({"teams":[{"agent_options":{"config":{"team_id":1}}}]})");
    add_aliases(answer);
    EXPECT_EQ(answer["fleets"][0]["agent_options"], parsed(R"({"config":{"team_id":1}})"));
}

TEST(Aliases, ARequestMayUseTheNewNamesAtAnyDepth) {
    Value request = parsed(R"({"specs":[{"mdm":{"apple_settings":{"configuration_profiles":[]},
        "setup_experience":{"macos_script":"s","apple_setup_assistant":"a"}}}],"fleet_id":1})");
    ASSERT_TRUE(accept_aliases(request));
    EXPECT_EQ(request, parsed(R"({"specs":[{"mdm":{"macos_settings":{"custom_settings":[]},
            "macos_setup":{"script":"s","macos_setup_assistant":"a"}}}],"team_id":1})"));
}

TEST(Aliases, BothNamesInOneObjectConflict) {
    Value request = parsed(R"({"a":[{"team_id":1,"fleet_id":1}]})");
    const auto accepted = accept_aliases(request);
    ASSERT_FALSE(accepted);
    EXPECT_EQ(
        accepted.error().fields.at(0).reason,
        "Conflicting field names: cannot specify both \"team_id\" (deprecated) and \"fleet_id\" in "
        "the same request"
    );
}

}  // namespace
}  // namespace fleet::json
