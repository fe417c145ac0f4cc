#pragma once

#include <optional>
#include <string>

#include "fleet/core/json.hpp"
#include "fleet/store/query_store.hpp"

namespace fleet::api::rest {

/// The body that puts a query on a schedule (rest-api-a 17.3); what may be null tells apart "not
/// sent" and "sent as null".
struct ScheduleBody {
    std::optional<QueryId> query_id{};
    std::optional<std::uint32_t> interval{};
    json::Patch<bool> snapshot{}, removed{}, denylist{};
    json::Patch<std::uint32_t> shard{};
    json::Patch<std::string> platform{}, version{};
};

template <class Dto>
void schedule_fields(auto&& field) {
    field("query_id", &Dto::query_id);
    field("interval", &Dto::interval);
    field("snapshot", &Dto::snapshot);
    field("removed", &Dto::removed);
    field("denylist", &Dto::denylist);
    field("shard", &Dto::shard);
    field("platform", &Dto::platform);
    field("version", &Dto::version);
}

inline json::Value stats_json(const store::QueryStats& stats) {
    json::Value out = json::Value::object();
    out["system_time_p50"] = json::encode(stats.system_time_p50);
    out["system_time_p95"] = json::encode(stats.system_time_p95);
    out["user_time_p50"] = json::encode(stats.user_time_p50);
    out["user_time_p95"] = json::encode(stats.user_time_p95);
    out["total_executions"] = json::encode(stats.total_executions);
    return out;
}

}  // namespace fleet::api::rest
