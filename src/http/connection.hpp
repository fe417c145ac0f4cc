#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "http/channel.hpp"
#include "http/hub.hpp"
#include "http/parser.hpp"
#include "http/refusal.hpp"

namespace fleet::http {

/// One client connection from accept to close: handshake, then requests one after the other.
/// A small state machine on its strand; at most one wait on the socket is outstanding. While it is
/// idle it holds no buffer.
class Connection final : public Peer {
public:
    Connection(HubPtr hub, Socket socket, SslPtr ssl, std::string peer_ip);
    ~Connection() override;

    /// Call once, when it is listed in the hub.
    void start();
    void drain() override;
    void kill() override;

private:
    enum class Phase {
        handshake,
        request,    // waiting for a request or reading one
        handling,   // a handler has it
        writing,    // sending an answer or a piece of it
        streaming,  // the worker pool makes the next piece
        lingering,  // answered and half closed; lets the peer read before the socket goes
        closed,
    };

    std::shared_ptr<Connection> self() {
        return std::static_pointer_cast<Connection>(shared_from_this());
    }

    // Life and the event loop (connection.cpp). Each step returns false when it has to wait.
    void run();
    bool step();
    bool handshake();
    bool linger();
    void wait(Io what);
    void set_deadline(SteadyClock::time_point when);
    void arm_timer();
    void on_deadline();
    void begin_request();
    void begin_linger();
    void close();
    void on_tls_failure();

    // Reading a request (connection_request.cpp).
    bool read_request();
    std::size_t feed(std::string_view bytes);
    void after_feed();
    void on_head();
    bool choose_route();
    bool admit_body();
    void on_parse_error(const beast::error_code& error);
    void send_continue();
    void set_body_deadline();
    void dispatch();
    void call_blocking(const BlockingHandler& handler);
    void call_loop(const LoopHandler& handler);
    void upgrade(const SocketHandler& handler);

    // Answering (connection_response.cpp).
    Responder responder();
    void refuse(int status, std::string_view reason, std::string allow = {});
    void respond(Response response);
    void fill_in_refusal();
    bool write_some();
    bool wait_for_reader(Io what);
    bool after_write();
    void pull_stream();
    void on_stream_piece(bool more, std::string piece, bool failed);
    void finish_answer();
    void record_answer();

    HubPtr hub_;
    const Strand strand_;
    Channel channel_;
    Timer timer_;
    std::string peer_ip_;

    Phase phase_;
    bool running_ = false;
    bool draining_ = false;
    bool first_request_ = true;
    SteadyClock::time_point deadline_ = SteadyClock::time_point::max();
    SteadyClock::time_point armed_for_ = SteadyClock::time_point::max();
    SteadyClock::time_point accepted_at_{};

    // The request that is being read or answered.
    std::optional<RequestParser> parser_{};
    BodyCharge charge_;
    std::string unparsed_{};  // bytes that the parser has not taken yet
    bool starved_ = true;     // the parser needs more than `unparsed_`
    bool fresh_ = false;      // between requests: nothing was read yet
    bool head_done_ = false;
    bool keep_alive_ = true;
    bool head_only_ = false;
    bool http_1_1_ = true;
    Audience audience_ = Audience::unrouted;
    const Route* route_ = nullptr;
    bool to_fallback_ = false;
    Method method_ = Method::other;
    std::string request_id_{};
    std::uint64_t request_bytes_ = 0;
    SteadyClock::time_point started_{};
    SteadyClock::time_point body_since_{};

    // The answer.
    Response response_{};
    std::string head_{};
    std::string_view body_{};
    std::size_t sent_ = 0;
    bool stream_ended_ = false;
    std::uint64_t response_bytes_ = 0;
    SteadyClock::time_point write_since_{};
    std::uint64_t lingered_ = 0;
};

}  // namespace fleet::http
