#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "fleet/checkin/checkins.hpp"
#include "fleet/logs/destination.hpp"

namespace fleet::checkin {

/// Lines of one agent that go to a log destination, and how to answer for them.
struct LineJob {
    std::vector<std::string> lines{};
    Reply reply{};
};

/// Writes what agents send to one destination and tells them whether it was taken; counts it, and
/// tells the operator when the destination fails and when it works again, not every time.
class LogStream {
public:
    /// `name` is "status" or "result"; `refusal_text` precedes the reason in what agents are told.
    LogStream(logs::Destination& destination, std::string name, std::string refusal_text);

    /// For one thread at a time.
    void commit(std::vector<LineJob> batch);

    std::uint64_t written() const { return written_.load(std::memory_order_relaxed); }
    std::uint64_t refused() const { return refused_.load(std::memory_order_relaxed); }

private:
    void note(const Result<>& outcome, std::size_t lines);

    logs::Destination& destination_;
    const std::string name_;
    const std::string refusal_text_;
    std::atomic<std::uint64_t> written_{0};
    std::atomic<std::uint64_t> refused_{0};
    bool failing_ = false;
    std::uint64_t unreported_ = 0;
    std::chrono::steady_clock::time_point last_report_{};
};

}  // namespace fleet::checkin
