#include "fleet/core/policy.hpp"

#include <gtest/gtest.h>

#include <map>
#include <random>

#include "fleet/core/policy_automations.hpp"
#include "fleet/core/policy_scope.hpp"

namespace fleet {
namespace {

using Ids = std::vector<PolicyId>;

TEST(PolicyAnswers, FindsWhatWasSetAndNothingElse) {
    PolicyAnswers answers;
    answers.set(PolicyId{7}, PolicyAnswer::pass);
    answers.set(PolicyId{3}, PolicyAnswer::none);
    answers.set(PolicyId{7}, PolicyAnswer::fail);

    EXPECT_EQ(answers.find(PolicyId{7}), PolicyAnswer::fail);
    EXPECT_EQ(answers.find(PolicyId{3}), PolicyAnswer::none);
    EXPECT_EQ(answers.find(PolicyId{5}), std::nullopt);
    EXPECT_EQ(answers.size(), 2U);
}

TEST(PolicyAnswers, IdsThatNoPolicyCanHaveAreIgnored) {
    PolicyAnswers answers;
    answers.set(PolicyId{(1ULL << 30) + 5}, PolicyAnswer::fail);
    answers.set(PolicyId{UINT64_MAX}, PolicyAnswer::fail);

    EXPECT_TRUE(answers.empty());
    EXPECT_EQ(answers.find(PolicyId{5}), std::nullopt);
    EXPECT_EQ(answers.find(PolicyId{(1ULL << 30) + 5}), std::nullopt);
}

TEST(PolicyAnswers, CoverMeansExactlyThesePolicies) {
    PolicyAnswers answers;
    answers.set(PolicyId{1}, PolicyAnswer::pass);
    answers.set(PolicyId{2}, PolicyAnswer::none);

    EXPECT_TRUE(answers.cover(Ids{PolicyId{1}, PolicyId{2}}));
    EXPECT_FALSE(answers.cover(Ids{PolicyId{1}}));
    EXPECT_FALSE(answers.cover(Ids{PolicyId{1}, PolicyId{2}, PolicyId{3}}));
    EXPECT_TRUE(PolicyAnswers{}.cover({}));
}

TEST(PolicyAnswers, BehaveAsAMapWould) {
    std::mt19937 random{42};
    PolicyAnswers answers;
    std::map<PolicyId, PolicyAnswer> model;
    for (int i = 0; i < 5'000; ++i) {
        const PolicyId policy{random() % 60 + 1};
        if (random() % 4 == 0) {
            answers.erase(policy);
            model.erase(policy);
        } else {
            const auto answer = static_cast<PolicyAnswer>(random() % 3);
            answers.set(policy, answer);
            model[policy] = answer;
        }
    }
    answers.keep_if([](PolicyId policy) { return raw(policy) % 5 != 0; });
    std::erase_if(model, [](const auto& one) { return raw(one.first) % 5 == 0; });
    std::map<PolicyId, PolicyAnswer> listed;
    answers.each([&](PolicyId policy, PolicyAnswer answer) { listed[policy] = answer; });
    EXPECT_EQ(listed, model);
}

struct PlatformCase {
    const char* name;
    const char* list;
    std::optional<PlatformBits> bits;
    const char* clean;
};

constexpr PlatformBits bit(Platform platform) {
    return 1U << static_cast<unsigned>(platform);
}

class PolicyPlatforms : public testing::TestWithParam<PlatformCase> {};

TEST_P(PolicyPlatforms, AreReadFromTheList) {
    EXPECT_EQ(parse_policy_platforms(GetParam().list), GetParam().bits);
    if (!GetParam().bits) return;
    EXPECT_EQ(clean_policy_platforms(GetParam().list), GetParam().clean);
}

INSTANTIATE_TEST_SUITE_P(
    Lists,
    PolicyPlatforms,
    testing::Values(
        PlatformCase{"all", "", 0U, ""},
        PlatformCase{"one", "darwin", bit(Platform::darwin), "darwin"},
        PlatformCase{
            "blanks_and_repeats",
            "linux, windows,linux",
            bit(Platform::linux) | bit(Platform::windows),
            "linux,windows"},
        PlatformCase{"chrome", "chrome", bit(Platform::chrome), "chrome"},
        PlatformCase{"a_distribution_is_no_platform", "ubuntu", std::nullopt, ""},
        PlatformCase{"empty_name", "darwin,,linux", std::nullopt, ""},
        PlatformCase{"upper_case", "Darwin", std::nullopt, ""}
    ),
    [](const auto& test) { return test.param.name; }
);

constexpr LabelId kA{1}, kB{2};

TEST(PolicyScope, TeamPlatformAndLabelsMustAllFit) {
    const PolicyScope everybody{};
    EXPECT_TRUE(everybody.covers({}, Platform::unknown, {}));

    const PolicyScope no_team{.team = TeamId{0}};
    EXPECT_TRUE(no_team.covers({}, Platform::linux, {}));
    EXPECT_FALSE(no_team.covers(TeamId{3}, Platform::linux, {}));

    const PolicyScope macs_of_3{.team = TeamId{3}, .platforms = bit(Platform::darwin)};
    EXPECT_TRUE(macs_of_3.covers(TeamId{3}, Platform::darwin, {}));
    EXPECT_FALSE(macs_of_3.covers(TeamId{3}, Platform::windows, {}));
    EXPECT_FALSE(macs_of_3.covers(TeamId{3}, Platform::unknown, {}));
    EXPECT_FALSE(macs_of_3.covers({}, Platform::darwin, {}));
}

TEST(PolicyScope, LabelListsMeanWhatTheyAreCalled) {
    const PolicyScope any{.include_any = {kA, kB}};
    EXPECT_TRUE(any.covers_labels({kB}));
    EXPECT_FALSE(any.covers_labels({}));
    const PolicyScope all{.include_all = {kA, kB}};
    EXPECT_TRUE(all.covers_labels({kA, kB}));
    EXPECT_FALSE(all.covers_labels({kA}));
    const PolicyScope not_any{.exclude_any = {kA, kB}};
    EXPECT_TRUE(not_any.covers_labels({}));
    EXPECT_FALSE(not_any.covers_labels({kA}));
    const PolicyScope not_all{.exclude_all = {kA, kB}};
    EXPECT_TRUE(not_all.covers_labels({kA}));
    EXPECT_FALSE(not_all.covers_labels({kA, kB}));
    const PolicyScope both{.include_any = {kA}, .exclude_any = {kB}};
    EXPECT_TRUE(both.covers_labels({kA}));
    EXPECT_FALSE(both.covers_labels({kA, kB}));
}

TEST(PolicyAutomations, AreThoseOfTheListWhileSomethingIsOn) {
    const auto config = [](const char* webhook, const char* jira) {
        return std::string{R"({"webhook_settings":{"failing_policies_webhook":{)"} +
               R"("enable_failing_policies_webhook":)" + webhook +
               R"(,"policy_ids":[9,4]}},"integrations":{"jira":[{"enable_failing_policies":)" +
               jira + "}]}}";
    };
    EXPECT_EQ(policies_with_webhook(config("true", "false")), (Ids{PolicyId{4}, PolicyId{9}}));
    EXPECT_EQ(policies_with_webhook(config("false", "true")).size(), 2U);
    EXPECT_TRUE(policies_with_webhook(config("false", "false")).empty());
    for (const char* odd : {"", "{}", "[]", "null", R"({"webhook_settings":5})"})
        EXPECT_TRUE(policies_with_webhook(odd).empty()) << odd;
}

TEST(PolicyAutomations, DeletedPoliciesLeaveTheList) {
    const std::string config =
        R"({"webhook_settings":{"failing_policies_webhook":{"policy_ids":[9,4]}},"x":1})";
    EXPECT_EQ(
        without_webhook(config, Ids{PolicyId{9}}),
        R"({"webhook_settings":{"failing_policies_webhook":{"policy_ids":[4]}},"x":1})"
    );
    EXPECT_EQ(without_webhook(config, Ids{PolicyId{5}}), std::nullopt);
    EXPECT_EQ(without_webhook("{}", Ids{PolicyId{5}}), std::nullopt);
}

}  // namespace
}  // namespace fleet
