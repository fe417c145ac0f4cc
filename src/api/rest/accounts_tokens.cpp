#include <array>

#include "account_json.hpp"
#include "fleet/api/rest/account_access.hpp"

namespace fleet::api::rest {

constexpr std::array<std::string_view, 2> kScopeWords{"read_only", "full"};

struct TokenBody {
    std::string name{};
    std::string scope{};
    std::optional<TeamId> team_id{};
    std::optional<std::string> expires_at{};

    static void fields(auto&& field) {
        field("name", &TokenBody::name);
        field("scope", &TokenBody::scope, json::among(kScopeWords));
        field("team_id", &TokenBody::team_id);
        field("expires_at", &TokenBody::expires_at);
    }
};

struct UserTokenBody : TokenBody {
    UserId id{};

    static void fields(auto&& field) {
        TokenBody::fields(field);
        field("id", &UserTokenBody::id, json::in_path);
    }
};

struct TokenParams {
    ApiTokenId id{};
    static void fields(auto&& field) { field("id", &TokenParams::id, json::in_path); }
};

struct UserTokenParams {
    UserId id{};
    ApiTokenId token_id{};

    static void fields(auto&& field) {
        field("id", &UserTokenParams::id, json::in_path);
        field("token_id", &UserTokenParams::token_id, json::in_path);
    }
};

struct TokenAnswer {
    static constexpr const char* kShapeName = "ApiToken";
    ApiTokenId id{};
    UserId user_id{};
    std::string name{};
    std::string scope{};
    std::optional<TeamId> team_id{};
    Time created_at{};
    std::optional<Time> expires_at{};
    std::optional<Time> last_used_at{};

    static void fields(auto&& field) {
        field("id", &TokenAnswer::id);
        field("user_id", &TokenAnswer::user_id);
        field("name", &TokenAnswer::name);
        field("scope", &TokenAnswer::scope, json::among(kScopeWords));
        field("team_id", &TokenAnswer::team_id);
        field("created_at", &TokenAnswer::created_at);
        field("expires_at", &TokenAnswer::expires_at);
        field("last_used_at", &TokenAnswer::last_used_at);
    }
};

/// The token itself is told this once.
struct CreatedTokenAnswer {
    TokenAnswer api_token{};
    std::string token{};

    static void fields(auto&& field) {
        field("api_token", &CreatedTokenAnswer::api_token);
        field("token", &CreatedTokenAnswer::token);
    }
};

struct TokenList {
    std::vector<TokenAnswer> api_tokens{};
    static void fields(auto&& field) { field("api_tokens", &TokenList::api_tokens); }
};

namespace {

TokenAnswer to_answer(const ApiToken& token) {
    return {
        .id = token.id,
        .user_id = token.user,
        .name = token.name,
        .scope = token.read_only ? "read_only" : "full",
        .team_id = token.team,
        .created_at = token.created_at,
        .expires_at = token.expires_at,
        .last_used_at = token.last_used_at,
    };
}

TokenList to_list(const std::vector<ApiToken>& tokens) {
    TokenList out;
    for (const ApiToken& token : tokens)
        out.api_tokens.push_back(to_answer(token));
    return out;
}

Result<CreatedTokenAnswer> create(
    service::TokenService& tokens, const Viewer& viewer, UserId user, const TokenBody& body
) {
    service::NewToken in;
    in.name = body.name;
    in.scope = body.scope;
    in.team = body.team_id;
    if (body.expires_at) {
        in.expires_at = parse_rfc3339(*body.expires_at);
        if (!in.expires_at) {
            return fail(Error::invalid("expires_at", "must be an RFC 3339 time"));
        }
    }
    FLEET_TRY(service::CreatedToken created, tokens.create(viewer, user, in));
    return CreatedTokenAnswer{
        .api_token = to_answer(created.token), .token = std::move(created.secret)};
}

}  // namespace

std::span<const Row<TokenApi>> TokenApi::rows() {
    static constexpr Row<TokenApi> kRows[] = {
        get<&TokenApi::list_mine>("/me/tokens", Who::user, "list_my_tokens"),
        post<&TokenApi::create_mine>("/me/tokens", Who::user, "create_my_token"),
        del<&TokenApi::remove_mine>("/me/tokens/{id:uint}", Who::user, "delete_my_token"),
        get<&TokenApi::list_of>("/users/{id:uint}/tokens", Who::user, "list_user_tokens"),
        post<&TokenApi::create_for>("/users/{id:uint}/tokens", Who::user, "create_user_token"),
        del<&TokenApi::remove_of>(
            "/users/{id:uint}/tokens/{token_id:uint}", Who::user, "delete_user_token"
        ),
    };
    return kRows;
}

Result<TokenList> TokenApi::list_mine(const Viewer& viewer, const Nothing&) {
    FLEET_TRY(const auto tokens, tokens_.list(viewer, viewer.id));
    return to_list(tokens);
}

Result<CreatedTokenAnswer> TokenApi::create_mine(const Viewer& viewer, const TokenBody& body) {
    return create(tokens_, viewer, viewer.id, body);
}

Result<Empty> TokenApi::remove_mine(const Viewer& viewer, const TokenParams& params) {
    FLEET_CHECK(tokens_.remove(viewer, viewer.id, params.id));
    return Empty{};
}

Result<TokenList> TokenApi::list_of(const Viewer& viewer, const UserParams& params) {
    FLEET_TRY(const auto tokens, tokens_.list(viewer, params.id));
    return to_list(tokens);
}

Result<CreatedTokenAnswer> TokenApi::create_for(const Viewer& viewer, const UserTokenBody& body) {
    return create(tokens_, viewer, body.id, body);
}

Result<Empty> TokenApi::remove_of(const Viewer& viewer, const UserTokenParams& params) {
    FLEET_CHECK(tokens_.remove(viewer, params.id, params.token_id));
    return Empty{};
}

}  // namespace fleet::api::rest
