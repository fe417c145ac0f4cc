#include "http/loop_lag.hpp"

#include <sys/eventfd.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>
#include <utility>

#include "fleet/core/log.hpp"

namespace fleet::http {
namespace {

constexpr std::chrono::milliseconds kTick{20};

}  // namespace

LoopLag::LoopLag(std::shared_ptr<Shard> shard, LoadMeter& load, std::function<void()> ticked)
    : shard_{std::move(shard)},
      load_{load},
      ticked_{std::move(ticked)},
      timer_{shard_->strand()},
      signal_{::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)} {
    if (signal_ < 0) throw std::system_error{errno, std::generic_category(), "eventfd"};
}

LoopLag::~LoopLag() {
    ::close(signal_);
}

void LoopLag::start() {
    shard_->join(shared_from_this());
    if (!shard_->watch(signal_, EPOLLIN | EPOLLET, *this)) {
        log::error("the event loop's lateness cannot be measured");
        return;
    }
    const auto now = SteadyClock::now();
    load_.tick(now, now, now + kTick);
    wait_until(now + kTick);
}

void LoopLag::stop() {
    if (std::exchange(stopped_, true)) return;
    timer_.cancel();
    load_.stop();
    ticked_ = [] {};
    shard_->unwatch(signal_);
    shard_->leave(*this);
}

void LoopLag::wait_until(SteadyClock::time_point planned) {
    planned_ = planned;
    timer_.expires_at(planned);
    timer_.async_wait([self = shared_from_this()](const boost::system::error_code& gone) {
        if (gone || self->stopped_) return;
        const std::uint64_t one = 1;
        [[maybe_unused]] const auto sent = ::write(self->signal_, &one, sizeof one);
    });
}

/// The signal is never read: with edge triggering each write is an event.
void LoopLag::on_ready(std::uint32_t) {
    if (stopped_) return;
    const auto now = SteadyClock::now();
    load_.tick(planned_, now, now + kTick);
    ticked_();
    wait_until(now + kTick);
}

}  // namespace fleet::http
