#include "account_json.hpp"
#include "fleet/api/rest/account_access.hpp"
#include "fleet/api/rest/paging.hpp"

namespace fleet::api::rest {

struct InviteBody {
    std::string email{};
    std::string name{};
    std::string position{};
    bool sso_enabled = false;
    bool mfa_enabled = false;
    std::string global_role{};
    std::vector<TeamRoleBody> teams{};

    static void fields(auto&& field) {
        field("email", &InviteBody::email);
        field("name", &InviteBody::name);
        field("position", &InviteBody::position);
        field("sso_enabled", &InviteBody::sso_enabled);
        field("mfa_enabled", &InviteBody::mfa_enabled);
        field("global_role", &InviteBody::global_role, json::among(kRoleWords));
        field("teams", &InviteBody::teams);
    }
};

struct InvitePatchBody {
    InviteId id{};
    std::optional<std::string> email{};
    std::optional<std::string> name{};
    std::optional<std::string> position{};
    std::optional<bool> sso_enabled{};
    std::optional<bool> mfa_enabled{};
    std::optional<std::string> global_role{};
    std::vector<TeamRoleBody> teams{};

    static void fields(auto&& field) {
        field("id", &InvitePatchBody::id, json::in_path);
        field("email", &InvitePatchBody::email);
        field("name", &InvitePatchBody::name);
        field("position", &InvitePatchBody::position);
        field("sso_enabled", &InvitePatchBody::sso_enabled);
        field("mfa_enabled", &InvitePatchBody::mfa_enabled);
        field("global_role", &InvitePatchBody::global_role, json::among(kRoleWords));
        field("teams", &InvitePatchBody::teams);
    }
};

struct InviteListParams : PageParams {
    static void fields(auto&& field) { page_fields<InviteListParams>(field); }
};

struct InviteParams {
    InviteId id{};
    static void fields(auto&& field) { field("id", &InviteParams::id, json::in_path); }
};

struct InviteTokenParams {
    std::string token{};
    static void fields(auto&& field) { field("token", &InviteTokenParams::token, json::in_path); }
};

/// The invite object (rest-api-a 6); the token is never in it.
struct InviteAnswer {
    static constexpr const char* kShapeName = "Invite";
    Time created_at{};
    Time updated_at{};
    InviteId id{};
    UserId invited_by{};
    std::string email{};
    std::string name{};
    std::string position{};
    bool sso_enabled = false;
    bool mfa_enabled = false;
    std::optional<std::string> global_role{};
    std::vector<UserTeam> teams{};

    static void fields(auto&& field) {
        field("created_at", &InviteAnswer::created_at);
        field("updated_at", &InviteAnswer::updated_at);
        field("id", &InviteAnswer::id);
        field("invited_by", &InviteAnswer::invited_by);
        field("email", &InviteAnswer::email);
        field("name", &InviteAnswer::name);
        field("position", &InviteAnswer::position);
        field("sso_enabled", &InviteAnswer::sso_enabled);
        field("mfa_enabled", &InviteAnswer::mfa_enabled);
        field("global_role", &InviteAnswer::global_role, json::among(kRoleWords));
        field("teams", &InviteAnswer::teams);
    }
};

struct OneInvite {
    InviteAnswer invite{};
    static void fields(auto&& field) { field("invite", &OneInvite::invite); }
};

struct InviteList {
    std::vector<InviteAnswer> invites{};
    static void fields(auto&& field) { field("invites", &InviteList::invites); }
};

struct AcceptInviteBody {
    std::string invite_token{};
    std::string email{};
    std::string name{};
    std::string password{};

    static void fields(auto&& field) {
        field("invite_token", &AcceptInviteBody::invite_token);
        field("email", &AcceptInviteBody::email);
        field("name", &AcceptInviteBody::name);
        field("password", &AcceptInviteBody::password);
    }
};

namespace {

InviteAnswer to_answer(const Invite& invite) {
    InviteAnswer out;
    out.created_at = invite.created_at;
    out.updated_at = invite.updated_at;
    out.id = invite.id;
    out.invited_by = invite.invited_by;
    out.email = invite.email;
    out.name = invite.name;
    out.position = invite.position;
    out.sso_enabled = invite.sso_enabled;
    out.mfa_enabled = invite.mfa_enabled;
    if (invite.global_role) out.global_role = std::string{to_text(*invite.global_role)};
    out.teams = to_user_teams(invite.teams);
    return out;
}

}  // namespace

std::span<const Row<InviteApi>> InviteApi::rows() {
    static constexpr Row<InviteApi> kRows[] = {
        post<&InviteApi::create>("/invites", Who::user, "create_invite"),
        get<&InviteApi::list>("/invites", Who::user, "list_invites"),
        patch<&InviteApi::modify>("/invites/{id:uint}", Who::user, "update_invite"),
        del<&InviteApi::remove>("/invites/{id:uint}", Who::user, "delete_invite"),
        get<&InviteApi::find>("/invites/{token}", Who::anyone, "verify_invite"),
        post<&InviteApi::accept>("/users", Who::anyone, "create_user_from_invite"),
    };
    return kRows;
}

Result<OneInvite> InviteApi::create(const Viewer& viewer, const InviteBody& body) {
    FLEET_TRY(
        const Invite invite,
        invites_.create(
            viewer,
            {.email = body.email,
             .name = body.name,
             .position = body.position,
             .sso_enabled = body.sso_enabled,
             .mfa_enabled = body.mfa_enabled,
             .global_role = body.global_role,
             .teams = to_roles(body.teams)}
        )
    );
    return OneInvite{.invite = to_answer(invite)};
}

Result<InviteList> InviteApi::list(const Viewer& viewer, const InviteListParams& params) {
    FLEET_TRY(const Paging paging, to_paging(params));
    FLEET_TRY(const auto invites, invites_.list(viewer, paging));
    InviteList out;
    for (const Invite& invite : invites)
        out.invites.push_back(to_answer(invite));
    return out;
}

Result<OneInvite> InviteApi::modify(const Viewer& viewer, const InvitePatchBody& body) {
    service::InviteChanges changes;
    changes.email = body.email;
    changes.name = body.name;
    changes.position = body.position;
    changes.sso_enabled = body.sso_enabled;
    changes.mfa_enabled = body.mfa_enabled;
    changes.global_role = body.global_role;
    changes.teams = to_roles(body.teams);
    FLEET_TRY(const Invite invite, invites_.modify(viewer, body.id, changes));
    return OneInvite{.invite = to_answer(invite)};
}

Result<Empty> InviteApi::remove(const Viewer& viewer, const InviteParams& params) {
    FLEET_CHECK(invites_.remove(viewer, params.id));
    return Empty{};
}

Result<OneInvite> InviteApi::find(const Viewer&, const InviteTokenParams& params) {
    FLEET_TRY(const Invite invite, invites_.find(params.token));
    return OneInvite{.invite = to_answer(invite)};
}

Result<OneUser> InviteApi::accept(const Viewer&, const AcceptInviteBody& body) {
    FLEET_TRY(
        const User user,
        invites_.accept(
            {.token = body.invite_token,
             .email = body.email,
             .name = body.name,
             .password = body.password}
        )
    );
    return OneUser{.user = to_answer(user)};
}

}  // namespace fleet::api::rest
