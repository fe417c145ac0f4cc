#include "fleet/core/paced_clock.hpp"

#include <utility>

namespace fleet {
namespace {

using std::chrono::microseconds;

/// Nothing here minds being wrong by this much.
constexpr std::chrono::seconds kFollowed{2};

}  // namespace

PacedClock::PacedClock(const Clock& wall, std::function<Pace::time_point()> pace)
    : wall_{wall},
      pace_{std::move(pace)},
      offset_us_{(wall.now().time_since_epoch() - paced()).count()} {}

microseconds PacedClock::paced() const {
    return std::chrono::duration_cast<microseconds>(pace_().time_since_epoch());
}

Time PacedClock::now() const {
    return Time{paced() + microseconds{offset_us_.load(std::memory_order_relaxed)}};
}

microseconds PacedClock::jump() {
    const microseconds off = wall_.now() - now();
    if (std::chrono::abs(off) > kFollowed) return off;
    adopt(off);
    return microseconds{0};
}

void PacedClock::adopt(microseconds jump) {
    offset_us_.fetch_add(jump.count(), std::memory_order_relaxed);
}

}  // namespace fleet
