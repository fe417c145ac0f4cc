#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "http/channel.hpp"
#include "http/hub.hpp"
#include "http/parser.hpp"
#include "http/refusal.hpp"
#include "http/shard.hpp"

namespace fleet::http {

/// A request that is being read or answered, and its answer.
struct Exchange {
    Exchange(std::size_t max_header_bytes, BodyBudget& budget)
        : parser{max_header_bytes}, charge{budget} {}

    RequestParser parser;
    BodyCharge charge;
    bool head_done = false;
    bool keep_alive = true;
    bool head_only = false;
    bool http_1_1 = true;
    bool to_fallback = false;
    bool stream_ended = false;
    Method method = Method::other;
    Audience audience = Audience::unrouted;
    const Route* route = nullptr;
    std::string request_id{};
    std::uint64_t request_bytes = 0;
    SteadyClock::time_point started = SteadyClock::now();
    SteadyClock::time_point body_since{};

    Response response{};
    std::string head{};
    std::string_view body{};
    std::size_t sent = 0;
    std::uint64_t response_bytes = 0;
    SteadyClock::time_point write_since{};
};

/// One client connection from accept to close: handshake, then requests one after the other.
/// A small state machine on its shard's strand. An idle one holds no buffer and no exchange.
class Connection final : public Peer, public Shard::Member {
public:
    /// Takes over the socket, which is non-blocking.
    Connection(HubPtr hub, Shard& shard, int socket, SslPtr ssl, std::string peer_ip);
    ~Connection() override;

    /// Call once, on the shard's strand, when it is listed in the hub.
    void start();
    void drain() override;
    void kill() override;

    void on_ready(std::uint32_t events) override;
    void on_deadline() override;

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
    void begin_request();
    void begin_linger();
    void close();
    void leave();
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
    bool turned_away();
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
    Shard* shard_;  // null when closed
    const Strand strand_;
    Channel channel_;
    std::string peer_ip_;

    Phase phase_;
    bool running_ = false;
    bool draining_ = false;
    bool first_request_ = true;
    bool watches_writes_ = false;
    bool starved_ = true;  // the parser needs more than `unparsed_`
    SteadyClock::time_point accepted_at_{};
    std::string unparsed_{};  // bytes that the parser has not taken yet
    std::unique_ptr<Exchange> now_{};
    std::uint64_t lingered_ = 0;
};

}  // namespace fleet::http
