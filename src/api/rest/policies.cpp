#include "fleet/api/rest/policies.hpp"

#include "fleet/api/rest/paging.hpp"
#include "policy_fields.hpp"
#include "policy_json.hpp"

namespace fleet::api::rest {

struct PolicyListParams : PageParams {
    std::string platform{};
    static void fields(auto&& field) {
        page_fields<PolicyListParams>(field);
        field("platform", &PolicyListParams::platform, json::in_query);
    }
};

struct PolicyIdParams {
    PolicyId policy_id{};
    static void fields(auto&& field) {
        field("policy_id", &PolicyIdParams::policy_id, json::in_path);
    }
};

struct CreatePolicyRequest : PolicyBody {
    static void fields(auto&& field) {
        policy_fields<CreatePolicyRequest>(field);
        field("query_id", &CreatePolicyRequest::query_id);
    }
};

struct ModifyPolicyRequest : PolicyBody {
    PolicyId policy_id{};
    static void fields(auto&& field) {
        policy_fields<ModifyPolicyRequest>(field);
        field("policy_id", &ModifyPolicyRequest::policy_id, json::in_path);
    }
};

struct DeletePoliciesRequest {
    std::vector<PolicyId> ids{};
    static void fields(auto&& field) { field("ids", &DeletePoliciesRequest::ids); }
};

struct DeletedPoliciesDto {
    std::vector<PolicyId> deleted{};
    static void fields(auto&& field) {
        field("deleted", &DeletedPoliciesDto::deleted, json::omit_empty);
    }
};

struct PolicyCountDto {
    std::uint64_t count = 0;
    static void fields(auto&& field) { field("count", &PolicyCountDto::count); }
};

struct ResetAutomationsRequest {
    std::vector<PolicyId> policy_ids{};
    std::vector<TeamId> team_ids{};
    static void fields(auto&& field) {
        field("policy_ids", &ResetAutomationsRequest::policy_ids);
        field("team_ids", &ResetAutomationsRequest::team_ids);
    }
};

struct PolicyHistoryParams {
    PolicyId policy_id{};
    std::optional<std::uint64_t> team_id{};
    std::uint64_t days = 30;
    static void fields(auto&& field) {
        field("policy_id", &PolicyHistoryParams::policy_id, json::in_path);
        field("team_id", &PolicyHistoryParams::team_id, json::in_query);
        field("days", &PolicyHistoryParams::days, json::in_query);
    }
};

struct PolicySpecDto : PolicyBody {
    std::string team{};
    static void fields(auto&& field) {
        policy_fields<PolicySpecDto>(field);
        field("team", &PolicySpecDto::team);
    }
};

struct ApplyPoliciesRequest {
    std::vector<PolicySpecDto> specs{};
    bool dry_run = false;
    static void fields(auto&& field) {
        field("specs", &ApplyPoliciesRequest::specs);
        field("dry_run", &ApplyPoliciesRequest::dry_run, json::in_query);
    }
};

namespace {

struct DayDto : store::PolicyDay {
    static void fields(auto&& field) {
        field("day", &DayDto::day);
        field("passing", &DayDto::passing);
        field("failing", &DayDto::failing);
        field("no_answer", &DayDto::no_answer);
    }
};

Result<service::PolicyListRequest> to_request(const PolicyListParams& params) {
    service::PolicyListRequest out;
    FLEET_TRY(out.paging, to_paging(params));
    out.platform = params.platform;
    return out;
}

}  // namespace

std::span<const Row<PolicyApi>> PolicyApi::rows() {
    // Each spelling under its own versions (rest-api-b 1.1).
    constexpr RowOptions kOld{.versions = Versions::v1_only};
    constexpr RowOptions kNew{.versions = Versions::from_2022};
    constexpr RowOptions kSpecBody{.max_body = 25 << 20};
    using Api = PolicyApi;
    static constexpr Row<PolicyApi> kRows[] = {
        rest::get<&Api::list>("/global/policies", Who::user, "list_global_policies", kOld),
        rest::get<&Api::list>("/policies", Who::user, "list_policies", kNew),
        rest::get<&Api::count>("/policies/count", Who::user, "count_policies"),
        rest::get<&Api::get>(
            "/global/policies/{policy_id:uint}", Who::user, "get_global_policy", kOld
        ),
        rest::get<&Api::get>("/policies/{policy_id:uint}", Who::user, "get_policy", kNew),
        post<&Api::create>("/global/policies", Who::user, "create_global_policy", kOld),
        post<&Api::create>("/policies", Who::user, "create_policy", kNew),
        patch<&Api::modify>(
            "/global/policies/{policy_id:uint}", Who::user, "modify_global_policy", kOld
        ),
        patch<&Api::modify>("/policies/{policy_id:uint}", Who::user, "modify_policy", kNew),
        post<&Api::remove>("/global/policies/delete", Who::user, "delete_global_policies", kOld),
        post<&Api::remove>("/policies/delete", Who::user, "delete_policies", kNew),
        post<&Api::reset>("/policies/{policy_id:uint}/reset", Who::user, "reset_policy", kNew),
        rest::get<&Api::history>("/policies/{policy_id:uint}/history", Who::user, "policy_history"),
        post<&Api::reset_automations>("/automations/reset", Who::user, "reset_automations"),
        post<&Api::apply>("/spec/policies", Who::user, "apply_policy_specs", kSpecBody),
    };
    return kRows;
}

Result<json::Value> PolicyApi::list(const Viewer& viewer, const PolicyListParams& params) {
    FLEET_TRY(const service::PolicyListRequest request, to_request(params));
    FLEET_TRY(const auto policies, policies_.list(viewer, request));
    json::Value out = json::Value::object();
    // No key without policies (rest-api-b 9.5).
    for (const store::Policy& policy : policies)
        out["policies"].push_back(policy_json(policy, clock_.now()));
    return out;
}

Result<PolicyCountDto> PolicyApi::count(const Viewer& viewer, const PolicyListParams& params) {
    FLEET_TRY(const service::PolicyListRequest request, to_request(params));
    FLEET_TRY(const std::uint64_t count, policies_.count(viewer, request));
    return PolicyCountDto{count};
}

Result<json::Value> PolicyApi::get(const Viewer& viewer, const PolicyIdParams& params) {
    FLEET_TRY(const store::Policy policy, policies_.get(viewer, params.policy_id));
    return policy_answer(policy, clock_.now(), policies_.warnings(policy.fields));
}

Result<json::Value> PolicyApi::create(const Viewer& viewer, const CreatePolicyRequest& request) {
    FLEET_TRY(
        const store::Policy policy, policies_.create(viewer, std::nullopt, request.changes())
    );
    return policy_answer(policy, clock_.now(), policies_.warnings(policy.fields));
}

Result<json::Value> PolicyApi::modify(const Viewer& viewer, const ModifyPolicyRequest& request) {
    FLEET_TRY(
        const store::Policy policy,
        policies_.modify(viewer, std::nullopt, request.policy_id, request.changes())
    );
    return policy_answer(policy, clock_.now(), policies_.warnings(policy.fields));
}

Result<DeletedPoliciesDto> PolicyApi::remove(
    const Viewer& viewer, const DeletePoliciesRequest& request
) {
    FLEET_TRY(auto deleted, policies_.remove(viewer, std::nullopt, request.ids));
    return DeletedPoliciesDto{std::move(deleted)};
}

Result<Empty> PolicyApi::reset(const Viewer& viewer, const PolicyIdParams& params) {
    FLEET_CHECK(policies_.reset(viewer, params.policy_id));
    return Empty{};
}

Result<Empty> PolicyApi::reset_automations(
    const Viewer& viewer, const ResetAutomationsRequest& request
) {
    FLEET_CHECK(policies_.reset_automations(viewer, request.policy_ids, request.team_ids));
    return Empty{};
}

Result<json::Value> PolicyApi::history(const Viewer& viewer, const PolicyHistoryParams& params) {
    const auto team = params.team_id ? std::optional{TeamId{*params.team_id}} : std::nullopt;
    FLEET_TRY(
        const service::PolicyHistory history,
        policies_.history(viewer, params.policy_id, team, params.days)
    );
    json::Value out = json::Value::object();
    out["policy_id"] = raw(history.policy.id);
    out["team_id"] = json::encode(history.team);
    out["history"] = json::Value::array();
    for (const store::PolicyDay& day : history.days)
        out["history"].push_back(json::encode(DayDto{day}));
    return out;
}

Result<Empty> PolicyApi::apply(const Viewer& viewer, const ApplyPoliciesRequest& request) {
    std::vector<service::PolicySpec> specs;
    for (const PolicySpecDto& spec : request.specs)
        specs.push_back({spec.changes(), spec.team});
    const auto dry_run = request.dry_run ? service::DryRun::yes : service::DryRun::no;
    FLEET_CHECK(policies_.apply(viewer, specs, dry_run));
    return Empty{};
}

}  // namespace fleet::api::rest
