#include "policy_json.hpp"

namespace fleet::api::rest {
namespace {

struct LabelRefDto : store::LabelRef {
    static void fields(auto&& field) {
        field("id", &LabelRefDto::id);
        field("name", &LabelRefDto::name);
    }
};

std::vector<LabelRefDto> to_dtos(const std::vector<store::LabelRef>& labels) {
    std::vector<LabelRefDto> out;
    for (const store::LabelRef& label : labels)
        out.push_back({label});
    return out;
}

struct PolicyDto {
    PolicyId id{};
    std::string name{}, query{};
    bool critical = false;
    std::string description{};
    std::optional<UserId> author_id{};
    std::string author_name{}, author_email{};
    std::optional<TeamId> team_id{};
    std::optional<std::string> resolution{};
    std::string platform{};
    std::vector<LabelRefDto> labels_include_any{}, labels_include_all{};
    std::vector<LabelRefDto> labels_exclude_any{}, labels_exclude_all{};
    bool calendar_events_enabled = false, conditional_access_enabled = false;
    std::string type = "dynamic";
    bool continuous_automations_enabled = false, fleet_maintained = false;
    Time created_at{}, updated_at{};

    static void fields(auto&& field) {
        field("id", &PolicyDto::id);
        field("name", &PolicyDto::name);
        field("query", &PolicyDto::query);
        field("critical", &PolicyDto::critical);
        field("description", &PolicyDto::description);
        field("author_id", &PolicyDto::author_id);
        field("author_name", &PolicyDto::author_name);
        field("author_email", &PolicyDto::author_email);
        field("team_id", &PolicyDto::team_id);
        field("fleet_id", &PolicyDto::team_id);
        field("platform", &PolicyDto::platform);
        field("labels_include_any", &PolicyDto::labels_include_any, json::omit_empty);
        field("labels_include_all", &PolicyDto::labels_include_all, json::omit_empty);
        field("labels_exclude_any", &PolicyDto::labels_exclude_any, json::omit_empty);
        field("labels_exclude_all", &PolicyDto::labels_exclude_all, json::omit_empty);
        field("calendar_events_enabled", &PolicyDto::calendar_events_enabled);
        field("conditional_access_enabled", &PolicyDto::conditional_access_enabled);
        field("type", &PolicyDto::type);
        field("continuous_automations_enabled", &PolicyDto::continuous_automations_enabled);
        field("fleet_maintained", &PolicyDto::fleet_maintained);
        field("created_at", &PolicyDto::created_at);
        field("updated_at", &PolicyDto::updated_at);
    }
};

json::Value without_counts(const store::Policy& policy) {
    const store::PolicyFields& f = policy.fields;
    PolicyDto out;
    out.id = policy.id;
    out.name = f.name;
    out.query = f.sql;
    out.critical = f.critical;
    out.description = f.description;
    out.author_id = policy.author.id;
    out.author_name = policy.author.name;
    out.author_email = policy.author.email;
    out.team_id = policy.team;
    out.platform = f.platform;
    out.labels_include_any = to_dtos(f.labels.include_any);
    out.labels_include_all = to_dtos(f.labels.include_all);
    out.labels_exclude_any = to_dtos(f.labels.exclude_any);
    out.labels_exclude_all = to_dtos(f.labels.exclude_all);
    out.calendar_events_enabled = f.calendar_events;
    out.conditional_access_enabled = f.conditional_access;
    out.continuous_automations_enabled = f.continuous_automations;
    out.created_at = policy.created_at;
    out.updated_at = policy.updated_at;
    json::Value value = json::encode(out);
    if (f.resolution) value["resolution"] = *f.resolution;  // "" is told, none is not
    return value;
}

}  // namespace

json::Value policy_json(const store::Policy& policy, Time now) {
    json::Value out = without_counts(policy);
    out["passing_host_count"] = policy.passing;
    out["failing_host_count"] = policy.failing;
    // Counts move with every answer; before the first one there is nothing to tell.
    out["host_count_updated_at"] = policy.counted ? json::encode(now) : json::Value(nullptr);
    return out;
}

json::Value policy_answer(
    const store::Policy& policy, Time now, const std::vector<std::string>& warnings
) {
    json::Value object = policy_json(policy, now);
    object["warnings"] = warnings;
    return json::Value{{"policy", std::move(object)}};
}

json::Value host_policy_json(const store::HostPolicy& policy) {
    json::Value out = without_counts(*policy.policy);
    const bool passes = policy.answer == PolicyAnswer::pass;
    out["response"] = policy.answer == PolicyAnswer::none ? "" : passes ? "pass" : "fail";
    return out;
}

json::Value host_policies_json(const std::vector<store::HostPolicy>& policies) {
    json::Value out = json::Value::array();
    for (const store::HostPolicy& policy : policies)
        out.push_back(host_policy_json(policy));
    return out;
}

}  // namespace fleet::api::rest
