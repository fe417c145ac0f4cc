#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "support/websocket_client.hpp"

namespace fleet::test {

/// The live-query result stream in either of its two flavours; hides the SockJS framing.
class ResultsSocket {
public:
    enum class Flavour { plain, sockjs };

    explicit ResultsSocket(
        const Endpoint& endpoint,
        Flavour flavour = Flavour::plain,
        const std::string& version = "latest",
        const Headers& headers = {}
    );

    /// The two messages every client sends.
    void authenticate(const std::string& token);
    void select(std::uint64_t campaign_id);
    void select_with_detail(std::uint64_t campaign_id);
    /// Any message of our own.
    void send(const nlohmann::json& message);
    void send_text(const std::string& text);

    /// Next {"type", "data"} message; null when the server closed or time is over (see closed()).
    nlohmann::json next(std::chrono::milliseconds limit = std::chrono::seconds{20});
    /// Reads until one message satisfies the condition; returns all of them, that one last. Empty
    /// when it never came.
    std::vector<nlohmann::json> until(
        const std::function<bool(const nlohmann::json&)>& wanted,
        std::chrono::milliseconds limit = std::chrono::seconds{30}
    );

    [[nodiscard]] bool closed() const { return closed_; }
    [[nodiscard]] const std::string& close_frame() const { return close_frame_; }
    [[nodiscard]] WebSocketClient& socket() { return socket_; }
    void close() { socket_.close(); }

private:
    Flavour flavour_;
    WebSocketClient socket_;
    std::vector<std::string> pending_{};
    bool closed_ = false;
    std::string close_frame_{};  // SockJS: c[code,"reason"]
};

}  // namespace fleet::test
