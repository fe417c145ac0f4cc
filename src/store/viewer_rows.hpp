#pragma once

#include <optional>
#include <string>
#include <vector>

#include "fleet/core/viewer.hpp"
#include "fleet/store/db.hpp"

/// The account behind a session or a token: one row for each team role.
namespace fleet::store {

constexpr const char* kViewerColumns =
    "u.id, u.name, u.email, u.global_role, u.api_only, u.force_password_reset, u.api_endpoints, "
    "t.id, t.name, ut.role";
/// Columns of the caller start here.
constexpr unsigned kViewerWidth = 10;

/// The joins from a table with a user_id, known by that alias.
std::string viewer_joins(const std::string& alias);

/// Everything but the team roles.
Viewer to_viewer(const Row& row);
void add_team_role(const Row& row, Viewer& viewer);

/// One "METHOD path" a line; NULL: no restriction.
std::optional<std::vector<ApiEndpoint>> parse_endpoints(const std::optional<std::string>& text);
std::optional<std::string> endpoints_text(const std::optional<std::vector<ApiEndpoint>>& list);

}  // namespace fleet::store
