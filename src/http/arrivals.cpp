#include "http/arrivals.hpp"

namespace fleet::http {

bool Arrivals::standing(Clock::time_point now) {
    if (!waiting_since_) waiting_since_ = now;
    return now - *waiting_since_ >= kStanding && now >= herd_until_;
}

}  // namespace fleet::http
