#include "fleet/service/operations.hpp"

#include "fleet/core/log.hpp"
#include "fleet/core/roles.hpp"
#include "fleet/store/migrations.hpp"

namespace fleet::service {
namespace {

/// "a, b, and c"
std::string listed(const std::vector<std::string>& names) {
    std::string out;
    for (std::size_t i = 0; i < names.size(); ++i) {
        if (i > 0) out += i + 1 == names.size() ? ", and " : ", ";
        out += names[i];
    }
    return out;
}

json::Value rows_json(const std::vector<store::DebugRow>& rows) {
    json::Value out = json::Value::array();
    for (const store::DebugRow& row : rows) {
        json::Value one = json::Value::object();
        for (const auto& [name, value] : row)
            one[name] = value ? json::Value(*value) : json::Value(nullptr);
        out.push_back(std::move(one));
    }
    return out;
}

}  // namespace

Result<> Operations::trigger(const Viewer& viewer, const std::string& name) {
    FLEET_CHECK(authorize(viewer, Action::trigger_job, Object::global()));
    if (name.empty()) return fail(Error::bad_request("Param name is required"));
    const TriggerOutcome outcome = deps_.jobs.trigger(name);
    if (outcome.kind == TriggerOutcome::Kind::unknown) {
        Error error = Error::not_found("Job", name);
        error.fields.front().reason =
            "invalid name; supported trigger names are " + listed(deps_.jobs.trigger_names());
        return fail(std::move(error));
    }
    if (outcome.kind == TriggerOutcome::Kind::running) {
        Error error = Error::conflict("Job", "name");
        error.message = "Conflict";
        error.fields.front() = {
            "base",
            "conflicts with current status of " + name + " schedule: scheduled run of " +
                outcome.job + " started " + std::to_string(outcome.since.count()) + "s ago"};
        return fail(std::move(error));
    }
    return {};
}

Result<json::Value> Operations::errors(const Viewer& viewer, Flush flush) {
    FLEET_CHECK(authorize(viewer, Action::debug, Object::global()));
    json::Value out = json::Value::array();
    for (const log::LoggedError& error : log::logged_errors()) {
        json::Value data{{"timestamp", error.last_at}};
        for (const auto& [name, value] : error.fields)
            data[name] = value;
        json::Value link{
            {"message", error.message}, {"data", std::move(data)}, {"stack", json::Value::array()}};
        out.push_back(
            {{"count", std::to_string(error.count)},
             {"chain", json::Value::array({std::move(link)})}}
        );
    }
    if (flush == Flush::yes) log::clear_logged_errors();
    return out;
}

Result<json::Value> Operations::database(const Viewer& viewer, const std::string& key) {
    FLEET_CHECK(authorize(viewer, Action::debug, Object::global()));
    try {
        if (key == "locks") return rows_json(deps_.debug.transactions());
        if (key == "innodb-status") return json::Value(deps_.debug.innodb_status());
        if (key == "process-list") return rows_json(deps_.debug.processes());
    } catch (const store::DbError& error) {
        // The account may lack the right to look; that is worth saying, and no failure of ours.
        return fail(Error::unavailable(error.what()));
    }
    return fail(Error::not_found("Debug information", key));
}

Result<json::Value> Operations::migrations(const Viewer& viewer) {
    FLEET_CHECK(authorize(viewer, Action::debug, Object::global()));
    const store::MigrationState state = store::migration_state(deps_.db);
    const bool complete = state.missing.empty() && state.unknown.empty() && state.changed.empty();
    return json::Value{
        {"status", complete ? "all migrations completed" : "migrations differ"},
        {"applied", state.applied},
        {"missing", state.missing},
        {"unknown", state.unknown},
        {"changed", state.changed}};
}

}  // namespace fleet::service
