#include "http/sockjs.hpp"
#include "http/tcp_state.hpp"
#include "http/ws_session.hpp"

namespace fleet::http {
namespace {

using namespace std::chrono_literals;

constexpr auto kTick = 5s;
constexpr auto kPingEvery = 25s;
constexpr auto kSilenceAllowed = 75s;
constexpr auto kStuckAllowed = 60s;
constexpr auto kAcceptTime = 10s;
constexpr auto kTeardownTime = 5s;

}  // namespace

void WsSession::arm_tick() {
    timer_.expires_after(kTick);
    timer_.async_wait([weak = weak_from_this()](const ErrorCode& error) {
        const auto peer = weak.lock();
        if (error || !peer) return;
        static_cast<WsSession&>(*peer).tick();
    });
}

/// A reader may be slow, but it must move: with bytes under way the peer has to acknowledge some,
/// without any it has to answer our pings.
bool WsSession::is_dead(SteadyClock::time_point now) {
    if (!accepted_) return now - opened_at_ > kAcceptTime;
    if (now > close_deadline_) return true;
    if (now - kTeardownTime > ws_.next_layer().teardown_since()) return true;
    const auto state = tcp_state(ws_.next_layer().channel().socket());
    if (state.acknowledged != acked_bytes_) {
        acked_bytes_ = state.acknowledged;
        last_progress_ = now;
    }
    if (state.unacknowledged > 0 || writing_) return now - last_progress_ > kStuckAllowed;
    return started_ && now - ws_.next_layer().last_read() > kSilenceAllowed;
}

void WsSession::tick() {
    if (ended_) return;
    const auto now = SteadyClock::now();
    if (is_dead(now)) {
        ++hub_->timeouts;
        end();
        return;
    }
    if (accepted_ && !closing_ && now - last_ping_ >= kPingEvery) {
        last_ping_ = now;
        if (framing_ == Framing::sockjs && !writing_) push(std::string{sockjs::kHeartbeat});
        if (!pinging_) {
            pinging_ = true;
            ws_.async_ping({}, [self = self()](const ErrorCode&) { self->pinging_ = false; });
        }
    }
    arm_tick();
}

}  // namespace fleet::http
