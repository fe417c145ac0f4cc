#pragma once

#include <atomic>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/websocket/stream.hpp>
#include <cstdint>
#include <deque>
#include <mutex>
#include <string>

#include "fleet/http/websocket.hpp"
#include "http/hub.hpp"
#include "http/ws_stream.hpp"

namespace fleet::http {

/// A connection after its upgrade. Everything but send(), queued_bytes() and is_open() happens on
/// the connection's strand.
class WsSession final : public WebSocket, public Peer {
public:
    static bool is_upgrade(const Request& request);

    /// Answers the upgrade and then hands the socket to the route's handler.
    static void open(
        HubPtr hub,
        Channel channel,
        std::string unread,
        Request request,
        const Route& route,
        const SocketHandler& handler
    );

    WsSession(HubPtr hub, Channel channel, std::string unread, Framing framing);
    ~WsSession() override;

    void start(Callbacks callbacks) override;
    bool send(std::string text) override;
    std::size_t queued_bytes() const override { return queued_bytes_; }
    void close() override;
    bool is_open() const override { return open_; }

    void drain() override;
    void kill() override;

private:
    using ErrorCode = beast::error_code;

    std::shared_ptr<WsSession> self() {
        return std::static_pointer_cast<WsSession>(shared_from_this());
    }

    void accept(Request request, const SocketHandler& handler);
    void read_next();
    void on_frame(std::string frame);
    void push(std::string frame);
    void write_next();
    /// Runs a callback of the owner; one that throws costs its own socket only.
    template <class Function, class... Args>
    void call(const Function& function, Args&&... args);
    void begin_close(beast::websocket::close_code code);
    void end();

    // Is the peer still there? (ws_liveness.cpp)
    void arm_tick();
    void tick();
    bool is_dead(SteadyClock::time_point now);

    HubPtr hub_;
    const Strand strand_;
    const Framing framing_;
    beast::websocket::stream<WsStream, false> ws_;
    beast::flat_buffer incoming_;
    Timer timer_;

    Callbacks callbacks_{};
    bool accepted_ = false;
    bool started_ = false;
    bool closing_ = false;
    bool close_sent_ = false;
    bool ended_ = false;
    bool writing_ = false;
    bool pinging_ = false;
    std::uint16_t close_code_ = beast::websocket::close_code::normal;
    SteadyClock::time_point opened_at_ = SteadyClock::now();
    SteadyClock::time_point close_deadline_ = SteadyClock::time_point::max();
    SteadyClock::time_point last_ping_ = SteadyClock::now();
    SteadyClock::time_point last_progress_ = SteadyClock::now();
    std::uint64_t acked_bytes_ = 0;

    std::atomic<bool> open_{true};
    std::atomic<std::size_t> queued_bytes_{0};
    std::mutex mutex_;
    std::deque<std::string> queue_;  // guarded by mutex_
    std::string current_;            // being written
};

}  // namespace fleet::http
