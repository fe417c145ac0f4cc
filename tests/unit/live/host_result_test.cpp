#include "fleet/live/host_result.hpp"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

namespace fleet::live {
namespace {

using nlohmann::json;

LiveAnswer answer() {
    return {
        .id = static_cast<CampaignId>(501),
        .host = static_cast<HostId>(5),
        .hostname = "ws-5",
        .display_name = "Ada's \"laptop\"",
        .rows_json = R"([ {"port":"22"}, null ])",
        .stats_json = R"({"wall_time_ms":12,"user_time":3,"system_time":1,"memory":20480})",
    };
}

TEST(HostResult, PayloadIsThatOfTheWireContract) {
    const auto payload = json::parse(to_payload(to_result(answer(), from_unix_seconds(0))));

    const auto expected = json::parse(R"({
        "distributed_query_execution_id":501,
        "host":{"id":5,"hostname":"ws-5","display_name":"Ada's \"laptop\""},
        "rows":[{"port":"22"}],
        "stats":{"wall_time_ms":12,"user_time":3,"system_time":1,"memory":20480},
        "answered_at":"1970-01-01T00:00:00Z"})");
    EXPECT_EQ(payload, expected);
}

TEST(HostResult, PayloadGoesThereAndBack) {
    auto in = answer();
    in.error = "no such table: x\n";
    const auto result = to_result(in, from_unix_seconds(1'700'000'000));

    const auto back = parse_payload(to_payload(result));

    ASSERT_TRUE(back);
    EXPECT_EQ(back->campaign, result.campaign);
    EXPECT_EQ(back->host, result.host);
    EXPECT_EQ(back->display_name, result.display_name);
    EXPECT_EQ(back->rows, result.rows);
    EXPECT_EQ(back->row_count, 1u);
    EXPECT_EQ(back->output_size, 6u);
    EXPECT_EQ(back->stats, result.stats);
    EXPECT_EQ(back->error, result.error);
    EXPECT_EQ(back->answered_at, "2023-11-14T22:13:20Z");
}

TEST(HostResult, ClientGetsTheTwoHostColumnsAndNoMemberOfOurs) {
    const auto message = json::parse(to_client_message(to_result(answer(), from_unix_seconds(0))));

    const auto expected = json::parse(R"({"type":"result","data":{
        "distributed_query_execution_id":501,
        "host":{"id":5,"hostname":"ws-5","display_name":"Ada's \"laptop\""},
        "rows":[{"port":"22","host_hostname":"ws-5","host_display_name":"Ada's \"laptop\""}],
        "stats":{"wall_time_ms":12,"user_time":3,"system_time":1,"memory":20480}}})");
    EXPECT_EQ(message, expected);
}

TEST(HostResult, FailedHostHasNoRowsAndItsError) {
    auto in = answer();
    in.rows_json = "";
    in.stats_json = "{}";
    in.error = "no such table: x";

    const auto message = json::parse(to_client_message(to_result(in, from_unix_seconds(0))));

    EXPECT_EQ(message["data"]["rows"], json::array());
    EXPECT_EQ(message["data"]["stats"], nullptr);
    EXPECT_EQ(message["data"]["error"], "no such table: x");
}

TEST(HostResult, RowsThatAreNotJsonBecomeAnErrorOfThatHost) {
    auto in = answer();
    in.rows_json = "[{\"a\":";
    in.stats_json = "[1";

    const auto result = to_result(in, from_unix_seconds(0));

    EXPECT_EQ(result.rows, "[]");
    EXPECT_EQ(result.stats, "");
    EXPECT_EQ(result.error, "the host sent rows that are not valid JSON");
}

TEST(HostResult, PayloadOfAnotherServerIsUnderstood) {
    const auto result = parse_payload(
        R"({"distributed_query_execution_id":7,"host":{"hostname":"h","id":3,"x":[]},)"
        R"("rows":null,"stats":null,"error":null})"
    );

    ASSERT_TRUE(result);
    EXPECT_EQ(result->host, static_cast<HostId>(3));
    EXPECT_EQ(result->rows, "[]");
    EXPECT_EQ(result->error, "");
}

TEST(HostResult, WhatIsNoPayloadIsRefused) {
    for (const std::string_view text :
         {"",
          "{}",
          "[]",
          R"({"host":{}})",
          R"({"host":{"id":-1}})",
          R"({"host":[]})",
          R"({"host":{"id":1},"rows":[1]})",
          R"({"host":{"id":1})"}) {
        EXPECT_FALSE(parse_payload(text)) << text;
    }
}

}  // namespace
}  // namespace fleet::live
