#pragma once

#include <span>

#include "fleet/api/rest/endpoint.hpp"
#include "fleet/service/policy_service.hpp"

namespace fleet::api::rest {

struct TeamPolicyListParams;
struct TeamPolicyParams;
struct CreateTeamPolicyRequest;
struct ModifyTeamPolicyRequest;
struct DeleteTeamPoliciesRequest;

/// Policies of a team, or of the hosts of none (team 0) (rest-api-b 4).
class TeamPolicyApi {
public:
    TeamPolicyApi(service::PolicyService& policies, const Clock& clock)
        : policies_{policies}, clock_{clock} {}

    static std::span<const Row<TeamPolicyApi>> rows();

    Result<json::Value> list(const Viewer& viewer, const TeamPolicyListParams& params);
    Result<json::Value> count(const Viewer& viewer, const TeamPolicyListParams& params);
    Result<json::Value> get(const Viewer& viewer, const TeamPolicyParams& params);
    Result<json::Value> create(const Viewer& viewer, const CreateTeamPolicyRequest& request);
    Result<json::Value> modify(const Viewer& viewer, const ModifyTeamPolicyRequest& request);
    Result<json::Value> remove(const Viewer& viewer, const DeleteTeamPoliciesRequest& request);

private:
    service::PolicyService& policies_;
    const Clock& clock_;
};

}  // namespace fleet::api::rest
