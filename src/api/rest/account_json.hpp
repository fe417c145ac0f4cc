#pragma once

#include <optional>
#include <string>
#include <vector>

#include "fleet/core/json.hpp"
#include "fleet/core/team.hpp"
#include "fleet/core/user.hpp"
#include "fleet/core/words.hpp"
#include "fleet/service/user_service.hpp"

namespace fleet::api::rest {

/// A team in the account of a member.
struct UserTeam {
    static constexpr const char* kShapeName = "UserTeam";
    TeamId id{};
    std::string name{};
    std::string description{};
    std::string role{};

    static void fields(auto&& field) {
        field("id", &UserTeam::id);
        field("name", &UserTeam::name);
        field("description", &UserTeam::description);
        field("role", &UserTeam::role, json::among(kRoleWords));
    }
};

/// A team that a user may choose.
struct AvailableTeam {
    static constexpr const char* kShapeName = "AvailableTeam";
    TeamId id{};
    std::string name{};
    std::string description{};

    static void fields(auto&& field) {
        field("id", &AvailableTeam::id);
        field("name", &AvailableTeam::name);
        field("description", &AvailableTeam::description);
    }
};

/// A role on a team, in a request.
struct TeamRoleBody {
    TeamId id{};
    std::string role{};

    static void fields(auto&& field) {
        field("id", &TeamRoleBody::id);
        field("role", &TeamRoleBody::role, json::among(kRoleWords));
    }
};

struct ApiEndpointBody {
    static constexpr const char* kShapeName = "ApiEndpoint";
    std::string method{};
    std::string path{};

    static void fields(auto&& field) {
        field("method", &ApiEndpointBody::method);
        field("path", &ApiEndpointBody::path);
    }
};

/// The user object (rest-api-a 5.1).
struct UserAnswer {
    static constexpr const char* kShapeName = "User";
    Time created_at{};
    Time updated_at{};
    UserId id{};
    std::string name{};
    std::string email{};
    bool force_password_reset = false;
    std::string gravatar_url{};
    std::string position{};
    bool sso_enabled = false;
    bool mfa_enabled = false;
    std::optional<std::string> global_role{};
    bool api_only = false;
    std::vector<UserTeam> teams{};
    std::vector<ApiEndpointBody> api_endpoints{};  // of restricted API-only users

    static void fields(auto&& field) {
        field("created_at", &UserAnswer::created_at);
        field("updated_at", &UserAnswer::updated_at);
        field("id", &UserAnswer::id);
        field("name", &UserAnswer::name);
        field("email", &UserAnswer::email);
        field("force_password_reset", &UserAnswer::force_password_reset);
        field("gravatar_url", &UserAnswer::gravatar_url);
        field("position", &UserAnswer::position, json::omit_empty);
        field("sso_enabled", &UserAnswer::sso_enabled);
        field("mfa_enabled", &UserAnswer::mfa_enabled);
        field("global_role", &UserAnswer::global_role, json::among(kRoleWords));
        field("api_only", &UserAnswer::api_only);
        field("teams", &UserAnswer::teams);
        field("api_endpoints", &UserAnswer::api_endpoints, json::omit_empty);
    }
};

struct CreatedUserAnswer {
    UserAnswer user{};
    std::string token{};

    static void fields(auto&& field) {
        field("user", &CreatedUserAnswer::user);
        field("token", &CreatedUserAnswer::token, json::omit_empty);
    }
};

struct OneUser {
    UserAnswer user{};
    static void fields(auto&& field) { field("user", &OneUser::user); }
};

/// A user with what the web UI wants to know besides.
struct Me {
    UserAnswer user{};
    std::vector<AvailableTeam> available_teams{};
    json::Value settings{};  // null: not asked for

    static void fields(auto&& field) {
        field("user", &Me::user);
        field("available_teams", &Me::available_teams);
        field("settings", &Me::settings, json::omit_empty);
    }
};

/// Which user, and whether the settings of the web UI are wanted.
struct MeParams {
    UserId id{};
    bool include_ui_settings = false;

    static void fields(auto&& field) {
        field("id", &MeParams::id, json::in_path);
        field("include_ui_settings", &MeParams::include_ui_settings, json::in_query);
    }
};

struct UserParams {
    UserId id{};
    static void fields(auto&& field) { field("id", &UserParams::id, json::in_path); }
};

std::vector<service::RequestedTeamRole> to_roles(const std::vector<TeamRoleBody>& teams);
std::vector<UserTeam> to_user_teams(const std::vector<TeamRole>& teams);
UserAnswer to_answer(const User& user);
/// Teams that a user may choose from.
std::vector<AvailableTeam> to_available(const std::vector<Team>& teams);
Me to_me(const User& user, const std::vector<Team>& available, const MeParams& params);

}  // namespace fleet::api::rest
