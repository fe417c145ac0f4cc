#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <string_view>

#include "support/http_client.hpp"

namespace fleet::test {

/// A minimal RFC 6455 client for text messages.
class WebSocketClient {
public:
    struct Message {
        enum class Kind { text, closed, timed_out } kind = Kind::timed_out;
        std::string text{};
        int close_code = 0;  // 0 when the connection just ended
    };

    /// Performs the upgrade; refused() holds the answer when the server said no.
    WebSocketClient(
        const Endpoint& endpoint, const std::string& target, const Headers& headers = {}
    );

    [[nodiscard]] bool connected() const { return upgrade_.status == 101; }
    [[nodiscard]] const Response& upgrade() const { return upgrade_; }

    void send(std::string_view text);
    void send_frame(unsigned char opcode, std::string_view payload);
    Message receive(std::chrono::milliseconds limit = std::chrono::seconds{10});
    void close();
    [[nodiscard]] TlsStream& stream() { return *stream_; }

private:
    bool fill(std::size_t size, std::chrono::steady_clock::time_point deadline, bool& ended);

    std::unique_ptr<TlsStream> stream_;
    Response upgrade_{};
    std::string buffer_{};
    std::string fragments_{};
};

}  // namespace fleet::test
