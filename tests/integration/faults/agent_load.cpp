#include "integration/faults/agent_load.hpp"

#include <algorithm>
#include <cstdlib>
#include <nlohmann/json.hpp>

#include "support/wait.hpp"

namespace fleet::test {

namespace {

using nlohmann::json;
using std::chrono::milliseconds;

std::int64_t number_at_end(const std::string& text) {
    const auto dash = text.rfind('-');
    return dash == std::string::npos ? 0 : std::stoll(text.substr(dash + 1));
}

}  // namespace

AgentLoad::AgentLoad(
    Stack& stack, int hosts, std::string query_name, const std::optional<Endpoint>& endpoint
)
    : query_name_{std::move(query_name)} {
    for (int i = 0; i < hosts; ++i) {
        auto agent = endpoint ? stack.enrolled_at(*endpoint, "load") : stack.enrolled("load");
        hosts_.push_back(std::make_unique<Host>(std::move(agent)));
    }
}

AgentLoad::~AgentLoad() {
    stop();
}

void AgentLoad::start() {
    stop_ = false;
    for (auto& host : hosts_) {
        host->thread = std::thread{[this, &host] { run(*host); }};
    }
}

void AgentLoad::stop() {
    stop_ = true;
    for (auto& host : hosts_) {
        if (host->thread.joinable()) host->thread.join();
    }
}

std::vector<std::string> AgentLoad::wrong_answers() const {
    const std::lock_guard lock{mutex_};
    return wrong_;
}

void AgentLoad::run(Host& host) {
    while (!stop_) {
        try {
            round(host);
            ++rounds_;
        } catch (const NetworkError&) {
            ++failures_;
            std::this_thread::sleep_for(milliseconds{50});
        }
    }
}

void AgentLoad::round(Host& host) {
    auto& [log_lines, report, model, attempted] = host.promises;
    const auto number = ++attempted;
    const auto text = host.agent.machine().hostname + "-" + std::to_string(number);

    acknowledged(host.agent.config(), "config");
    acknowledged(host.agent.read(), "read");
    if (acknowledged(
            host.agent.log("result", json::array({event_line("load", {{"m", text}})})), "log"
        )) {
        log_lines.insert(text);
    }
    const auto snapshot = snapshot_line("pack/Global/" + query_name_, {{{"m", text}}}, number);
    if (acknowledged(host.agent.log("result", json::array({snapshot})), "report")) report = number;

    const std::string key = "fleet_detail_query_system_info";
    auto row = detail_rows(host.agent.machine(), "system_info")[0];
    row["hardware_model"] = text;
    const json body = {{"queries", {{key, json::array({row})}}}, {"statuses", {{key, 0}}}};
    if (acknowledged(host.agent.write(body), "write")) model = number;
}

bool AgentLoad::acknowledged(const Response& response, const char* operation) {
    const auto note = [&](const char* what) {
        const std::lock_guard lock{mutex_};
        wrong_.push_back(
            std::string{operation} + ": " + what + ": " + response.text().substr(0, 200)
        );
    };
    const auto body = json::parse(response.body, nullptr, false);
    if (!body.is_object()) {
        if (response.status == 200)
            note("success without a JSON object");
        else if (response.body.empty())
            note("an empty body reads as success");
        ++failures_;
        return false;
    }
    if (body.value("node_invalid", false)) note("told to enrol again");
    if (body.contains("error")) {
        if (response.status == 200) note("an error with status 200");
        ++failures_;
        return false;
    }
    if (response.status != 200) note("osqueryd would take this for success");
    if (operation == std::string_view{"config"} && !body.contains("options"))
        note("an empty configuration");
    return response.status == 200;
}

std::vector<std::string> lost_promises(
    Stack& stack, const AgentLoad& load, std::uint64_t query_id
) {
    std::vector<std::string> lost;
    std::set<std::string> logged;
    for (std::size_t i = 0; i < stack.servers(); ++i) {
        for (const auto& line : stack.server(i).result_lines()) {
            const auto parsed = json::parse(line, nullptr, false);
            if (!parsed.is_object() || parsed.value("name", "") != "load") continue;
            const auto text = parsed["columns"]["m"].get<std::string>();
            if (!logged.insert(text).second) lost.push_back("log line twice: " + text);
        }
    }
    auto admin = stack.admin();
    std::map<std::string, std::int64_t> reported;
    const auto report = admin.get("/queries/" + std::to_string(query_id) + "/report").json();
    for (const auto& result : report.at("results")) {
        const auto host = result.at("host_name").get<std::string>();
        const auto number = number_at_end(result.at("columns").at("m"));
        if (!reported.emplace(host, number).second) lost.push_back("report row twice: " + host);
    }
    for (std::size_t i = 0; i < load.size(); ++i) {
        const auto& name = load.machine(i).hostname;
        const auto& promised = load.promises(i);
        for (const auto& line : promised.log_lines) {
            if (!logged.contains(line)) lost.push_back("log line " + line);
        }
        if (reported[name] < promised.report) {
            lost.push_back(
                "report of " + name + ": has " + std::to_string(reported[name]) + ", promised " +
                std::to_string(promised.report)
            );
        }
        const auto host = admin.host(load.machine(i).uuid);
        const auto model = host.is_null() ? "none" : host.at("hardware_model").get<std::string>();
        if (number_at_end(model) < promised.model) {
            lost.push_back(
                "host " + name + ": has " + model + ", promised " + std::to_string(promised.model)
            );
        }
    }
    return lost;
}

std::chrono::seconds fault_time(std::chrono::seconds normally) {
    const char* text = std::getenv("FLEET_FAULT_SECONDS");
    return text == nullptr ? normally : std::max(normally, std::chrono::seconds{std::atol(text)});
}

}  // namespace fleet::test
