#include "perf/agent/work.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>

#include "perf/text.hpp"

namespace fleet::perf {
namespace {

using Json = nlohmann::json;

/// Reads name -> SQL; false when an entry is not a non-empty string.
bool read_queries(const Json& object, std::vector<std::pair<std::string, std::string>>& out) {
    for (const auto& [name, sql] : object.items()) {
        if (name.empty() || !sql.is_string() || sql.get_ref<const std::string&>().empty())
            return false;
        out.emplace_back(name, sql.get<std::string>());
    }
    return true;
}

}  // namespace

Work read_work(const Json& document) {
    Work work;
    const auto queries = document.find("queries");
    const auto discovery = document.find("discovery");
    if (queries == document.end() || !queries->is_object()) {
        work.problems.emplace_back("no object 'queries'");
    } else if (!read_queries(*queries, work.queries)) {
        work.usable = false;
        work.problems.emplace_back("'queries' has an entry that is not a non-empty string");
    }
    if (discovery == document.end() || !discovery->is_object()) {
        work.problems.emplace_back("no object 'discovery'");
    } else if (!read_queries(*discovery, work.discovery)) {
        work.usable = false;
        work.problems.emplace_back("'discovery' has an entry that is not a non-empty string");
    } else {
        for (const auto& [name, sql] : work.queries) {
            // osquery before 5.8 skips queries without an entry.
            if (!discovery->contains(name))
                work.problems.push_back("no discovery entry for " + name);
        }
    }
    const auto accelerate = document.find("accelerate");
    if (accelerate != document.end()) {
        if (accelerate->is_number_integer())
            work.accelerate = accelerate->get<int>();
        else
            work.problems.emplace_back("'accelerate' is not an integer");
    }
    std::sort(work.queries.begin(), work.queries.end());
    return work;
}

std::optional<std::vector<WorkResult>> run_work(
    const Work& work, Engine::Batch& batch, const Instead& instead
) {
    std::map<std::string, bool> allowed;
    // Most entries are the same "SELECT 1": run each text once.
    std::map<std::string, bool> known;
    for (const auto& [name, sql] : work.discovery) {
        auto found = known.find(sql);
        if (found == known.end()) {
            const auto outcome = batch.run(sql);
            if (!outcome.ok()) return std::nullopt;
            found = known.emplace(sql, !outcome.rows.empty()).first;
        }
        allowed[name] = found->second;
    }
    std::vector<WorkResult> results;
    for (const auto& [name, sql] : work.queries) {
        const auto found = allowed.find(name);
        if (found != allowed.end() && !found->second) continue;
        auto outcome = instead ? instead(name) : std::nullopt;
        results.push_back({name, outcome ? *std::move(outcome) : batch.run(sql)});
    }
    return results;
}

std::string write_body(const std::vector<WorkResult>& results, std::string_view node_key) {
    std::string body = R"({"queries":{)";
    for (const auto& result : results) {
        append_json_name(body, result.name);
        body += '[';
        for (const auto& row : result.outcome.rows) {
            if (body.back() != '[') body += ',';
            body += row;
        }
        body += ']';
    }
    body += R"(},"statuses":{)";
    for (const auto& result : results) {
        append_json_name(body, result.name);
        body += std::to_string(result.outcome.status);
    }
    body += R"(},"messages":{)";
    for (const auto& result : results)
        append_json_member(body, result.name, result.outcome.message);
    body += R"(},"stats":{)";
    for (const auto& result : results) {
        append_json_name(body, result.name);
        const auto micros = result.outcome.wall.count();
        body += fmt::format(
            R"({{"wall_time_ms":{},"user_time":{},"system_time":{},"memory":{}}})",
            micros / 1000,
            micros / 1500,
            micros / 3000,
            32768 + 128 * result.outcome.rows.size()
        );
    }
    body += R"(},"node_key":)";
    append_json_string(body, node_key);
    body += '}';
    return body;
}

}  // namespace fleet::perf
