#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

namespace fleet::perf {

/// What all lines of a host at one moment share.
struct LineHead {
    std::string_view host_identifier{};
    std::string_view osquery_version{};
    std::int64_t unix_time{};
    std::string decorations{"{}"};  ///< a JSON object
};

/// "Tue Sep 30 17:37:30 2014 UTC"
std::string calendar_time(std::int64_t unix_time);

/// One added or removed row, in the default event format. `row` is a JSON object.
std::string event_line(
    const LineHead& head,
    std::string_view query,
    std::uint64_t counter,
    std::string_view row,
    std::string_view action
);

/// All changes of one run in one line (logger_event_type off).
std::string batch_line(
    const LineHead& head,
    std::string_view query,
    std::uint64_t counter,
    const std::vector<std::string>& added,
    const std::vector<std::string>& removed
);

std::string snapshot_line(
    const LineHead& head, std::string_view query, const std::vector<std::string>& rows
);

std::string status_line(const LineHead& head, int severity, std::string_view message);

/// Puts `"line_id":"..."` into a row.
std::string with_line_id(std::string_view row, std::string_view id);

struct LogLine {
    std::string json{};
    std::string id{};  ///< empty for lines nobody counts
};

/// Lines waiting to be acknowledged by the server, oldest first. Nothing is forgotten before
/// that, except the oldest lines of a buffer that has grown beyond its bound.
class LogQueue {
public:
    void push(LogLine line);

    bool empty() const { return lines_.empty(); }
    std::size_t size() const { return lines_.size(); }
    std::uint64_t dropped() const { return dropped_; }

    /// Body of a post with up to `limit` lines, which stay here until acknowledged.
    std::string take(std::size_t limit, std::string_view log_type, std::string_view node_key);

    /// The post was taken by the server: removes its lines and returns the ids.
    std::vector<std::string> acknowledged();

    /// The post failed: its lines go out again with the next one.
    void refused() { sent_ = 0; }

private:
    static constexpr std::size_t kMaxLines = 20'000;

    std::deque<LogLine> lines_;
    std::size_t sent_{};
    std::uint64_t dropped_{};
};

}  // namespace fleet::perf
