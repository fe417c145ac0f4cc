#pragma once

#include <span>

#include "fleet/api/rest/endpoint.hpp"
#include "fleet/service/query_service.hpp"

namespace fleet::api::rest {

struct GlobalScheduleParams;
struct TeamScheduleParams;
struct ScheduleIdParams;
struct TeamScheduleIdParams;
struct GlobalScheduleRequest;
struct TeamScheduleRequest;
struct ModifyGlobalScheduleRequest;
struct ModifyTeamScheduleRequest;

/// The schedules of everybody and of teams as clients of old know them: views of saved queries
/// with an interval (rest-api-a 17.5 and 17.6).
class ScheduleApi {
public:
    explicit ScheduleApi(service::QueryService& queries) : queries_{queries} {}

    static std::span<const Row<ScheduleApi>> rows();

    Result<json::Value> list(const Viewer& viewer, const GlobalScheduleParams& params);
    Result<json::Value> add(const Viewer& viewer, const GlobalScheduleRequest& request);
    Result<json::Value> modify(const Viewer& viewer, const ModifyGlobalScheduleRequest& request);
    Result<Empty> remove(const Viewer& viewer, const ScheduleIdParams& params);

    Result<json::Value> list_of_team(const Viewer& viewer, const TeamScheduleParams& params);
    Result<json::Value> add_to_team(const Viewer& viewer, const TeamScheduleRequest& request);
    Result<json::Value> modify_in_team(
        const Viewer& viewer, const ModifyTeamScheduleRequest& request
    );
    Result<Empty> remove_from_team(const Viewer& viewer, const TeamScheduleIdParams& params);

private:
    service::QueryService& queries_;
};

}  // namespace fleet::api::rest
