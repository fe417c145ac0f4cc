#include "fleet/service/rate_limit.hpp"

#include <algorithm>

namespace fleet::service {

using std::chrono::microseconds;

RateLimit::RateLimit(int count, microseconds span, int burst)
    : interval_{count <= 0 ? microseconds{0} : span / count}, tolerance_{interval_ * burst} {}

Result<> RateLimit::pass(Time now) {
    const auto wait = take(now);
    if (!wait) return {};
    const auto seconds = std::max<std::int64_t>(1, wait->count());
    Error error;
    error.kind = ErrorKind::rate_limited;
    error.message = "limit exceeded, retry after: " + std::to_string(seconds) + "s";
    error.fields.push_back({"base", error.message});
    error.retry_after_seconds = static_cast<int>(seconds);
    return fail(std::move(error));
}

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
