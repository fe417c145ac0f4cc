#include "api/rest/host_params.hpp"

#include <gtest/gtest.h>

namespace fleet::api::rest {
namespace {

using service::HostStatusFilter;

std::string refusal(const HostParams& params) {
    const auto request = to_host_list(params);
    if (request) return "accepted";
    EXPECT_EQ(request.error().kind, ErrorKind::bad_request);
    return request.error().fields.front().reason;
}

TEST(HostParamsTest, EmptyMeansEveryHost) {
    const auto request = to_host_list({});
    ASSERT_TRUE(request);
    EXPECT_FALSE(request->selection.status);
    EXPECT_FALSE(request->selection.filter.nothing);
    EXPECT_FALSE(request->paging.per_page);
}

TEST(HostParamsTest, ReadsFilters) {
    HostParams params;
    params.query = "  lap ";
    params.status = "mia";
    params.team_id = "0";
    params.low_disk_space = "32";
    params.populate_users = "T";

    const auto request = to_host_list(params);

    ASSERT_TRUE(request);
    EXPECT_EQ(request->selection.filter.text, "lap");
    EXPECT_EQ(request->selection.status, HostStatusFilter::missing);
    EXPECT_EQ(request->selection.filter.team, TeamId{0});
    EXPECT_EQ(request->selection.filter.low_disk_gigs, 32);
    EXPECT_TRUE(request->extras.users);
}

TEST(HostParamsTest, FactsThatNoHostHasMatchNothing) {
    HostParams policy;
    policy.policy_id = "4";
    EXPECT_EQ(to_host_list(policy)->selection.filter.policy, PolicyId{4});
    EXPECT_FALSE(to_host_list(policy)->selection.filter.nothing);

    HostParams present;  // mere presence counts (rest-api-a 22.25)
    present.connected_to_fleet = "false";
    EXPECT_TRUE(to_host_list(present)->selection.filter.nothing);
}

TEST(HostParamsTest, SoftwareIsChosenByVersionOrTitle) {
    HostParams version;
    version.software_version_id = "4";
    EXPECT_EQ(to_host_list(version)->selection.software_version, 4U);
    EXPECT_FALSE(to_host_list(version)->selection.filter.nothing);
    HostParams older;
    older.software_id = "5";
    EXPECT_EQ(to_host_list(older)->selection.software_version, 5U);
    HostParams title;
    title.software_title_id = "6";
    EXPECT_EQ(to_host_list(title)->selection.software_title, 6U);
    title.software_title_id = "x";
    EXPECT_FALSE(to_host_list(title));
}

struct BadParams {
    const char* name;
    void (*set)(HostParams&);
    const char* reason;
};

class BadHostParams : public testing::TestWithParam<BadParams> {};

TEST_P(BadHostParams, AreRefused) {
    HostParams params;
    GetParam().set(params);
    EXPECT_EQ(refusal(params), GetParam().reason);
}

INSTANTIATE_TEST_SUITE_P(
    Cases,
    BadHostParams,
    testing::Values(
        BadParams{"status", [](HostParams& p) { p.status = "sleepy"; }, "Invalid status: sleepy"},
        BadParams{"team", [](HostParams& p) { p.team_id = "x"; }, "Invalid team_id: x"},
        BadParams{"negative", [](HostParams& p) { p.team_id = "-1"; }, "Invalid team_id: -1"},
        BadParams{
            "disk", [](HostParams& p) { p.low_disk_space = "101"; }, "Invalid low_disk_space: 101"},
        BadParams{
            "bool",
            [](HostParams& p) { p.populate_users = "maybe"; },
            "Invalid populate_users: maybe"},
        BadParams{"word", [](HostParams& p) { p.os_settings = "on"; }, "Invalid os_settings: on"},
        BadParams{
            "os_name_alone",
            [](HostParams& p) { p.os_name = "Ubuntu"; },
            "os_name and os_version must be given together"},
        BadParams{
            "two_kinds_of_software",
            [](HostParams& p) {
                p.software_id = "1";
                p.software_title_id = "2";
            },
            "Only one of software_id, software_version_id and software_title_id may be given"}
    ),
    [](const auto& test) { return test.param.name; }
);

TEST(HostParamsTest, IssuesCannotBeSortedByWhenDisabled) {
    HostParams params;
    params.order_key = "issues";
    EXPECT_EQ(refusal(params), "accepted");
    params.disable_issues = "true";
    EXPECT_NE(refusal(params), "accepted");
    params.disable_issues = "false";
    params.disable_failing_policies = "true";
    EXPECT_EQ(refusal(params), "accepted") << "the newer word wins";
}

}  // namespace
}  // namespace fleet::api::rest
