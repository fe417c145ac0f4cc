#include "fleet/checkin/policy_plan.hpp"

#include <gtest/gtest.h>

#include "fleet/core/json.hpp"

namespace fleet::checkin {
namespace {

using Ids = std::vector<PolicyId>;

store::PolicyQuery policy(std::uint64_t id, PolicyScope scope = {}) {
    store::PolicyQuery out;
    out.id = PolicyId{id};
    out.scope = std::move(scope);
    out.sql = "SELECT " + std::to_string(id);
    out.answers_since = id;
    return out;
}

PolicyPlan plan_of(std::vector<store::PolicyQuery> policies, const char* config = "") {
    store::ScheduleData data;
    data.app_config = config;
    data.policies = std::move(policies);
    return PolicyPlan{data};
}

json::Value members(const std::string& text) {
    return json::Value::parse("{" + text + "}");
}

TEST(PolicyPlan, AsksWhatIsForTheHost) {
    const PolicyPlan plan = plan_of(
        {policy(1),
         policy(2, {.team = TeamId{0}}),
         policy(3, {.team = TeamId{7}}),
         policy(4, {.platforms = 1U << static_cast<unsigned>(Platform::darwin)})}
    );
    EXPECT_EQ(plan.work_for({}, Platform::linux, {})->list->ids, (Ids{PolicyId{1}, PolicyId{2}}));
    EXPECT_EQ(
        plan.work_for(TeamId{7}, Platform::darwin, {})->list->ids,
        (Ids{PolicyId{1}, PolicyId{3}, PolicyId{4}})
    );
    const auto work = plan.work_for({}, Platform::linux, {});
    EXPECT_EQ(members(work->queries)["fleet_policy_query_2"], "SELECT 2");
    EXPECT_EQ(members(work->discovery)["fleet_policy_query_1"], "SELECT 1");
    EXPECT_EQ(plan.work_for({}, Platform::linux, {}), work) << "built once";
}

TEST(PolicyPlan, LabelsChooseAmongHosts) {
    const PolicyPlan plan =
        plan_of({policy(1, {.include_any = {LabelId{5}}}), policy(2, {.exclude_any = {LabelId{5}}})}
        );
    EXPECT_EQ(plan.work_for({}, Platform::linux, {LabelId{5}})->list->ids, Ids{PolicyId{1}});
    EXPECT_EQ(plan.work_for({}, Platform::linux, {LabelId{6}})->list->ids, Ids{PolicyId{2}});
}

TEST(PolicyPlan, WithoutAPolicyTheWildcardIsAsked) {
    const auto work = plan_of({policy(3, {.team = TeamId{7}})}).work_for({}, Platform::linux, {});
    EXPECT_EQ(work->queries, R"("fleet_no_policies_wildcard":"SELECT 1")");
    EXPECT_EQ(work->discovery, work->queries);
    EXPECT_TRUE(work->list->ids.empty());
}

TEST(PolicyPlan, DroppedAnswersLeaveMemory) {
    const PolicyPlan plan = plan_of({policy(1), policy(5)});
    PolicyAnswers answers;
    for (const std::uint64_t id : {1, 4, 5})
        answers.set(PolicyId{id}, PolicyAnswer::pass);
    plan.prune(answers, 4);  // policy 4 is gone, policy 5 has dropped its answers since
    EXPECT_TRUE(answers.cover(Ids{PolicyId{1}}));
    EXPECT_TRUE(plan.accepts(PolicyId{5}, 5));
    EXPECT_FALSE(plan.accepts(PolicyId{5}, 4));
    EXPECT_FALSE(plan.accepts(PolicyId{9}, 99));
}

TEST(PolicyPlan, WebhookSettingsMakePoliciesAutomated) {
    std::vector<store::PolicyQuery> policies{policy(1), policy(2), policy(3)};
    policies[2].automated = policies[2].continuous = true;
    const PolicyPlan plan = plan_of(
        std::move(policies),
        R"({"webhook_settings":{"failing_policies_webhook":
            {"enable_failing_policies_webhook":true,"policy_ids":[2]}}})"
    );
    const auto automated = plan.work_for({}, Platform::linux, {})->list->automated;
    ASSERT_EQ(automated.size(), 2U);
    EXPECT_EQ(automated[0].policy, PolicyId{2});
    EXPECT_FALSE(automated[0].continuous);
    EXPECT_EQ(automated[1].policy, PolicyId{3});
    EXPECT_TRUE(automated[1].continuous);
}

TEST(PolicyPlan, OnlyWhatHostsNoticeMakesAnotherPlan) {
    const PolicyPlan plan = plan_of({policy(1)});
    EXPECT_TRUE(plan.asks_the_same_as(plan_of({policy(1)}, "{}")));
    EXPECT_FALSE(plan.asks_the_same_as(plan_of({policy(1), policy(2)})));
    EXPECT_FALSE(plan.asks_the_same_as(plan_of({policy(1, {.team = TeamId{1}})})));
    auto stamped = policy(1);
    stamped.answers_since = 9;
    EXPECT_FALSE(plan.asks_the_same_as(plan_of({stamped})));
}

}  // namespace
}  // namespace fleet::checkin
