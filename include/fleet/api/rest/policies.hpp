#pragma once

#include <span>

#include "fleet/api/rest/endpoint.hpp"
#include "fleet/service/policy_service.hpp"

namespace fleet::api::rest {

struct PolicyListParams;
struct PolicyIdParams;
struct CreatePolicyRequest;
struct ModifyPolicyRequest;
struct DeletePoliciesRequest;
struct ResetAutomationsRequest;
struct PolicyHistoryParams;
struct ApplyPoliciesRequest;
struct DeletedPoliciesDto;
struct PolicyCountDto;

/// Policies for all hosts, and what is the same for all policies (rest-api-b 4).
class PolicyApi {
public:
    PolicyApi(service::PolicyService& policies, const Clock& clock)
        : policies_{policies}, clock_{clock} {}

    static std::span<const Row<PolicyApi>> rows();

    Result<json::Value> list(const Viewer& viewer, const PolicyListParams& params);
    Result<PolicyCountDto> count(const Viewer& viewer, const PolicyListParams& params);
    Result<json::Value> get(const Viewer& viewer, const PolicyIdParams& params);
    Result<json::Value> create(const Viewer& viewer, const CreatePolicyRequest& request);
    Result<json::Value> modify(const Viewer& viewer, const ModifyPolicyRequest& request);
    Result<DeletedPoliciesDto> remove(const Viewer& viewer, const DeletePoliciesRequest& request);
    Result<Empty> reset(const Viewer& viewer, const PolicyIdParams& params);
    Result<Empty> reset_automations(const Viewer& viewer, const ResetAutomationsRequest& request);
    Result<json::Value> history(const Viewer& viewer, const PolicyHistoryParams& params);
    Result<Empty> apply(const Viewer& viewer, const ApplyPoliciesRequest& request);

private:
    service::PolicyService& policies_;
    const Clock& clock_;
};

}  // namespace fleet::api::rest
