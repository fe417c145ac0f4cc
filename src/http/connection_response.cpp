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
/// What an idle connection may keep of that: enough for the answer of a common poll.
constexpr std::size_t kKeepUpTo = 512;
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
    return Responder{[self = self()](Response response) {
        const auto strand = self->strand_;
        if (strand.running_in_this_thread()) {
            self->respond(std::move(response));
            return;
        }
        // Posted, not dispatched: whoever answers may be in the middle of another connection.
        asio::post(strand, [self, response = std::move(response)]() mutable {
            self->respond(std::move(response));
        });
    }};
}

void Connection::refuse(int status, std::string_view reason, std::string allow) {
    // What the peer still sends of this request is not going to be read.
    if (parser_ && !parser_->is_done()) keep_alive_ = false;
    if (status == 503 || status == 413 || status == 431) ++hub_->refused;
    auto response = refusal(audience_, status, reason, random_uuid());
    if (!allow.empty()) response.headers.emplace_back("Allow", std::move(allow));
    if (status == 503) response.headers.emplace_back("Retry-After", "5");
    phase_ = Phase::handling;
    respond(std::move(response));
}

void Connection::fill_in_refusal() {
    auto& r = response_;
    if (r.status < 400 || r.stream || r.shared_body || !r.body.empty()) return;
    const bool dropped = r.content_type.empty();
    if (!dropped && audience_ != Audience::osquery) return;
    const auto uuid = r.status >= 500 ? random_uuid() : std::string{};
    if (dropped) {
        r.content_type = Response{}.content_type;
        log::error(
            "request was dropped without an answer",
            {{"uuid", uuid},
             {"request_id", request_id_},
             {"route", route_ != nullptr ? std::string_view{route_->name} : "web"}}
        );
    }
    r.body = refusal_body(audience_, r.status, dropped ? "internal error" : "", uuid);
}

void Connection::respond(Response response) {
    if (phase_ != Phase::handling) return;
    response_ = std::move(response);
    fill_in_refusal();
    keep_alive_ = keep_alive_ && !response_.close && !draining_ && !hub_->stopping;
    stream_ended_ = !response_.stream;
    if (response_.stream && !http_1_1_) keep_alive_ = false;  // the end of the body is the close

    const bool bodiless = is_bodiless(response_.status);
    body_ = response_.shared_body ? *response_.shared_body : std::string_view{response_.body};
    HeadInfo info{
        .http_1_1 = http_1_1_,
        .keep_alive = keep_alive_,
        .agent = audience_ == Audience::osquery,
        .chunked = response_.stream && http_1_1_ && !bodiless,
        .request_id = request_id_,
    };
    if (!response_.stream && !bodiless) info.length = body_.size();
    if (head_only_ || bodiless) {
        body_ = {};
        stream_ended_ = true;
    }

    head_.clear();
    append_head(head_, response_, info);
    if (response_.stream) body_ = {};
    response_bytes_ = 0;
    if (head_.size() < kJoinUpTo) {
        const auto joined = std::min(body_.size(), kJoinUpTo - head_.size());
        head_.append(body_.substr(0, joined));
        body_.remove_prefix(joined);
    }
    sent_ = 0;
    write_since_ = SteadyClock::now();
    phase_ = Phase::writing;
    run();
}

bool Connection::write_some() {
    if (sent_ == head_.size() + body_.size()) {
        response_bytes_ += sent_;
        return after_write();
    }
    const auto rest = sent_ < head_.size() ? std::string_view{head_}.substr(sent_)
                                           : body_.substr(sent_ - head_.size());
    std::size_t count = 0;
    const auto outcome = channel_.write(rest, count);
    sent_ += count;
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
    const auto extra = std::chrono::milliseconds{sent_ * 1000 / kSlowestReaderBytesPerSecond};
    set_deadline(write_since_ + hub_->options.write_timeout + extra);
    wait(what);
    return false;
}

bool Connection::after_write() {
    if (stream_ended_) {
        finish_answer();
        return true;
    }
    phase_ = Phase::streaming;
    deadline_ = SteadyClock::time_point::max();
    pull_stream();
    return false;
}

void Connection::pull_stream() {
    const bool taken = hub_->workers.submit([self = self()] {
        std::string piece;
        bool more = false;
        bool failed = false;
        try {
            more = self->response_.stream(piece);
        } catch (const std::exception& error) {
            failed = true;
            log::error(
                "streamed answer failed",
                {{"request_id", self->request_id_}, {"error", error.what()}}
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
    head_.clear();
    if (!piece.empty()) {
        if (http_1_1_) head_ = chunk_head(piece.size());
        head_ += piece;
        if (http_1_1_) head_ += "\r\n";
    }
    if (!more) {
        stream_ended_ = true;
        if (http_1_1_) head_ += "0\r\n\r\n";
    }
    sent_ = 0;
    write_since_ = SteadyClock::now();
    phase_ = Phase::writing;
    run();
}

void Connection::record_answer() {
    if (!hub_->observe) return;
    hub_->observe(RequestRecord{
        .route = route_ != nullptr ? std::string_view{route_->name}
                                   : (to_fallback_ ? "web" : "unmatched"),
        .method = method_name(method_),
        .request_id = request_id_,
        .status = response_.status,
        .request_bytes = request_bytes_,
        .response_bytes = response_bytes_,
        .took = SteadyClock::now() - started_,
    });
}

void Connection::finish_answer() {
    record_answer();
    charge_.release();
    response_ = {};
    body_ = {};
    if (head_.capacity() > kKeepUpTo) std::string{}.swap(head_);
    if (keep_alive_) {
        begin_request();
    } else {
        begin_linger();
    }
}

}  // namespace fleet::http
