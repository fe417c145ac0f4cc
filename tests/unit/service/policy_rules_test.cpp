#include <gtest/gtest.h>

#include "fleet/service/policy_service.hpp"

namespace fleet::service {
namespace {

using store::PolicyChange;
using store::PolicyFields;

PolicyFields good() {
    PolicyFields out;
    out.name = "Firewall on";
    out.sql = "SELECT 1";
    return out;
}

struct BadPolicy {
    const char* name;
    std::function<void(PolicyFields&)> spoil;
    const char* reason;
};

class BadPolicies : public testing::TestWithParam<BadPolicy> {};

TEST_P(BadPolicies, AreRefusedWithTheReason) {
    PolicyFields fields = good();
    GetParam().spoil(fields);
    const auto result = check_policy(fields);
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().kind, ErrorKind::bad_request);
    EXPECT_EQ(
        result.error().fields.at(0).reason,
        std::string{"policy payload verification: "} + GetParam().reason
    );
}

INSTANTIATE_TEST_SUITE_P(
    Fields,
    BadPolicies,
    testing::Values(
        BadPolicy{"no_name", [](PolicyFields& f) { f.name = " "; }, "policy name cannot be empty"},
        BadPolicy{
            "long_name",
            [](PolicyFields& f) { f.name.assign(256, 'x'); },
            "policy name cannot be longer than 255 characters"},
        BadPolicy{
            "no_query", [](PolicyFields& f) { f.sql = "\n"; }, "policy query cannot be empty"},
        BadPolicy{
            "platform", [](PolicyFields& f) { f.platform = "beos"; }, "invalid policy platform"},
        BadPolicy{
            "conditional_access",
            [](PolicyFields& f) {
                f.platform = "linux";
                f.conditional_access = true;
            },
            "conditional access is for darwin and windows policies only"},
        BadPolicy{
            "two_include_lists",
            [](PolicyFields& f) {
                f.labels.include_any = {{LabelId{1}, "a"}};
                f.labels.include_all = {{LabelId{2}, "b"}};
            },
            "only one of labels_include_any and labels_include_all may be given"},
        BadPolicy{
            "in_and_out",
            [](PolicyFields& f) {
                f.labels.include_any = {{LabelId{1}, "a"}};
                f.labels.exclude_any = {{LabelId{1}, "a"}};
            },
            "label \"a\" is both included and excluded"}
    ),
    [](const auto& test) { return test.param.name; }
);

TEST(PolicyChanges, DecideWhatHappensToAnswers) {
    const PolicyFields before = good();
    PolicyFields after = before;
    after.name = "Other";
    after.description = "d";
    after.critical = true;
    EXPECT_EQ(what_changes(before, after), PolicyChange::keeps_answers);
    after.platform = "darwin";
    EXPECT_EQ(what_changes(before, after), PolicyChange::other_hosts);
    after = before;
    after.labels.exclude_any = {{LabelId{1}, "a"}};
    EXPECT_EQ(what_changes(before, after), PolicyChange::other_hosts);
    after.sql = "SELECT 2";
    EXPECT_EQ(what_changes(before, after), PolicyChange::drops_answers);
    after = before;
    after.script = 3;
    EXPECT_EQ(what_changes(before, after), PolicyChange::drops_answers);
    EXPECT_EQ(what_changes(after, before), PolicyChange::keeps_answers) << "taken away";
}

TEST(PolicyChanges, OrderOfPlatformsIsNoChange) {
    PolicyFields before = good();
    before.platform = "darwin,linux";
    PolicyFields after = before;
    after.platform = "linux,darwin";
    EXPECT_EQ(what_changes(before, after), PolicyChange::keeps_answers);
}

}  // namespace
}  // namespace fleet::service
