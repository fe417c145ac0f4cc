#include "support/fake_agent.hpp"

#include <nlohmann/json.hpp>

#include "support/gzip.hpp"
#include "support/wait.hpp"

namespace fleet::test {

namespace {

using nlohmann::json;

constexpr std::string_view kDetailPrefix = "fleet_detail_query_";

std::string platform_mask(const std::string& platform) {
    if (platform == "darwin") return "21";
    return platform == "windows" ? "2" : "9";
}

}  // namespace

FakeAgent::FakeAgent(
    const Endpoint& endpoint,
    Machine machine,
    std::string enroll_secret,
    HttpClient::Connections connections
)
    : http_{endpoint, connections},
      machine_{std::move(machine)},
      secret_{std::move(enroll_secret)} {}

Response FakeAgent::post(
    const std::string& operation, const std::string& body, const Headers& extra
) {
    Headers headers = {
        {"Content-Type", "application/json"},
        {"Accept", "application/json"},
        {"User-Agent", "osquery/" + machine_.osquery_version},
    };
    headers.insert(headers.end(), extra.begin(), extra.end());
    const std::string root = spelling_ == Spelling::v1 ? "/api/v1/osquery/" : "/api/osquery/";
    return http_.send(
        {.method = "POST", .target = root + operation, .headers = headers, .body = body}
    );
}

Response FakeAgent::call(const std::string& operation, const json& body) {
    json full = body;
    if (auth_ != Auth::header) full["node_key"] = node_key_;
    Headers extra;
    if (auth_ != Auth::body && !node_key_.empty())
        extra.emplace_back("Authorization", "NodeKey " + node_key_);
    return post(operation, full.dump(), extra);
}

json FakeAgent::enroll_body() const {
    return {
        {"enroll_secret", secret_},
        {"host_identifier", machine_.uuid},
        {"platform_type", platform_mask(machine_.platform)},
        {"host_details", host_details(machine_)}};
}

Response FakeAgent::enroll() {
    return enroll(enroll_body());
}

Response FakeAgent::enroll(const json& body) {
    auto response = post("enroll", body.dump());
    const auto answer = json::parse(response.body, nullptr, false);
    if (answer.is_object() && answer.contains("node_key")) node_key_ = answer["node_key"];
    return response;
}

Response FakeAgent::config() {
    return call("config", json::object());
}

Response FakeAgent::log(const std::string& type, const json& lines) {
    return call("log", {{"data", lines}, {"log_type", type}});
}

Response FakeAgent::log_gzip(const std::string& type, const json& lines) {
    const json body = {{"node_key", node_key_}, {"log_type", type}, {"data", lines}};
    return post(
        "log",
        gzip(body.dump()),
        {{"Authorization", "NodeKey " + node_key_}, {"Content-Encoding", "gzip"}}
    );
}

Response FakeAgent::read() {
    return call("distributed/read", json::object());
}

Response FakeAgent::write(const json& results) {
    return call("distributed/write", results);
}

Response FakeAgent::carve_begin(const json& request) {
    return call("carve/begin", request);
}

Response FakeAgent::carve_block(
    std::uint64_t block_id,
    const std::string& session_id,
    const std::string& request_id,
    const std::string& raw_block
) {
    // The order of the members is part of the wire format (agent-api A.8).
    nlohmann::ordered_json body;
    body["block_id"] = block_id;
    body["session_id"] = session_id;
    body["request_id"] = request_id;
    body["data"] = base64(raw_block);
    return post("carve/block", body.dump());
}

json FakeAgent::answer(const json& read_answer) const {
    json result = {
        {"queries", json::object()},
        {"statuses", json::object()},
        {"messages", json::object()},
        {"stats", json::object()}};
    for (const auto& [name, sql] : read_answer.at("queries").items()) {
        const bool is_detail = name.starts_with(kDetailPrefix);
        result["queries"][name] = is_detail
                                      ? detail_rows(machine_, name.substr(kDetailPrefix.size()))
                                      : json::array({{{"n", "1"}}});
        result["statuses"][name] = 0;
        result["messages"][name] = "";
        result["stats"][name] = {
            {"wall_time_ms", 3}, {"user_time", 1}, {"system_time", 1}, {"memory", 4096}};
    }
    return result;
}

json FakeAgent::check_in() {
    const auto asked = read().json();
    if (!asked.at("queries").empty()) {
        if (const auto response = write(answer(asked)); response.status != 200) {
            throw NetworkError("check-in refused: " + response.text());
        }
    }
    return asked;
}

std::string FakeAgent::await_query(const std::string& name, std::chrono::milliseconds limit) {
    std::string sql;
    eventually(
        [&] {
            const auto asked = read().json();
            if (!asked.contains("queries") || !asked["queries"].contains(name)) return false;
            sql = asked["queries"][name];
            return true;
        },
        limit
    );
    return sql;
}

json event_line(const std::string& query, const json& columns) {
    return {
        {"name", query},
        {"hostIdentifier", "somebody"},
        {"calendarTime", "Sun Nov 22 21:05:10 2026 UTC"},
        {"unixTime", 1795381510},
        {"epoch", 0},
        {"counter", 3},
        {"numerics", false},
        {"decorations", json::object()},
        {"columns", columns},
        {"action", "added"}};
}

json snapshot_line(const std::string& query, const json& rows, std::int64_t unix_time) {
    return {
        {"snapshot", rows},
        {"action", "snapshot"},
        {"name", query},
        {"hostIdentifier", "somebody"},
        {"calendarTime", "Sun Nov 22 21:05:10 2026 UTC"},
        {"unixTime", unix_time},
        {"epoch", 0},
        {"counter", 0},
        {"numerics", false},
        {"decorations", json::object()}};
}

json status_line(const std::string& message) {
    return {
        {"hostIdentifier", "somebody"},
        {"calendarTime", "Sun Nov 22 21:05:18 2026 UTC"},
        {"unixTime", 1795381518},
        {"severity", 2},
        {"filename", "scheduler.cpp"},
        {"line", 129},
        {"message", message},
        {"version", "5.23.1"},
        {"decorations", json::object()}};
}

}  // namespace fleet::test
