#include "fleet/api/rest/team_policies.hpp"

#include <array>

#include "fleet/api/rest/paging.hpp"
#include "policy_fields.hpp"
#include "policy_json.hpp"

namespace fleet::api::rest {

struct TeamPolicyListParams : PageParams {
    TeamId team_id{};
    bool merge_inherited = false;
    std::string platform{}, automation_type{};
    std::optional<std::string> inherited_page{}, inherited_per_page{};
    std::optional<std::string> inherited_order_key{}, inherited_order_direction{};
    static void fields(auto&& field) {
        using Self = TeamPolicyListParams;
        page_fields<Self>(field);
        field("team_id", &Self::team_id, json::in_path);
        field("merge_inherited", &Self::merge_inherited, json::in_query);
        field("platform", &Self::platform, json::in_query);
        field("automation_type", &Self::automation_type, json::in_query);
        field("inherited_page", &Self::inherited_page, json::in_query);
        field("inherited_per_page", &Self::inherited_per_page, json::in_query);
        field("inherited_order_key", &Self::inherited_order_key, json::in_query);
        field("inherited_order_direction", &Self::inherited_order_direction, json::in_query);
    }
};

struct TeamPolicyParams {
    TeamId team_id{};
    PolicyId policy_id{};
    static void fields(auto&& field) {
        field("team_id", &TeamPolicyParams::team_id, json::in_path);
        field("policy_id", &TeamPolicyParams::policy_id, json::in_path);
    }
};

struct CreateTeamPolicyRequest : PolicyBody {
    TeamId team_id{};
    static void fields(auto&& field) {
        policy_fields<CreateTeamPolicyRequest>(field);
        field("query_id", &CreateTeamPolicyRequest::query_id);
        field("team_id", &CreateTeamPolicyRequest::team_id, json::in_path);
    }
};

struct ModifyTeamPolicyRequest : PolicyBody {
    TeamId team_id{};
    PolicyId policy_id{};
    static void fields(auto&& field) {
        policy_fields<ModifyTeamPolicyRequest>(field);
        field("team_id", &ModifyTeamPolicyRequest::team_id, json::in_path);
        field("policy_id", &ModifyTeamPolicyRequest::policy_id, json::in_path);
    }
};

struct DeleteTeamPoliciesRequest {
    TeamId team_id{};
    std::vector<PolicyId> ids{};
    static void fields(auto&& field) {
        field("ids", &DeleteTeamPoliciesRequest::ids);
        field("team_id", &DeleteTeamPoliciesRequest::team_id, json::in_path);
    }
};

namespace {

using Automation = store::PolicyAutomation;

constexpr std::array kAutomations{
    std::pair{std::string_view{"software"}, Automation::software},
    std::pair{std::string_view{"scripts"}, Automation::scripts},
    std::pair{std::string_view{"calendar"}, Automation::calendar},
    std::pair{std::string_view{"conditional_access"}, Automation::conditional_access},
    std::pair{std::string_view{"other"}, Automation::other},
};

Result<std::optional<Automation>> to_automation(const std::string& text) {
    if (text.empty()) return std::optional<Automation>{};
    for (const auto& [name, automation] : kAutomations) {
        if (name == text) return std::optional{automation};
    }
    return fail(Error::bad_request(
        "invalid automation_type \"" + text +
        "\": use software, scripts, calendar, conditional_access or other"
    ));
}

Result<service::PolicyListRequest> to_request(const TeamPolicyListParams& params) {
    service::PolicyListRequest out;
    out.team = params.team_id;
    out.merge_inherited = params.merge_inherited;
    out.platform = params.platform;
    FLEET_TRY(out.automation, to_automation(params.automation_type));
    FLEET_TRY(out.paging, to_paging(params));
    PageParams inherited;
    inherited.page = params.inherited_page;
    inherited.per_page = params.inherited_per_page;
    inherited.order_key = params.inherited_order_key;
    inherited.order_direction = params.inherited_order_direction;
    FLEET_TRY(out.inherited, to_paging(inherited));
    return out;
}

}  // namespace

std::span<const Row<TeamPolicyApi>> TeamPolicyApi::rows() {
    using Api = TeamPolicyApi;
    // The oldest spelling, in the singular; it has no PATCH (rest-api-b 1.2).
    static constexpr Row<TeamPolicyApi> kRows[] = {
        rest::get<&Api::list>("/fleets/{team_id:uint}/policies", Who::user, "list_team_policies"),
        rest::get<&Api::list>("/team/{team_id:uint}/policies", Who::user, "list_team_policies_old"),
        rest::get<&Api::count>(
            "/fleets/{team_id:uint}/policies/count", Who::user, "count_team_policies"
        ),
        rest::get<&Api::count>(
            "/team/{team_id:uint}/policies/count", Who::user, "count_team_policies_old"
        ),
        rest::get<&Api::get>(
            "/fleets/{team_id:uint}/policies/{policy_id:uint}", Who::user, "get_team_policy"
        ),
        rest::get<&Api::get>(
            "/team/{team_id:uint}/policies/{policy_id:uint}", Who::user, "get_team_policy_old"
        ),
        post<&Api::create>("/fleets/{team_id:uint}/policies", Who::user, "create_team_policy"),
        post<&Api::create>("/team/{team_id:uint}/policies", Who::user, "create_team_policy_old"),
        patch<&Api::modify>(
            "/fleets/{team_id:uint}/policies/{policy_id:uint}", Who::user, "modify_team_policy"
        ),
        post<&Api::remove>(
            "/fleets/{team_id:uint}/policies/delete", Who::user, "delete_team_policies"
        ),
        post<&Api::remove>(
            "/team/{team_id:uint}/policies/delete", Who::user, "delete_team_policies_old"
        ),
    };
    return kRows;
}

Result<json::Value> TeamPolicyApi::list(const Viewer& viewer, const TeamPolicyListParams& params) {
    FLEET_TRY(const service::PolicyListRequest request, to_request(params));
    FLEET_TRY(const service::TeamPolicies found, policies_.list_team(viewer, request));
    json::Value out = json::Value::object();
    const Time now = clock_.now();
    // Neither key without policies (rest-api-b 9.5).
    for (const store::Policy& policy : found.policies)
        out["policies"].push_back(policy_json(policy, now));
    for (const store::Policy& policy : found.inherited)
        out["inherited_policies"].push_back(policy_json(policy, now));
    return out;
}

Result<json::Value> TeamPolicyApi::count(const Viewer& viewer, const TeamPolicyListParams& params) {
    FLEET_TRY(const service::PolicyListRequest request, to_request(params));
    FLEET_TRY(const service::TeamPolicyCounts counts, policies_.count_team(viewer, request));
    return json::Value{{"count", counts.count}, {"inherited_policy_count", counts.inherited}};
}

Result<json::Value> TeamPolicyApi::get(const Viewer& viewer, const TeamPolicyParams& params) {
    FLEET_TRY(
        const store::Policy policy, policies_.get_of_team(viewer, params.team_id, params.policy_id)
    );
    return policy_answer(policy, clock_.now(), policies_.warnings(policy.fields));
}

Result<json::Value> TeamPolicyApi::create(
    const Viewer& viewer, const CreateTeamPolicyRequest& request
) {
    FLEET_TRY(
        const store::Policy policy, policies_.create(viewer, request.team_id, request.changes())
    );
    return policy_answer(policy, clock_.now(), policies_.warnings(policy.fields));
}

Result<json::Value> TeamPolicyApi::modify(
    const Viewer& viewer, const ModifyTeamPolicyRequest& request
) {
    FLEET_TRY(
        const store::Policy policy,
        policies_.modify(viewer, request.team_id, request.policy_id, request.changes())
    );
    return policy_answer(policy, clock_.now(), policies_.warnings(policy.fields));
}

Result<json::Value> TeamPolicyApi::remove(
    const Viewer& viewer, const DeleteTeamPoliciesRequest& request
) {
    FLEET_TRY(const auto deleted, policies_.remove(viewer, request.team_id, request.ids));
    json::Value out = json::Value::object();
    for (const PolicyId id : deleted)
        out["deleted"].push_back(raw(id));
    return out;
}

}  // namespace fleet::api::rest
