#pragma once

#include <optional>
#include <string>
#include <vector>

#include "fleet/core/result.hpp"
#include "fleet/core/user.hpp"
#include "fleet/service/activities.hpp"
#include "fleet/store/api_token_store.hpp"
#include "fleet/store/user_store.hpp"

namespace fleet::service {

struct NewToken {
    std::string name{};
    std::string scope{};  // "read_only" or "full"; empty: read_only
    std::optional<TeamId> team{};
    std::optional<Time> expires_at{};
};

struct CreatedToken {
    ApiToken token{};
    std::string secret{};  // shown this once
};

/// Tokens that people make for programs: named, limited in scope and time, never able to do more
/// than their user (docs/decisions/0012-api-tokens.md).
class TokenService {
public:
    struct Deps {
        store::Database& db;
        store::ApiTokenStore& tokens;
        store::UserStore& users;
        Activities& activities;
        const Clock& clock;
    };

    explicit TokenService(Deps deps) : deps_{deps} {}

    /// Of the viewer, or, for global admins, of somebody else.
    Result<std::vector<ApiToken>> list(const Viewer& viewer, UserId user);
    /// For the viewer, or, by global admins, for an API-only account.
    Result<CreatedToken> create(const Viewer& viewer, UserId user, const NewToken& in);
    Result<> remove(const Viewer& viewer, UserId user, ApiTokenId id);

private:
    Deps deps_;
};

}  // namespace fleet::service
