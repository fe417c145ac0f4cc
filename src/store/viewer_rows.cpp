#include "viewer_rows.hpp"

#include <sstream>

namespace fleet::store {

std::string viewer_joins(const std::string& alias) {
    return " JOIN users u ON u.id = " + alias +
           ".user_id LEFT JOIN user_teams ut ON ut.user_id = u.id "
           "LEFT JOIN teams t ON t.id = ut.team_id";
}

Viewer to_viewer(const Row& row) {
    Viewer out;
    out.id = row.id<UserId>(0);
    out.name = row.str(1);
    out.email = row.str(2);
    out.global_role = parse_role(row.str(3));
    out.api_only = row.boolean(4);
    out.force_password_reset = row.boolean(5);
    out.endpoints = parse_endpoints(row.opt_str(6));
    return out;
}

void add_team_role(const Row& row, Viewer& viewer) {
    const auto role = parse_role(row.str(9));
    if (row.is_null(7) || !role) return;
    viewer.teams.push_back({.team = row.id<TeamId>(7), .team_name = row.str(8), .role = *role});
}

std::optional<std::vector<ApiEndpoint>> parse_endpoints(const std::optional<std::string>& text) {
    if (!text) return std::nullopt;
    std::vector<ApiEndpoint> out;
    std::istringstream lines{*text};
    ApiEndpoint endpoint;
    while (lines >> endpoint.method >> endpoint.path)
        out.push_back(endpoint);
    return out;
}

std::optional<std::string> endpoints_text(const std::optional<std::vector<ApiEndpoint>>& list) {
    if (!list) return std::nullopt;
    std::string out;
    for (const ApiEndpoint& endpoint : *list)
        out += endpoint.method + ' ' + endpoint.path + '\n';
    return out;
}

}  // namespace fleet::store
