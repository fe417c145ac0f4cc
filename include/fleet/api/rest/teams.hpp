#pragma once

#include <span>

#include "fleet/api/rest/endpoint.hpp"
#include "fleet/service/host_service.hpp"
#include "fleet/service/team_service.hpp"

namespace fleet::api::rest {

struct TeamListParams;
struct TeamIdParams;
struct TeamBody;
struct TeamOptionsParams;
struct TeamMembersParams;
struct AddMembersBody;
struct RemoveMembersBody;
struct TeamSpecsParams;
struct TransferBody;
struct TransferFilterBody;

/// Teams (rest-api-a 12).
class TeamApi {
public:
    explicit TeamApi(service::TeamService& teams) : teams_{teams} {}

    static std::span<const Row<TeamApi>> rows();

    Result<json::Value> list(const Viewer& viewer, const TeamListParams& params);
    Result<json::Value> get(const Viewer& viewer, const TeamIdParams& params);
    Result<json::Value> create(const Viewer& viewer, const TeamBody& body);
    Result<json::Value> modify(const Viewer& viewer, const TeamBody& body);
    Result<Empty> remove(const Viewer& viewer, const TeamIdParams& params);
    Result<json::Value> set_agent_options(const Call& call, const TeamOptionsParams& params);
    Result<json::Value> members(const Viewer& viewer, const TeamMembersParams& params);
    Result<json::Value> add_members(const Viewer& viewer, const AddMembersBody& body);
    Result<json::Value> remove_members(const Viewer& viewer, const RemoveMembersBody& body);
    Result<json::Value> apply(const Call& call, const TeamSpecsParams& params);

private:
    service::TeamService& teams_;
};

/// Moving hosts between teams (rest-api-a 13.9 and 13.10).
class HostTransferApi {
public:
    explicit HostTransferApi(service::HostService& hosts) : hosts_{hosts} {}

    static std::span<const Row<HostTransferApi>> rows();

    Result<Empty> by_id(const Viewer& viewer, const TransferBody& body);
    Result<Empty> by_filter(const Viewer& viewer, const TransferFilterBody& body);

private:
    service::HostService& hosts_;
};

}  // namespace fleet::api::rest
