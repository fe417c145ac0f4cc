#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "api/rest/live_host_states.hpp"
#include "api/rest/live_socket_messages.hpp"

namespace fleet::api::rest {
namespace {

using nlohmann::json;

TEST(AuthMessage, TokenIsTakenAndOtherFirstMessagesAreNotForUs) {
    AuthMessage out;

    EXPECT_TRUE(parse_auth(R"({"type":"auth","data":{"token":"abc"}})", out));
    EXPECT_EQ(out.token, "abc");
    AuthMessage none;
    EXPECT_TRUE(parse_auth(R"({"type":"auth","data":{"token":7}})", none));
    EXPECT_TRUE(parse_auth(R"({"type":"auth"})", none));
    EXPECT_EQ(none.token, "");
    for (const auto* text :
         {"", "x", "[]", "{}", R"({"type":1})", R"({"type":"select_campaign"})"}) {
        EXPECT_FALSE(parse_auth(text, none)) << text;
    }
}

TEST(SelectMessage, EveryMistakeHasItsWord) {
    const auto word = [](const char* text) {
        const auto choice = parse_select(text);
        return choice ? std::string{} : choice.error().fields.front().reason;
    };
    EXPECT_EQ(word("{"), "error reading select_campaign");
    EXPECT_EQ(word(R"({"type":"auth"})"), "expected select_campaign");
    constexpr const char* kMalformed = "error unmarshaling select_campaign data";
    EXPECT_EQ(word(R"({"type":"select_campaign"})"), kMalformed);
    EXPECT_EQ(word(R"({"type":"select_campaign","data":{"campaign_id":"1"}})"), kMalformed);
    EXPECT_EQ(word(R"({"type":"select_campaign","data":{"campaign_id":-1}})"), kMalformed);
    EXPECT_EQ(
        word(R"({"type":"select_campaign","data":{"campaign_id":1,"detail":1}})"), kMalformed
    );
    EXPECT_EQ(word(R"({"type":"select_campaign","data":{}})"), "0 is not a valid campaign ID");
    const auto choice =
        parse_select(R"({"type":"select_campaign","data":{"campaign_id":501,"detail":true}})");
    ASSERT_TRUE(choice);
    EXPECT_EQ(choice->campaign_id, 501u);
    EXPECT_TRUE(choice->detail);
}

LiveHostStates states_of(std::uint64_t hosts) {
    std::vector<store::HostName> names;
    for (std::uint64_t id = 1; id <= hosts; ++id) {
        names.push_back({static_cast<HostId>(id), "h" + std::to_string(id), "d"});
    }
    return LiveHostStates{std::move(names), "t0"};
}

TEST(HostStates, AllHostsAreToldInPiecesThenOnlyChanges) {
    auto states = states_of(1'200);
    std::vector<std::size_t> sizes;

    states.set_online(std::vector<bool>(1'200, true), "t1");
    while (auto chunk = states.next_chunk())
        sizes.push_back(json::parse(*chunk)["data"].size());

    EXPECT_EQ(sizes, (std::vector<std::size_t>{500, 500, 200}));
    EXPECT_FALSE(states.next_changes());
    states.set_result({.host = HostId{7}, .row_count = 3, .answered_at = "t2"});
    states.set_result({.host = HostId{9}, .error = "no such table: x", .answered_at = "t3"});
    states.set_result({.host = HostId{7}, .row_count = 3, .answered_at = "t2"});
    const auto changes = json::parse(*states.next_changes());
    EXPECT_EQ(changes["type"], "hosts");
    EXPECT_EQ(changes["data"], json::parse(R"([
        {"id":7,"hostname":"h7","display_name":"d","state":"answered","rows":3,"since":"t2"},
        {"id":9,"hostname":"h9","display_name":"d","state":"failed","rows":0,
         "error":"no such table: x","since":"t3"}])"));
    EXPECT_FALSE(states.next_changes());
}

TEST(HostStates, OnlineMovesOnlyHostsThatHaveNotAnswered) {
    auto states = states_of(3);
    (void)states.next_chunk();
    states.set_result({.host = HostId{1}, .answered_at = "t1"});

    states.set_online({true, true, false}, "t2");

    const auto data = json::parse(*states.next_changes())["data"];
    ASSERT_EQ(data.size(), 2u);
    EXPECT_EQ(data[0]["state"], "answered");
    EXPECT_EQ(data[1]["id"], 2);
    EXPECT_EQ(data[1]["state"], "waiting");
    EXPECT_EQ(data[1]["since"], "t2");
    states.set_online({true, false, false}, "t3");
    EXPECT_EQ(json::parse(*states.next_changes())["data"][0]["state"], "offline");
}

}  // namespace
}  // namespace fleet::api::rest
