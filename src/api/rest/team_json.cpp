#include "team_json.hpp"

#include "account_json.hpp"
#include "enroll_secret_json.hpp"

namespace fleet::api::rest {

json::Value member_json(const User& user, TeamId team) {
    json::Value out = json::encode(to_answer(user));
    for (const TeamRole& role : user.teams) {
        if (role.team == team) out["role"] = std::string{to_text(role.role)};
    }
    return out;
}

json::Value team_json(const service::TeamView& view) {
    const Team& team = view.team;
    json::Value out = json::Value::object();
    out["id"] = raw(team.id);
    if (team.id == kNoTeam) {
        out["name"] = team.name;
        out.update(view.config);
        return out;
    }
    out["created_at"] = to_rfc3339(team.created_at);
    out["name"] = team.name;
    out["description"] = team.description;
    if (view.config.contains("agent_options") && !view.config["agent_options"].is_null()) {
        out["agent_options"] = view.config["agent_options"];
    }
    for (const auto& [key, value] : view.config.items()) {
        if (key != "agent_options" && key != "gitops_filename") out[key] = value;
    }
    out["user_count"] = team.user_count;
    out["host_count"] = team.host_count;
    if (view.users) {
        out["users"] = json::Value::array();
        for (const User& user : *view.users)
            out["users"].push_back(member_json(user, team.id));
    }
    if (view.secrets) out["secrets"] = json::encode(to_items(*view.secrets));
    return out;
}

}  // namespace fleet::api::rest
