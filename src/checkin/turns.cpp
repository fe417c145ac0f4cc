#include "fleet/checkin/turns.hpp"

#include <algorithm>
#include <cstdint>

namespace fleet::checkin {
namespace {

using std::chrono::microseconds;

microseconds distance(double per_second) {
    return microseconds{static_cast<std::int64_t>(1e6 / std::max(per_second, 0.001))};
}

}  // namespace

Turns::Turns(double per_second, std::size_t at_once)
    : at_once_{at_once}, apart_{distance(per_second)} {}

microseconds Turns::take(Time now) {
    const std::scoped_lock lock{mutex_};
    next_ = std::max(next_, now);
    const auto ahead = std::chrono::duration_cast<microseconds>(next_ - now);
    next_ += apart_;
    return std::max(ahead - apart_ * static_cast<std::int64_t>(at_once_ - 1), microseconds{0});
}

void Turns::set_rate(double per_second) {
    const std::scoped_lock lock{mutex_};
    apart_ = distance(per_second);
}

}  // namespace fleet::checkin
