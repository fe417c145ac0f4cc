#include "http/loop_lag.hpp"

namespace fleet::http {
namespace {

constexpr std::chrono::milliseconds kTick{20};

}  // namespace

void LoopLag::start() {
    const auto now = SteadyClock::now();
    load_.tick(now, now, now + kTick);
    wait_until(now + kTick);
}

void LoopLag::stop() {
    stopped_ = true;
    timer_.cancel();
    load_.stop();
}

void LoopLag::wait_until(SteadyClock::time_point planned) {
    timer_.expires_at(planned);
    timer_.async_wait([self = shared_from_this()](const boost::system::error_code& gone) {
        if (gone || self->stopped_) return;
        const auto now = SteadyClock::now();
        self->load_.tick(self->timer_.expiry(), now, now + kTick);
        self->wait_until(now + kTick);
    });
}

}  // namespace fleet::http
