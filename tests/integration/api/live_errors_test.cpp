// What the result stream says when it refuses: the error table of rest-api-b 3.3.
#include "integration/api/live_fixture.hpp"

namespace fleet::test {
namespace {

class LiveErrors : public LiveTest, public testing::WithParamInterface<ResultsSocket::Flavour> {
protected:
    void expect_error_text(const std::string& text) {
        const auto message = socket.next(seconds{10});
        ASSERT_TRUE(message.is_object()) << "closed without a word, expected: " << text;
        EXPECT_EQ(message["type"], "error");
        EXPECT_EQ(message["data"], text) << "the data of an error is a string";
        expect_closed();
    }

    void expect_closed() {
        EXPECT_TRUE(socket.next(seconds{5}).is_null());
        EXPECT_TRUE(socket.closed());
    }

    ResultsSocket socket{admin.endpoint(), GetParam()};
};

TEST_P(LiveErrors, AFirstMessageThatIsNoAuthJustCloses) {
    for (const auto* text :
         {"no json",
          "{}",
          R"({"type":"select_campaign","data":{}})",
          "[1]",
          "\"x\"",
          R"({"type":7})",
          "null"}) {
        SCOPED_TRACE(text);
        ResultsSocket fresh{admin.endpoint(), GetParam()};
        fresh.send_text(text);
        EXPECT_TRUE(fresh.next(seconds{5}).is_null());
        EXPECT_TRUE(fresh.closed());
    }
}

TEST_P(LiveErrors, BadTokens) {
    for (const json& data : {json{{"token", "wrong"}}, json{{"token", ""}}, json::object()}) {
        ResultsSocket fresh{admin.endpoint(), GetParam()};
        fresh.send({{"type", "auth"}, {"data", data}});
        const auto message = fresh.next();
        ASSERT_TRUE(message.is_object()) << data;
        EXPECT_EQ(message, json({{"type", "error"}, {"data", "unauthorized"}}));
    }
}

TEST_P(LiveErrors, AUserWhoMustResetThePassword) {
    const auto email = unique_name("reset") + "@example.test";
    admin.post(
        "/users/admin",
        {{"name", "R"},
         {"email", email},
         {"password", kPassword},
         {"global_role", "admin"},
         {"admin_forced_password_reset", true}}
    );
    AdminClient user{admin.endpoint()};
    ASSERT_EQ(user.login(email).status, 200);
    socket.authenticate(user.token());
    expect_error_text("unauthorized");
}

TEST_P(LiveErrors, SecondMessageIsNoJson) {
    socket.authenticate(admin.token());
    socket.send_text("no json");
    expect_error_text("error reading select_campaign");
}

TEST_P(LiveErrors, SecondMessageOfAnotherType) {
    socket.authenticate(admin.token());
    socket.send({{"type", "auth"}, {"data", json::object()}});
    expect_error_text("expected select_campaign");
}

TEST_P(LiveErrors, MalformedSelection) {
    socket.authenticate(admin.token());
    socket.send({{"type", "select_campaign"}, {"data", {{"campaign_id", "five"}}}});
    expect_error_text("error unmarshaling select_campaign data");
}

TEST_P(LiveErrors, CampaignZero) {
    socket.authenticate(admin.token());
    socket.send({{"type", "select_campaign"}, {"data", json::object()}});
    expect_error_text("0 is not a valid campaign ID");
}

TEST_P(LiveErrors, UnknownCampaign) {
    socket.authenticate(admin.token());
    socket.select(987654321);
    expect_error_text("timeout: cannot find campaign for ID 987654321");
}

TEST_P(LiveErrors, SomebodyElsesCampaign) {
    auto agent = stack.enrolled("owner");
    const auto campaign = admin.run_query("SELECT 1", {id_of(agent)});
    auto other = admin.create_user("admin");
    socket.authenticate(other.token());
    socket.select(campaign);
    expect_error_text("forbidden");
}

INSTANTIATE_TEST_SUITE_P(
    Flavours,
    LiveErrors,
    testing::Values(ResultsSocket::Flavour::plain, ResultsSocket::Flavour::sockjs),
    [](const auto& test) {
        return test.param == ResultsSocket::Flavour::plain ? "plain" : "sockjs";
    }
);

using LiveAbuse = LiveTest;

TEST_F(LiveAbuse, GarbageFramesDoNotHurtAnybodyElse) {
    for (int opcode = 0; opcode < 16; ++opcode) {
        WebSocketClient socket{admin.endpoint(), "/api/latest/fleet/results/websocket"};
        ASSERT_TRUE(socket.connected());
        socket.send_frame(static_cast<unsigned char>(opcode), "\xFF\xFE garbage");
        socket.stream().drop(TlsStream::Drop::hard);
    }
    auto agent = stack.enrolled("survivor");
    const auto campaign = admin.run_query("SELECT 1", {id_of(agent)});
    auto socket = attach(campaign);
    EXPECT_TRUE(is(socket->next(), "totals"));
    socket->close();
}

TEST_F(LiveAbuse, AHugeFirstMessageClosesTheSocket) {
    WebSocketClient socket{admin.endpoint(), "/api/latest/fleet/results/websocket"};
    try {
        socket.send(std::string(std::size_t{8} << 20, 'x'));
    } catch (const NetworkError&) {
        // Refused while it was still sending.
    }
    EXPECT_EQ(socket.receive(seconds{10}).kind, WebSocketClient::Message::Kind::closed);
}

}  // namespace
}  // namespace fleet::test
