#include "fleet/service/token_service.hpp"

#include "account_activities.hpp"
#include "fleet/core/crypto.hpp"
#include "fleet/core/roles.hpp"
#include "fleet/service/auth_service.hpp"
#include "user_rules.hpp"

namespace fleet::service {
namespace {

constexpr std::size_t kSecretBytes = 32;
constexpr std::size_t kLongestName = 255;
constexpr std::uint64_t kMostOfOne = 100;

Result<> authorize_tokens_of(const Viewer& viewer, UserId user) {
    const Action action = viewer.id == user ? Action::own_tokens : Action::other_tokens;
    return authorize(viewer, action, Object::global());
}

Result<bool> is_read_only(const std::string& scope) {
    if (scope.empty() || scope == "read_only") return true;
    if (scope == "full") return false;
    return fail(Error::invalid("scope", "must be read_only or full"));
}

Result<> check_fields(const NewToken& in, Time now) {
    if (in.name.empty()) return fail(Error::invalid("name", "Token name cannot be empty"));
    if (in.name.size() > kLongestName) {
        return fail(Error::invalid("name", "must be 255 bytes or fewer"));
    }
    if (in.expires_at && *in.expires_at <= now) {
        return fail(Error::invalid("expires_at", "must be in the future"));
    }
    return {};
}

/// A team that the user has no role on would make a token that can do nothing.
Result<> check_team(const User& user, std::optional<TeamId> team) {
    if (!team || user.global_role) return {};
    for (const TeamRole& role : user.teams) {
        if (role.team == *team) return {};
    }
    return fail(Error::invalid("team_id", "no role on this team"));
}

}  // namespace

Result<std::vector<ApiToken>> TokenService::list(const Viewer& viewer, UserId user) {
    FLEET_CHECK(authorize_tokens_of(viewer, user));
    if (viewer.id != user && !deps_.users.find(user)) {
        return fail(Error::not_found("User", to_text(user)));
    }
    return deps_.tokens.list(user);
}

Result<CreatedToken> TokenService::create(const Viewer& viewer, UserId user, const NewToken& in) {
    FLEET_CHECK(authorize_tokens_of(viewer, user));
    FLEET_CHECK(check_fields(in, deps_.clock.now()));
    FLEET_TRY(const bool read_only, is_read_only(in.scope));

    const std::string secret = std::string{kApiTokenPrefix} + random_token(kSecretBytes);
    return store::with_write(deps_.db, [&](store::Session& session) -> Result<CreatedToken> {
        const auto owner = deps_.users.lock(session, user);
        if (!owner) return fail(Error::not_found("User", to_text(user)));
        if (viewer.id != user && !owner->api_only) {
            return fail(Error::invalid("id", "tokens of people are made by themselves"));
        }
        FLEET_CHECK(check_team(*owner, in.team));
        if (deps_.tokens.count(session, user) >= kMostOfOne) {
            return fail(Error::invalid("base", "a user may have 100 tokens; revoke one first"));
        }
        ApiToken token;
        token.user = user;
        token.name = in.name;
        token.read_only = read_only;
        token.team = in.team;
        token.expires_at = in.expires_at;
        token.created_at = deps_.clock.now();
        FLEET_TRY(token.id, deps_.tokens.insert(session, token, sha256(secret)));
        deps_.activities.record(
            session, viewer, "created_api_token", account_activity::token_details(*owner, token)
        );
        return CreatedToken{
            .token = deps_.tokens.find(session, user, token.id).value(), .secret = secret};
    });
}

Result<> TokenService::remove(const Viewer& viewer, UserId user, ApiTokenId id) {
    FLEET_CHECK(authorize_tokens_of(viewer, user));
    return store::with_write(deps_.db, [&](store::Session& session) -> Result<> {
        const auto owner = deps_.users.find(session, user);
        const auto token = deps_.tokens.find(session, user, id);
        if (!owner || !token) return fail(Error::not_found("API token", to_text(id)));
        deps_.tokens.remove(session, user, id);
        deps_.activities.record(
            session, viewer, "deleted_api_token", account_activity::token_details(*owner, *token)
        );
        return {};
    });
}

}  // namespace fleet::service
