#include "fleet/http/websocket.hpp"

#include <gmock/gmock.h>

#include <atomic>
#include <future>

#include "server_fixture.hpp"
#include "support/wait.hpp"
#include "support/websocket_client.hpp"

namespace fleet::http {
namespace {

using namespace std::chrono_literals;
using Kind = test::WebSocketClient::Message::Kind;
using testing::HasSubstr;

class WebSocketTest : public ServerTest {
protected:
    WebSocketTest() {
        on_socket("/echo", echo_handler());
        for (auto& route : sockjs_routes("/sock", echo_handler())) {
            routes.push_back(std::move(route));
        }
    }

    SocketHandler echo_handler() {
        return [this](const Request&, std::shared_ptr<WebSocket> socket) {
            socket->start({
                .on_message =
                    [this, socket](std::string text) {
                        if (text == "close") return socket->close();
                        if (text == "throw") throw std::runtime_error{"handler failed"};
                        socket->send("echo " + text);
                    },
                .on_close = [this] { ++closed; },
            });
        };
    }

    std::atomic<int> closed{0};
};

TEST_F(WebSocketTest, EchoesTextsInOrder) {
    start();
    test::WebSocketClient client{endpoint, "/echo"};
    ASSERT_TRUE(client.connected()) << client.upgrade().text();

    client.send("one");
    client.send("two");

    EXPECT_EQ(client.receive().text, "echo one");
    EXPECT_EQ(client.receive().text, "echo two");
}

TEST_F(WebSocketTest, SockJsWrapsBothDirections) {
    start();
    test::WebSocketClient client{endpoint, "/sock/123/abcdef/websocket"};
    ASSERT_TRUE(client.connected()) << client.upgrade().text();

    EXPECT_EQ(client.receive().text, "o");
    client.send(R"(["a","b"])");
    EXPECT_EQ(client.receive().text, R"(a["echo a"])");
    EXPECT_EQ(client.receive().text, R"(a["echo b"])");
    client.send(R"(["close"])");
    EXPECT_EQ(client.receive().text, R"(c[0,"none"])");
    EXPECT_EQ(client.receive().kind, Kind::closed);
    client.close();
    client.stream().drop();
    EXPECT_TRUE(test::eventually([&] { return closed == 1; }));
}

TEST_F(WebSocketTest, SockJsGarbageClosesTheSocket) {
    start();
    test::WebSocketClient client{endpoint, "/sock/123/abcdef/websocket"};
    EXPECT_EQ(client.receive().text, "o");

    client.send("{not an array");

    EXPECT_EQ(client.receive().text, R"(c[0,"none"])");
    EXPECT_EQ(client.receive().kind, Kind::closed);
}

TEST_F(WebSocketTest, SockJsGreetsAndInforms) {
    start();

    EXPECT_EQ(send({.target = "/sock"}).body, "Welcome to SockJS!\n");
    const auto info = send({.target = "/sock/info", .headers = {{"Origin", "https://ui"}}});
    EXPECT_THAT(info.body, HasSubstr(R"("websocket":true,"cookie_needed":false)"));
    EXPECT_EQ(info.header("Access-Control-Allow-Origin"), "https://ui");
    EXPECT_EQ(send({.method = "POST", .target = "/sock/000/x/xhr_send"}).status, 405);
    EXPECT_EQ(send({.target = "/sock/000/x/eventsource"}).status, 404);
}

TEST_F(WebSocketTest, OriginMustBeThisServer) {
    start();
    const auto connected = [&](const std::string& origin) {
        return test::WebSocketClient{endpoint, "/echo", {{"Origin", origin}}}.upgrade().status;
    };

    EXPECT_EQ(connected("https://" + endpoint.authority()), 101);
    EXPECT_EQ(connected("https://evil.example"), 403);
}

TEST_F(WebSocketTest, UnsafeOriginCanBeAllowed) {
    options.websockets_allow_unsafe_origin = true;
    start();

    const test::WebSocketClient client{endpoint, "/echo", {{"Origin", "https://evil.example"}}};

    EXPECT_TRUE(client.connected());
}

TEST_F(WebSocketTest, AnOrdinaryRequestIsRefused) {
    start();

    EXPECT_EQ(send({.target = "/echo"}).status, 400);
}

TEST_F(WebSocketTest, MessagesOverTheLimitCloseTheSocket) {
    start();
    test::WebSocketClient client{endpoint, "/echo"};
    client.send(std::string(64 * 1024, 'm'));
    EXPECT_EQ(client.receive().text.size(), 64u * 1024 + 5);

    client.send(std::string(64 * 1024 + 1, 'm'));

    EXPECT_EQ(client.receive().close_code, 1009);
    client.stream().drop();
    EXPECT_TRUE(test::eventually([&] { return closed == 1; }));
}

TEST_F(WebSocketTest, ClosingAndLeavingAreBothNoticed) {
    start();
    {
        test::WebSocketClient polite{endpoint, "/echo"};
        polite.send("hello");
        EXPECT_EQ(polite.receive().text, "echo hello");
        polite.close();
        EXPECT_TRUE(test::eventually([&] { return closed == 1; }));
    }
    test::WebSocketClient rude{endpoint, "/echo"};
    rude.send("hello");
    EXPECT_EQ(rude.receive().text, "echo hello");
    rude.stream().drop(test::TlsStream::Drop::hard);
    EXPECT_TRUE(test::eventually([&] { return closed == 2; }));
    EXPECT_TRUE(test::eventually([&] { return server->stats().connections == 0; }));
}

TEST_F(WebSocketTest, AHandlerThatThrowsCostsItsSocketOnly) {
    start();
    test::WebSocketClient client{endpoint, "/echo"};

    client.send("throw");

    EXPECT_EQ(client.receive().kind, Kind::closed);
    EXPECT_TRUE(test::WebSocketClient(endpoint, "/echo").connected());
}

TEST_F(WebSocketTest, QueueGrowsForAStoppedReaderAndDrainsLater) {
    std::promise<std::shared_ptr<WebSocket>> opened;
    std::atomic<int> drained{0};
    on_socket("/push", [&](const Request&, std::shared_ptr<WebSocket> socket) {
        socket->start({.on_drained = [&] { ++drained; }});
        opened.set_value(socket);
    });
    start();
    test::WebSocketClient client{endpoint, "/push"};
    const auto socket = opened.get_future().get();

    for (int i = 0; i < 32; ++i)
        EXPECT_TRUE(socket->send(std::string(1u << 20, 'd')));
    EXPECT_GT(socket->queued_bytes(), 1u << 20);
    for (int i = 0; i < 32; ++i)
        ASSERT_EQ(client.receive().text.size(), 1u << 20);

    EXPECT_TRUE(test::eventually([&] { return socket->queued_bytes() == 0 && drained >= 1; }));
    socket->close();
    EXPECT_FALSE(socket->send("late"));
    EXPECT_EQ(client.receive().kind, Kind::closed);
}

TEST_F(WebSocketTest, AFloodWithoutEndIsCutOff) {
    std::promise<std::shared_ptr<WebSocket>> opened;
    on_socket("/push", [&](const Request&, std::shared_ptr<WebSocket> socket) {
        socket->start({});
        opened.set_value(socket);
    });
    start();
    const test::WebSocketClient client{endpoint, "/push"};
    const auto socket = opened.get_future().get();

    int sent = 0;
    while (sent < 200 && socket->send(std::string(1u << 20, 'd')))
        ++sent;

    EXPECT_LT(sent, 200);
    EXPECT_FALSE(socket->is_open());
}

TEST_F(WebSocketTest, StopSendsAClosingFrame) {
    start();
    test::WebSocketClient client{endpoint, "/echo"};
    client.send("hello");
    EXPECT_EQ(client.receive().text, "echo hello");

    auto stopped = std::async(std::launch::async, [&] { server->stop(5s); });
    const auto last = client.receive();

    EXPECT_EQ(last.kind, Kind::closed);
    EXPECT_EQ(last.close_code, 1001);
    client.close();
    stopped.get();
    EXPECT_EQ(closed, 1);
}

}  // namespace
}  // namespace fleet::http
