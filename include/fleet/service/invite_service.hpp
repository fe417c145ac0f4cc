#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "fleet/core/paging.hpp"
#include "fleet/core/result.hpp"
#include "fleet/service/activities.hpp"
#include "fleet/service/mailer.hpp"
#include "fleet/service/user_service.hpp"
#include "fleet/store/invite_store.hpp"

namespace fleet::service {

struct NewInvite {
    std::string email{};
    std::string name{};
    std::string position{};
    bool sso_enabled = false;
    bool mfa_enabled = false;
    std::string global_role{};  // empty: none
    std::vector<RequestedTeamRole> teams{};
};

/// What is set changes, the rest stays.
struct InviteChanges {
    std::optional<std::string> email{};
    std::optional<std::string> name{};
    std::optional<std::string> position{};
    std::optional<bool> sso_enabled{};
    std::optional<bool> mfa_enabled{};
    std::optional<std::string> global_role{};
    std::vector<RequestedTeamRole> teams{};  // empty: stays
};

/// An invitation taken up.
struct Acceptance {
    std::string token{};
    std::string email{};
    std::string name{};
    std::string password{};
};

/// Invitations by mail (rest-api-a 5.12 and 6).
class InviteService {
public:
    struct Deps {
        store::Database& db;
        store::InviteStore& invites;
        store::UserStore& users;
        Activities& activities;
        Mailer& mailer;
        const Clock& clock;
    };
    struct Settings {
        std::size_t token_bytes = 24;
        std::chrono::nanoseconds life = std::chrono::hours{120};
    };

    InviteService(Deps deps, Settings settings) : deps_{deps}, settings_{settings} {}

    /// The invitation stays when the mail fails, which is an error.
    Result<Invite> create(const Viewer& viewer, const NewInvite& in);
    Result<std::vector<Invite>> list(const Viewer& viewer, const Paging& paging);
    Result<Invite> modify(const Viewer& viewer, InviteId id, const InviteChanges& changes);
    Result<> remove(const Viewer& viewer, InviteId id);

    /// For whoever holds the token: 404 when it is unknown, 422 when it is too old.
    Result<Invite> find(const std::string& token);
    Result<User> accept(const Acceptance& in);

private:
    Result<> check_fresh(const Invite& invite) const;

    Deps deps_;
    Settings settings_;
};

}  // namespace fleet::service
