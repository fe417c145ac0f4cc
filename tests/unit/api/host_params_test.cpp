#include "api/rest/host_params.hpp"

#include <gtest/gtest.h>

#include "api/rest/host_filter_body.hpp"

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

TEST(HostParamsTest, LabelsAndMomentsNarrow) {
    HostParams params;
    params.labels = "7 and not 'Old ones'";
    params.seen_after = "2026-03-05T08:00:00Z";
    params.created_before = "2026-03-06T08:00:00Z";

    const auto request = to_host_list(params);

    ASSERT_TRUE(request);
    ASSERT_TRUE(request->selection.filter.labels);
    EXPECT_EQ(request->selection.filter.labels->parts.size(), 2U);
    EXPECT_EQ(request->selection.seen_since, parse_rfc3339("2026-03-05T08:00:00Z"));
    EXPECT_EQ(request->selection.filter.created_before, parse_rfc3339("2026-03-06T08:00:00Z"));

    HostParams bad;
    bad.labels = "7 and";
    EXPECT_EQ(refusal(bad), "Invalid labels: a label is missing at the end");
    HostParams moment;
    moment.seen_before = "yesterday";
    EXPECT_EQ(refusal(moment), "Invalid seen_before: yesterday");
}

TEST(HostParamsTest, AdditionalKeysAreAList) {
    HostParams some;
    some.additional_info_filters = "a,,b";
    EXPECT_EQ(to_host_list(some)->extras.additional_keys, (std::vector<std::string>{"a", "b"}));
    HostParams all;
    all.additional_info_filters = "*";
    EXPECT_TRUE(to_host_list(all)->extras.additional_keys.empty());
}

std::string body_refusal(const char* text) {
    const auto selection = to_selection(json::Value::parse(text));
    if (selection) return "accepted";
    EXPECT_EQ(selection.error().kind, ErrorKind::bad_request);
    return selection.error().fields.back().reason;
}

TEST(HostFilterBodyTest, KnowsEveryFilterOfAList) {
    const auto selection = to_selection(json::Value::parse(
        R"({"query":" lap ","status":"new","team_id":2,"label_id":7,"labels":"1 or 2",
            "platform":"linux","os_name":"Ubuntu","os_version":"22.04","low_disk_space":10,
            "software_title_id":3,"seen_before":"2026-03-05T08:00:00Z"})"
    ));
    ASSERT_TRUE(selection);
    EXPECT_EQ(selection->filter.text, "lap");
    EXPECT_EQ(selection->status, HostStatusFilter::fresh);
    EXPECT_EQ(selection->filter.team, TeamId{2});
    EXPECT_EQ(selection->filter.label, LabelId{7});
    EXPECT_TRUE(selection->filter.labels);
    EXPECT_EQ(selection->filter.os_version, "22.04");
    EXPECT_EQ(selection->filter.low_disk_gigs, 10);
    EXPECT_EQ(selection->software_title, 3U);
    EXPECT_TRUE(selection->seen_before);
}

TEST(HostFilterBodyTest, RefusesWhatItDoesNotKnow) {
    EXPECT_EQ(body_refusal("{}"), "accepted");
    EXPECT_EQ(body_refusal(R"({"colour":"red"})"), "unsupported key provided: \"colour\"");
    EXPECT_EQ(body_refusal(R"({"per_page":"1"})"), "unsupported key provided: \"per_page\"");
    EXPECT_EQ(body_refusal(R"({"order_key":"id"})"), "unsupported key provided: \"order_key\"");
    EXPECT_EQ(body_refusal(R"({"label_id":"7"})"), "expected non-negative integer, got string");
    EXPECT_EQ(body_refusal(R"({"query":7})"), "expected string, got number");
    EXPECT_EQ(body_refusal(R"({"status":"asleep"})"), "Invalid status: asleep");
    EXPECT_EQ(body_refusal("[]"), "expected object, got array");
}

TEST(HostFilterBodyTest, ViewsMayAlsoOrder) {
    EXPECT_TRUE(check_view_filters(
        json::Value::parse(R"({"order_key":"hostname","order_direction":"desc","columns":"id"})")
    ));
    EXPECT_FALSE(check_view_filters(json::Value::parse(R"({"order_direction":"desc"})")));
    EXPECT_FALSE(check_view_filters(json::Value::parse(R"({"page":"1"})")));
}

}  // namespace
}  // namespace fleet::api::rest
