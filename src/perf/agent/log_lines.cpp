#include "perf/agent/log_lines.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <ctime>

#include "perf/text.hpp"

namespace fleet::perf {
namespace {

void append_list(std::string& out, const std::vector<std::string>& rows) {
    out += '[';
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (i > 0) out += ',';
        out += rows[i];
    }
    out += ']';
}

void append_head(
    std::string& line, const LineHead& head, std::string_view query, std::uint64_t counter
) {
    append_json_member(line, "name", query);
    append_json_member(line, "hostIdentifier", head.host_identifier);
    append_json_member(line, "calendarTime", calendar_time(head.unix_time));
    line += fmt::format(
        R"(,"unixTime":{},"epoch":0,"counter":{},"numerics":false,"decorations":{})",
        head.unix_time,
        counter,
        head.decorations
    );
}

}  // namespace

std::string calendar_time(std::int64_t unix_time) {
    return fmt::format(
        "{:%a %b %e %H:%M:%S %Y} UTC", fmt::gmtime(static_cast<std::time_t>(unix_time))
    );
}

std::string event_line(
    const LineHead& head,
    std::string_view query,
    std::uint64_t counter,
    std::string_view row,
    std::string_view action
) {
    std::string line = "{";
    append_head(line, head, query, counter);
    line += R"(,"columns":)";
    line += row;
    append_json_member(line, "action", action);
    return line + '}';
}

std::string batch_line(
    const LineHead& head,
    std::string_view query,
    std::uint64_t counter,
    const std::vector<std::string>& added,
    const std::vector<std::string>& removed
) {
    std::string line = R"({"diffResults":{"removed":)";
    append_list(line, removed);
    line += R"(,"added":)";
    append_list(line, added);
    line += '}';
    append_head(line, head, query, counter);
    return line + '}';
}

std::string snapshot_line(
    const LineHead& head, std::string_view query, const std::vector<std::string>& rows
) {
    std::string line = R"({"snapshot":)";
    append_list(line, rows);
    append_json_member(line, "action", "snapshot");
    append_head(line, head, query, 0);
    return line + '}';
}

std::string status_line(const LineHead& head, int severity, std::string_view message) {
    std::string line = "{";
    append_json_member(line, "hostIdentifier", head.host_identifier);
    append_json_member(line, "calendarTime", calendar_time(head.unix_time));
    line += fmt::format(
        R"(,"unixTime":{},"severity":{},"filename":"scheduler.cpp","line":129)",
        head.unix_time,
        severity
    );
    append_json_member(line, "message", message);
    append_json_member(line, "version", head.osquery_version);
    line += R"(,"decorations":)" + head.decorations;
    return line + '}';
}

std::string with_line_id(std::string_view row, std::string_view id) {
    std::string result{row.substr(0, row.size() - 1)};
    append_json_member(result, "line_id", id);
    return result + '}';
}

void LogQueue::push(LogLine line) {
    lines_.push_back(std::move(line));
    // Lines that are on their way must stay: an acknowledgement counts them.
    if (lines_.size() > kMaxLines && sent_ == 0) {
        lines_.pop_front();
        ++dropped_;
    }
}

std::string LogQueue::take(
    std::size_t limit, std::string_view log_type, std::string_view node_key
) {
    sent_ = std::min(limit, lines_.size());
    std::string body = R"({"data":[)";
    for (std::size_t i = 0; i < sent_; ++i) {
        if (i > 0) body += ',';
        body += lines_[i].json;
    }
    body += ']';
    append_json_member(body, "log_type", log_type);
    append_json_member(body, "node_key", node_key);
    return body + '}';
}

std::vector<std::string> LogQueue::acknowledged() {
    std::vector<std::string> ids;
    for (; sent_ > 0; --sent_) {
        if (!lines_.front().id.empty()) ids.push_back(std::move(lines_.front().id));
        lines_.pop_front();
    }
    return ids;
}

}  // namespace fleet::perf
