#include "account_json.hpp"

namespace fleet::api::rest {
namespace {

json::Value settings_of(const User& user) {
    json::Value settings = json::Value::parse(user.settings, nullptr, false);
    if (!settings.is_object() || settings.empty()) {
        settings = json::Value::object();
        settings["hidden_host_columns"] = json::Value::array();
    }
    return settings;
}

}  // namespace

std::vector<service::RequestedTeamRole> to_roles(const std::vector<TeamRoleBody>& teams) {
    std::vector<service::RequestedTeamRole> out;
    for (const TeamRoleBody& team : teams)
        out.push_back({.team = team.id, .role = team.role});
    return out;
}

std::vector<UserTeam> to_user_teams(const std::vector<TeamRole>& teams) {
    std::vector<UserTeam> out;
    for (const TeamRole& team : teams) {
        UserTeam member;
        member.id = team.team;
        member.name = team.team_name;
        member.role = to_text(team.role);
        out.push_back(std::move(member));
    }
    return out;
}

UserAnswer to_answer(const User& user) {
    UserAnswer out;
    out.created_at = user.created_at;
    out.updated_at = user.updated_at;
    out.id = user.id;
    out.name = user.name;
    out.email = user.email;
    out.force_password_reset = user.force_password_reset;
    out.gravatar_url = user.gravatar_url;
    out.position = user.position;
    out.sso_enabled = user.sso_enabled;
    out.mfa_enabled = user.mfa_enabled;
    if (user.global_role) out.global_role = std::string{to_text(*user.global_role)};
    out.api_only = user.api_only;
    out.teams = to_user_teams(user.teams);
    if (user.api_endpoints) {
        for (const ApiEndpoint& endpoint : *user.api_endpoints)
            out.api_endpoints.push_back({.method = endpoint.method, .path = endpoint.path});
    }
    return out;
}

std::vector<AvailableTeam> to_available(const std::vector<Team>& teams) {
    std::vector<AvailableTeam> out;
    for (const Team& team : teams)
        out.push_back({.id = team.id, .name = team.name, .description = team.description});
    return out;
}

Me to_me(const User& user, const std::vector<Team>& available, const MeParams& params) {
    Me out;
    out.user = to_answer(user);
    out.available_teams = to_available(available);
    if (params.include_ui_settings) out.settings = settings_of(user);
    return out;
}

}  // namespace fleet::api::rest
