#include "support/websocket_client.hpp"

namespace fleet::test {

namespace {

using Clock = std::chrono::steady_clock;

constexpr unsigned char kContinuation = 0x0;
constexpr unsigned char kText = 0x1;
constexpr unsigned char kClose = 0x8;
constexpr unsigned char kPing = 0x9;
constexpr unsigned char kPong = 0xA;

unsigned byte_at(const std::string& text, std::size_t index) {
    return static_cast<unsigned char>(text[index]);
}

}  // namespace

WebSocketClient::WebSocketClient(
    const Endpoint& endpoint, const std::string& target, const Headers& headers
)
    : stream_{std::make_unique<TlsStream>(endpoint)} {
    Request request{.target = target, .headers = headers};
    request.headers.emplace_back("Connection", "Upgrade");
    request.headers.emplace_back("Upgrade", "websocket");
    request.headers.emplace_back("Sec-WebSocket-Version", "13");
    request.headers.emplace_back("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ==");
    stream_->write(to_bytes(request, endpoint));
    upgrade_ = read_response(*stream_, buffer_, "GET");
}

void WebSocketClient::send(std::string_view text) {
    send_frame(kText, text);
}

void WebSocketClient::send_frame(unsigned char opcode, std::string_view payload) {
    std::string frame;
    frame += static_cast<char>(0x80 | opcode);
    if (payload.size() < 126) {
        frame += static_cast<char>(0x80 | payload.size());
    } else if (payload.size() < 65536) {
        frame += static_cast<char>(0x80 | 126);
        frame += static_cast<char>(payload.size() >> 8);
        frame += static_cast<char>(payload.size() & 0xFF);
    } else {
        frame += static_cast<char>(0x80 | 127);
        for (int shift = 56; shift >= 0; shift -= 8) {
            frame += static_cast<char>((payload.size() >> shift) & 0xFF);
        }
    }
    const std::string mask = "\x11\x22\x33\x44";
    frame += mask;
    for (std::size_t i = 0; i < payload.size(); ++i) {
        frame += static_cast<char>(payload[i] ^ mask[i % 4]);
    }
    stream_->write(frame);
}

bool WebSocketClient::fill(std::size_t size, Clock::time_point deadline, bool& ended) {
    while (buffer_.size() < size) {
        const auto left =
            std::chrono::duration_cast<std::chrono::milliseconds>(deadline - Clock::now());
        if (!stream_->readable(std::max(left, std::chrono::milliseconds{0}))) return false;
        try {
            const auto more = stream_->read_some(std::max(left, std::chrono::milliseconds{1}));
            ended = more.empty();
            buffer_ += more;
        } catch (const NetworkError& error) {
            ended = std::string_view{error.what()}.find("timed out") == std::string_view::npos;
            return false;
        }
        if (ended) return false;
    }
    return true;
}

WebSocketClient::Message WebSocketClient::receive(std::chrono::milliseconds limit) {
    const auto deadline = Clock::now() + limit;
    const auto failure = [](bool ended) {
        return Message{.kind = ended ? Message::Kind::closed : Message::Kind::timed_out};
    };
    for (;;) {
        bool ended = false;
        if (!fill(2, deadline, ended)) return failure(ended);
        const auto opcode = static_cast<unsigned char>(byte_at(buffer_, 0) & 0x0F);
        const bool last = (byte_at(buffer_, 0) & 0x80) != 0;
        std::size_t size = byte_at(buffer_, 1) & 0x7F;
        const std::size_t extra = size == 126 ? 2 : size == 127 ? 8 : 0;
        if (!fill(2 + extra, deadline, ended)) return failure(ended);
        if (extra > 0) {
            size = 0;
            for (std::size_t i = 0; i < extra; ++i)
                size = size << 8 | byte_at(buffer_, 2 + i);
        }
        if (!fill(2 + extra + size, deadline, ended)) return failure(ended);
        auto payload = buffer_.substr(2 + extra, size);
        buffer_.erase(0, 2 + extra + size);

        if (opcode == kPing) {
            send_frame(kPong, payload);
        } else if (opcode == kClose) {
            Message message{.kind = Message::Kind::closed};
            if (size >= 2)
                message.close_code =
                    static_cast<int>(byte_at(payload, 0) << 8 | byte_at(payload, 1));
            return message;
        } else if (opcode == kText || opcode == kContinuation) {
            fragments_ += payload;
            if (last) {
                return {.kind = Message::Kind::text, .text = std::exchange(fragments_, "")};
            }
        }
    }
}

void WebSocketClient::close() {
    try {
        send_frame(kClose, std::string{"\x03\xe8", 2});
    } catch (const NetworkError&) {
        // Already gone, which is what was wanted.
    }
    stream_->drop();
}

}  // namespace fleet::test
