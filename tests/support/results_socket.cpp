#include "support/results_socket.hpp"

#include <nlohmann/json.hpp>
#include <random>

namespace fleet::test {

namespace {

using Clock = std::chrono::steady_clock;
using nlohmann::json;

std::string target_of(ResultsSocket::Flavour flavour, const std::string& version) {
    const auto prefix = "/api/" + version + "/fleet/results";
    if (flavour == ResultsSocket::Flavour::plain) return prefix + "/websocket";
    static std::mt19937 random{std::random_device{}()};
    return prefix + "/" + std::to_string(100 + random() % 900) + "/s" + std::to_string(random()) +
           "/websocket";
}

}  // namespace

ResultsSocket::ResultsSocket(
    const Endpoint& endpoint, Flavour flavour, const std::string& version, const Headers& headers
)
    : flavour_{flavour}, socket_{endpoint, target_of(flavour, version), headers} {
    if (flavour_ == Flavour::sockjs && socket_.connected()) {
        const auto open = socket_.receive();
        if (open.text != "o")
            throw NetworkError("expected the SockJS open frame, got " + open.text);
    }
}

void ResultsSocket::authenticate(const std::string& token) {
    send({{"type", "auth"}, {"data", {{"token", token}}}});
}

void ResultsSocket::select(std::uint64_t campaign_id) {
    send({{"type", "select_campaign"}, {"data", {{"campaign_id", campaign_id}}}});
}

void ResultsSocket::select_with_detail(std::uint64_t campaign_id) {
    send({{"type", "select_campaign"}, {"data", {{"campaign_id", campaign_id}, {"detail", true}}}});
}

void ResultsSocket::send(const json& message) {
    send_text(message.dump());
}

void ResultsSocket::send_text(const std::string& text) {
    socket_.send(flavour_ == Flavour::plain ? text : json::array({text}).dump());
}

json ResultsSocket::next(std::chrono::milliseconds limit) {
    const auto deadline = Clock::now() + limit;
    while (pending_.empty()) {
        const auto left =
            std::chrono::duration_cast<std::chrono::milliseconds>(deadline - Clock::now());
        auto message = socket_.receive(left);
        closed_ = message.kind == WebSocketClient::Message::Kind::closed;
        if (message.kind != WebSocketClient::Message::Kind::text) return nullptr;
        if (flavour_ == Flavour::plain) {
            pending_.push_back(std::move(message.text));
        } else if (message.text.starts_with("a")) {
            for (const auto& entry : json::parse(message.text.substr(1))) {
                pending_.push_back(entry.get<std::string>());
            }
        } else if (message.text.starts_with("c")) {
            close_frame_ = message.text;
            closed_ = true;
            return nullptr;
        }
        // "h" is the SockJS heartbeat.
    }
    const auto text = pending_.front();
    pending_.erase(pending_.begin());
    return json::parse(text);
}

std::vector<json> ResultsSocket::until(
    const std::function<bool(const json&)>& wanted, std::chrono::milliseconds limit
) {
    const auto deadline = Clock::now() + limit;
    std::vector<json> seen;
    for (;;) {
        const auto left =
            std::chrono::duration_cast<std::chrono::milliseconds>(deadline - Clock::now());
        if (left.count() <= 0) return {};
        seen.push_back(next(left));
        if (seen.back().is_null()) return {};
        if (wanted(seen.back())) return seen;
    }
}

}  // namespace fleet::test
