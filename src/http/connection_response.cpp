#include <boost/asio/post.hpp>
#include <exception>
#include <utility>

#include "fleet/core/crypto.hpp"
#include "fleet/core/log.hpp"
#include "http/connection.hpp"
#include "http/response_head.hpp"

namespace fleet::http {
namespace {

using namespace std::chrono_literals;

/// Head and a short body leave in one TLS record.
constexpr std::size_t kJoinUpTo = 16 * 1024;
constexpr std::uint64_t kSlowestReaderBytesPerSecond = 4 * 1024;
constexpr auto kWorkersBusyPause = 20ms;

/// "1a2b\r\n" before a piece of a chunked body.
std::string chunk_head(std::size_t size) {
    constexpr std::string_view kHex = "0123456789abcdef";
    std::string digits;
    do {
        digits.insert(digits.begin(), kHex[size & 15]);
        size >>= 4;
    } while (size > 0);
    return digits + "\r\n";
}

}  // namespace

Responder Connection::responder() {
    // Weak: the shard owns an open connection, and a closed one needs no answer. A handler may keep
    // responders in itself, and handlers belong to the hub that the connection owns.
    return Responder{[weak = std::weak_ptr<Connection>{self()}](Response response) {
        const auto self = weak.lock();
        if (!self) return;
        if (self->strand_.running_in_this_thread() && self->running_) {
            self->respond(std::move(response));
            return;
        }
        // Posted, not dispatched: whoever answers may be in the middle of another connection, be
        // it one of the same strand.
        asio::post(self->strand_, [self, response = std::move(response)]() mutable {
            self->respond(std::move(response));
        });
    }};
}

void Connection::refuse(int status, std::string_view reason, std::string allow) {
    // What the peer still sends of this request is not going to be read.
    if (now_ && !now_->parser.is_done()) now_->keep_alive = false;
    if (status == 503 || status == 413 || status == 431) ++hub_->refused;
    auto response = refusal(now_->audience, status, reason, random_uuid());
    if (!allow.empty()) response.headers.emplace_back("Allow", std::move(allow));
    if (status == 503) response.headers.emplace_back("Retry-After", "5");
    phase_ = Phase::handling;
    respond(std::move(response));
}

void Connection::fill_in_refusal() {
    auto& r = now_->response;
    if (r.status < 400 || r.stream || r.shared_body || !r.body.empty()) return;
    const bool dropped = r.content_type.empty();
    if (!dropped && now_->audience != Audience::osquery) return;
    const auto uuid = r.status >= 500 ? random_uuid() : std::string{};
    if (dropped) {
        r.content_type = Response{}.content_type;
        log::error(
            "request was dropped without an answer",
            {{"uuid", uuid},
             {"request_id", now_->request_id},
             {"route", now_->route != nullptr ? std::string_view{now_->route->name} : "web"}}
        );
    }
    r.body = refusal_body(now_->audience, r.status, dropped ? "internal error" : "", uuid);
}

void Connection::respond(Response response) {
    if (phase_ != Phase::handling) return;
    now_->response = std::move(response);
    fill_in_refusal();
    now_->keep_alive = now_->keep_alive && !now_->response.close && !draining_ && !hub_->stopping;
    now_->stream_ended = !now_->response.stream;
    if (now_->response.stream && !now_->http_1_1)
        now_->keep_alive = false;  // the end of the body is the close

    const bool bodiless = is_bodiless(now_->response.status);
    now_->body = now_->response.shared_body ? *now_->response.shared_body
                                            : std::string_view{now_->response.body};
    HeadInfo info{
        .http_1_1 = now_->http_1_1,
        .keep_alive = now_->keep_alive,
        .agent = now_->audience == Audience::osquery,
        .chunked = now_->response.stream && now_->http_1_1 && !bodiless,
        .request_id = now_->request_id,
    };
    if (!now_->response.stream && !bodiless) info.length = now_->body.size();
    if (now_->head_only || bodiless) {
        now_->body = {};
        now_->stream_ended = true;
    }

    now_->head.clear();
    append_head(now_->head, now_->response, info);
    if (now_->response.stream) now_->body = {};
    now_->response_bytes = 0;
    if (now_->head.size() < kJoinUpTo) {
        const auto joined = std::min(now_->body.size(), kJoinUpTo - now_->head.size());
        now_->head.append(now_->body.substr(0, joined));
        now_->body.remove_prefix(joined);
    }
    now_->sent = 0;
    now_->write_since = SteadyClock::now();
    phase_ = Phase::writing;
    run();
}

bool Connection::write_some() {
    if (now_->sent == now_->head.size() + now_->body.size()) {
        now_->response_bytes += now_->sent;
        return after_write();
    }
    const auto rest = now_->sent < now_->head.size()
                          ? std::string_view{now_->head}.substr(now_->sent)
                          : now_->body.substr(now_->sent - now_->head.size());
    std::size_t count = 0;
    const auto outcome = channel_.write(rest, count);
    now_->sent += count;
    switch (outcome) {
        case Io::done:
            return true;
        case Io::want_read:
        case Io::want_write:
            return wait_for_reader(outcome);
        case Io::closed:
        case Io::failed:
            break;
    }
    close();
    return false;
}

bool Connection::wait_for_reader(Io what) {
    const auto extra = std::chrono::milliseconds{now_->sent * 1000 / kSlowestReaderBytesPerSecond};
    set_deadline(now_->write_since + hub_->options.write_timeout + extra);
    wait(what);
    return false;
}

bool Connection::after_write() {
    if (now_->stream_ended) {
        finish_answer();
        return true;
    }
    phase_ = Phase::streaming;
    set_deadline(SteadyClock::time_point::max());
    pull_stream();
    return false;
}

void Connection::pull_stream() {
    const bool taken = hub_->workers.submit([self = self()] {
        std::string piece;
        bool more = false;
        bool failed = false;
        try {
            more = self->now_->response.stream(piece);
        } catch (const std::exception& error) {
            failed = true;
            log::error(
                "streamed answer failed",
                {{"request_id", self->now_->request_id}, {"error", error.what()}}
            );
        }
        asio::post(self->strand_, [self, more, failed, piece = std::move(piece)]() mutable {
            self->on_stream_piece(more, std::move(piece), failed);
        });
    });
    if (taken) return;
    // A started answer cannot be refused any more; it waits its turn.
    auto pause = std::make_shared<Timer>(strand_, kWorkersBusyPause);
    pause->async_wait([self = self(), pause](const beast::error_code&) {
        if (self->phase_ == Phase::streaming) self->pull_stream();
    });
}

void Connection::on_stream_piece(bool more, std::string piece, bool failed) {
    if (phase_ != Phase::streaming) return;
    if (failed) {
        close();  // without the last chunk, so that the peer sees that something is missing
        return;
    }
    now_->head.clear();
    if (!piece.empty()) {
        if (now_->http_1_1) now_->head = chunk_head(piece.size());
        now_->head += piece;
        if (now_->http_1_1) now_->head += "\r\n";
    }
    if (!more) {
        now_->stream_ended = true;
        if (now_->http_1_1) now_->head += "0\r\n\r\n";
    }
    now_->sent = 0;
    now_->write_since = SteadyClock::now();
    phase_ = Phase::writing;
    run();
}

void Connection::record_answer() {
    if (!hub_->observe) return;
    hub_->observe(RequestRecord{
        .route = now_->route != nullptr ? std::string_view{now_->route->name}
                                        : (now_->to_fallback ? "web" : "unmatched"),
        .method = method_name(now_->method),
        .request_id = now_->request_id,
        .status = now_->response.status,
        .request_bytes = now_->request_bytes,
        .response_bytes = now_->response_bytes,
        .took = SteadyClock::now() - now_->started,
    });
}

void Connection::finish_answer() {
    record_answer();
    const bool more = now_->keep_alive;
    now_.reset();
    if (more) {
        begin_request();
    } else {
        begin_linger();
    }
}

}  // namespace fleet::http
