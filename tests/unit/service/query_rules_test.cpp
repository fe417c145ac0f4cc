#include <gtest/gtest.h>

#include "fleet/service/query_service.hpp"

namespace fleet::service {
namespace {

using store::Discard;
using store::QueryFields;

QueryFields good() {
    QueryFields fields;
    fields.name = "open ports";
    fields.sql = "SELECT port FROM listening_ports";
    return fields;
}

QueryFields with(void (*change)(QueryFields&)) {
    QueryFields fields = good();
    change(fields);
    return fields;
}

TEST(CheckQuery, AcceptsTheUsual) {
    EXPECT_TRUE(check_query(good()));
    EXPECT_TRUE(check_query(with([](QueryFields& f) { f.platform = "darwin, linux ,windows"; })));
    EXPECT_TRUE(check_query(with([](QueryFields& f) { f.name = std::string(255, 'n'); })));
}

TEST(CheckQuery, CountsCharactersNotBytes) {
    std::string name;
    for (int i = 0; i < 255; ++i)
        name += "\xC3\xA4";
    QueryFields fields = good();
    fields.name = name;
    EXPECT_TRUE(check_query(fields));
}

TEST(CheckQuery, RefusesWithThePrefixThatClientsKnow) {
    for (const auto change : {
             +[](QueryFields& f) { f.name = " \t"; },
             +[](QueryFields& f) { f.sql = "\n"; },
             +[](QueryFields& f) { f.logging = "sometimes"; },
             +[](QueryFields& f) { f.platform = "darwin,amiga"; },
             +[](QueryFields& f) { f.platform = "darwin,,linux"; },
             +[](QueryFields& f) { f.name = std::string(256, 'n'); },
             +[](QueryFields& f) {
                 f.labels_include_any = {{LabelId{1}, "a"}};
                 f.labels_include_all = {{LabelId{2}, "b"}};
             },
         }) {
        const auto result = check_query(with(change));
        ASSERT_FALSE(result);
        EXPECT_EQ(result.error().kind, ErrorKind::bad_request);
        EXPECT_TRUE(result.error().fields.front().reason.starts_with("query payload verification: ")
        );
    }
}

struct Change {
    const char* name;
    void (*change)(QueryFields&);
    Discard expected;
};

class WhatToDiscard : public testing::TestWithParam<Change> {};

TEST_P(WhatToDiscard, FollowsTheTable) {
    QueryFields before = good();
    before.platform = "darwin,linux";
    QueryFields after = before;
    GetParam().change(after);
    EXPECT_EQ(what_to_discard(before, after), GetParam().expected);
}

INSTANTIATE_TEST_SUITE_P(
    Changes,
    WhatToDiscard,
    testing::Values(
        Change{"none", [](QueryFields&) {}, Discard::nothing},
        Change{"sql", [](QueryFields& f) { f.sql = "SELECT 2"; }, Discard::rows_and_stats},
        Change{"name", [](QueryFields& f) { f.name = "other"; }, Discard::nothing},
        Change{"interval", [](QueryFields& f) { f.interval = 5; }, Discard::nothing},
        Change{
            "platform_order",
            [](QueryFields& f) { f.platform = "linux, darwin"; },
            Discard::nothing},
        Change{"platforms", [](QueryFields& f) { f.platform = "linux"; }, Discard::rows},
        Change{"version", [](QueryFields& f) { f.min_osquery_version = "5.1"; }, Discard::rows},
        Change{"logging", [](QueryFields& f) { f.logging = "differential"; }, Discard::rows},
        Change{"discard", [](QueryFields& f) { f.discard_data = true; }, Discard::rows},
        Change{
            "labels",
            [](QueryFields& f) {
                f.labels_include_any = {{LabelId{3}, "x"}};
            },
            Discard::rows}
    ),
    [](const auto& test) { return test.param.name; }
);

TEST(WhatToDiscardBack, SnapshotAgainAndKeepingAgainThrowNothingAway) {
    QueryFields before = good();
    before.logging = "differential";
    before.discard_data = true;
    QueryFields after = good();
    EXPECT_EQ(what_to_discard(before, after), Discard::nothing);
}

}  // namespace
}  // namespace fleet::service
