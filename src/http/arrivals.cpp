#include "http/arrivals.hpp"

#include <utility>

namespace fleet::http {

bool Arrivals::standing(Clock::time_point now) {
    // Whoever took the last one need not have looked for another.
    const bool long_ago = now - std::exchange(last_, now) > kStanding;
    if (!waiting_since_ || long_ago) waiting_since_ = now;
    return now - *waiting_since_ >= kStanding && now >= herd_until_;
}

}  // namespace fleet::http
