#include "fleet/service/rate_limit.hpp"

#include <algorithm>

namespace fleet::service {

using std::chrono::microseconds;

RateLimit::RateLimit(int per_minute, int burst)
    : interval_{per_minute <= 0 ? microseconds{0} : microseconds{std::chrono::minutes{1}} / per_minute},
      tolerance_{interval_ * burst} {}

std::optional<std::chrono::seconds> RateLimit::take(Time now) {
    if (interval_.count() == 0) return std::nullopt;
    const std::lock_guard lock{mutex_};
    // Further ahead than it ever gets by itself: the clock was set back.
    if (next_ > now + tolerance_ + interval_) next_ = now;
    const Time due = std::max(next_, now);
    if (due - now > tolerance_) {
        return std::chrono::ceil<std::chrono::seconds>(due - now - tolerance_);
    }
    next_ = due + interval_;
    return std::nullopt;
}

}  // namespace fleet::service
