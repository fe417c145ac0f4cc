#include "fleet/live/host_result.hpp"

#include <charconv>

#include "live/json_text.hpp"

namespace fleet::live {
namespace {

std::optional<std::uint64_t> to_number(std::string_view text) {
    std::uint64_t value = 0;
    const auto [end, ec] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (ec != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return value;
}

// Old agents send counters as text.
std::uint64_t counter(std::string_view raw) {
    if (raw.size() > 1 && raw.front() == '"') raw = raw.substr(1, raw.size() - 2);
    return to_number(raw).value_or(0);
}

void append_host(std::string& out, const HostResult& result) {
    out += "{\"distributed_query_execution_id\":" + to_text(result.campaign);
    out += ",\"host\":{\"id\":" + to_text(result.host) + ",\"hostname\":";
    append_json_string(out, result.hostname);
    out += ",\"display_name\":";
    append_json_string(out, result.display_name);
    out += "}";
}

void append_rest(std::string& out, std::string_view rows, const HostResult& result) {
    out += ",\"rows\":";
    out += rows;
    out += ",\"stats\":";
    out += result.stats.empty() ? "null" : result.stats;
    if (!result.error.empty()) {
        out += ",\"error\":";
        append_json_string(out, result.error);
    }
}

bool read_host(std::string_view raw, HostResult& result) {
    const auto members = object_members(raw);
    if (!members) return false;
    for (const auto& [name, value] : *members) {
        if (name == "id") {
            const auto id = to_number(value);
            if (!id) return false;
            result.host = static_cast<HostId>(*id);
        } else if (name == "hostname") {
            result.hostname = decode_json_string(value).value_or("");
        } else if (name == "display_name") {
            result.display_name = decode_json_string(value).value_or("");
        }
    }
    return raw != "{}";
}

}  // namespace

HostResult to_result(const LiveAnswer& answer, Time now) {
    HostResult result{
        .campaign = answer.id,
        .host = answer.host,
        .hostname = answer.hostname,
        .display_name = answer.display_name,
        .error = answer.error,
        .answered_at = to_rfc3339(now),
    };
    if (auto rows = rewrite_rows(answer.rows_json)) {
        result.rows = std::move(rows->json);
        result.row_count = rows->count;
        result.output_size = rows->output_size;
    } else if (result.error.empty()) {
        result.error = "the host sent rows that are not valid JSON";
    }
    if (auto stats = clean_object(answer.stats_json); stats && *stats != "{}") {
        result.stats = std::move(*stats);
    }
    return result;
}

std::string to_payload(const HostResult& result) {
    std::string out;
    out.reserve(result.rows.size() + result.stats.size() + result.error.size() + 256);
    append_host(out, result);
    append_rest(out, result.rows, result);
    out += ",\"answered_at\":\"" + result.answered_at + "\"}";
    return out;
}

std::string to_short_payload(const HostResult& result, std::string_view error) {
    HostResult brief{
        .campaign = result.campaign,
        .host = result.host,
        .hostname = result.hostname,
        .display_name = result.display_name,
        .stats = result.stats,
        .error = result.error.empty() ? std::string{error} : result.error,
        .answered_at = result.answered_at,
    };
    return to_payload(brief);
}

std::optional<HostResult> parse_payload(std::string_view payload) {
    const auto members = object_members(payload);
    if (!members) return std::nullopt;
    HostResult result;
    bool has_host = false;
    for (const auto& [name, value] : *members) {
        if (name == "distributed_query_execution_id") {
            const auto id = to_number(value);
            if (!id) return std::nullopt;
            result.campaign = static_cast<CampaignId>(*id);
        } else if (name == "host") {
            has_host = read_host(value, result);
        } else if (name == "rows" && value != "null") {
            auto rows = rewrite_rows(value);
            if (!rows) return std::nullopt;
            result.rows = std::move(rows->json);
            result.row_count = rows->count;
            result.output_size = rows->output_size;
        } else if (name == "stats") {
            result.stats = clean_object(value).value_or("");
        } else if (name == "error" && value != "null") {
            result.error = decode_json_string(value).value_or("");
        } else if (name == "answered_at") {
            result.answered_at = decode_json_string(value).value_or("");
        }
    }
    if (!has_host) return std::nullopt;
    return result;
}

std::string to_client_message(const HostResult& result) {
    std::string extra = "\"host_hostname\":";
    append_json_string(extra, result.hostname);
    extra += ",\"host_display_name\":";
    append_json_string(extra, result.display_name);
    const auto rows = rewrite_rows(result.rows, extra);

    std::string out = R"({"type":"result","data":)";
    append_host(out, result);
    append_rest(out, rows ? std::string_view{rows->json} : "[]", result);
    out += "}}";
    return out;
}

AnswerStats to_answer_stats(const HostResult& result) {
    AnswerStats stats{.host = result.host, .output_size = result.output_size};
    const auto members = object_members(result.stats);
    if (!members) return stats;
    for (const auto& [name, value] : *members) {
        if (name == "wall_time_ms") stats.wall_time_ms = counter(value);
        if (name == "user_time") stats.user_time = counter(value);
        if (name == "system_time") stats.system_time = counter(value);
        if (name == "memory") stats.memory = counter(value);
    }
    return stats;
}

}  // namespace fleet::live
