#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace fleet {

/// Wall-clock time in UTC with microseconds, the resolution that the database keeps.
using Time = std::chrono::time_point<std::chrono::system_clock, std::chrono::microseconds>;

/// Where "now" comes from, so that tests can set it.
class Clock {
public:
    virtual ~Clock() = default;
    virtual Time now() const = 0;
};

/// The machine's clock.
class SystemClock final : public Clock {
public:
    Time now() const override;
};

/// A clock that a test moves by hand.
class ManualClock final : public Clock {
public:
    explicit ManualClock(Time start) : now_{start} {}
    Time now() const override { return now_; }
    void advance(std::chrono::microseconds by) { now_ += by; }

private:
    Time now_;
};

/// "2026-03-05T08:15:30Z", with a fraction only when there is one.
std::string to_rfc3339(Time time);
std::optional<Time> parse_rfc3339(std::string_view text);

/// The zero time of the wire, "0001-01-01T00:00:00Z".
inline constexpr std::string_view kZeroTime = "0001-01-01T00:00:00Z";

/// "Never": hosts that have not reported yet (agent-api B.2 step 7).
Time never_time();

/// Go's duration syntax ("1h30m", "300ms"); a bare number is nanoseconds.
std::optional<std::chrono::nanoseconds> parse_go_duration(std::string_view text);
/// Go's way of printing a duration, e.g. "24h0m0s".
std::string to_go_duration(std::chrono::nanoseconds duration);

/// Seconds since 1970.
std::int64_t unix_seconds(Time time);
Time from_unix_seconds(std::int64_t seconds);

}  // namespace fleet
