#include "account_activities.hpp"

#include <algorithm>

#include "fleet/core/json.hpp"

namespace fleet::service {
namespace {

json::Value details_of(const User& user) {
    return {{"user_id", raw(user.id)}, {"user_name", user.name}, {"user_email", user.email}};
}

json::Value with_role(const User& user, Role role) {
    json::Value details = details_of(user);
    details["role"] = std::string{to_text(role)};
    return details;
}

json::Value with_team(const User& user, const TeamRole& team) {
    json::Value details = with_role(user, team.role);
    details["team_id"] = raw(team.team);
    details["team_name"] = team.team_name;
    return details;
}

const TeamRole* role_on(const User& user, TeamId team) {
    const auto found = std::find_if(user.teams.begin(), user.teams.end(), [&](const auto& t) {
        return t.team == team;
    });
    return found == user.teams.end() ? nullptr : &*found;
}

}  // namespace

namespace account_activity {

std::string login_details(const std::string& public_ip) {
    return json::dump({{"public_ip", public_ip}});
}

std::string failed_login_details(const std::string& email, const std::string& public_ip) {
    return json::dump({{"email", email}, {"public_ip", public_ip}});
}

std::string user_details(const User& user) {
    return json::dump(details_of(user));
}

std::string token_details(const User& user, const ApiToken& token) {
    json::Value details = details_of(user);
    details["token_name"] = token.name;
    return json::dump(details);
}

}  // namespace account_activity

void record_role_changes(
    Activities& activities,
    store::Session& session,
    const Viewer& viewer,
    const User& before,
    const User& after
) {
    const auto record = [&](ActivityName type, const json::Value& details) {
        activities.record(session, viewer, type, json::dump(details));
    };
    if (after.global_role && after.global_role != before.global_role) {
        record("changed_user_global_role", with_role(after, *after.global_role));
    }
    if (before.global_role && !after.global_role) {
        record("deleted_user_global_role", with_role(after, *before.global_role));
    }
    for (const TeamRole& team : after.teams) {
        const TeamRole* old = role_on(before, team.team);
        if (old == nullptr || old->role != team.role) {
            record("changed_user_team_role", with_team(after, team));
        }
    }
    for (const TeamRole& team : before.teams) {
        if (role_on(after, team.team) == nullptr) {
            record("deleted_user_team_role", with_team(after, team));
        }
    }
}

}  // namespace fleet::service
