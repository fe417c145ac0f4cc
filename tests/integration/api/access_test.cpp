// What a request without, or with a bad, token gets: rest-api-a 1.2.
#include "integration/api/api_test.hpp"

namespace fleet::test {
namespace {

struct Route {
    const char* method;
    const char* path;
};

/// Every route of people that needs a login.
const Route kRoutes[] = {
    {"GET", "/me"},
    {"POST", "/logout"},
    {"POST", "/change_password"},
    {"GET", "/sessions/1"},
    {"DELETE", "/sessions/1"},
    {"GET", "/users"},
    {"POST", "/users/admin"},
    {"GET", "/users/1"},
    {"PATCH", "/users/1"},
    {"DELETE", "/users/1"},
    {"GET", "/users/1/sessions"},
    {"DELETE", "/users/1/sessions"},
    {"POST", "/users/1/require_password_reset"},
    {"GET", "/users/1/tokens"},
    {"POST", "/users/1/tokens"},
    {"DELETE", "/users/1/tokens/1"},
    {"GET", "/me/tokens"},
    {"POST", "/me/tokens"},
    {"DELETE", "/me/tokens/1"},
    {"POST", "/users/api_only"},
    {"PATCH", "/users/api_only/1"},
    {"POST", "/users/roles/spec"},
    {"GET", "/rest_api"},
    {"GET", "/email/change/x"},
    {"GET", "/invites"},
    {"POST", "/invites"},
    {"PATCH", "/invites/1"},
    {"DELETE", "/invites/1"},
    {"GET", "/spec/enroll_secret"},
    {"POST", "/spec/enroll_secret"},
    {"GET", "/hosts"},
    {"GET", "/hosts/count"},
    {"GET", "/host_summary"},
    {"GET", "/hosts/1"},
    {"GET", "/hosts/identifier/x"},
    {"DELETE", "/hosts/1"},
    {"POST", "/hosts/delete"},
    {"POST", "/hosts/1/refetch"},
    {"POST", "/hosts/search"},
    {"GET", "/hosts/report?format=csv"},
    {"POST", "/hosts/1/query"},
    {"POST", "/hosts/identifier/x/query"},
    {"GET", "/hosts/1/reports"},
    {"GET", "/hosts/1/queries"},
    {"GET", "/hosts/1/reports/1"},
    {"GET", "/hosts/1/queries/1"},
    {"GET", "/queries"},
    {"POST", "/queries"},
    {"GET", "/queries/1"},
    {"PATCH", "/queries/1"},
    {"DELETE", "/queries/name"},
    {"DELETE", "/queries/id/1"},
    {"POST", "/queries/delete"},
    {"GET", "/queries/1/report"},
    {"POST", "/queries/1/run"},
    {"GET", "/queries/run"},
    {"POST", "/queries/run"},
    {"POST", "/queries/run_by_names"},
    {"POST", "/queries/run_by_identifiers"},
    {"GET", "/spec/queries"},
    {"GET", "/spec/queries/x"},
    {"POST", "/spec/queries"},
    {"GET", "/reports"},
    {"POST", "/reports"},
    {"GET", "/reports/1"},
    {"PATCH", "/reports/1"},
    {"DELETE", "/reports/name"},
    {"DELETE", "/reports/id/1"},
    {"POST", "/reports/delete"},
    {"GET", "/reports/1/report"},
    {"POST", "/reports/1/run"},
    {"GET", "/reports/run"},
    {"POST", "/reports/run"},
    {"POST", "/reports/run_by_names"},
    {"POST", "/reports/run_by_identifiers"},
    {"GET", "/spec/reports"},
    {"GET", "/spec/reports/x"},
    {"POST", "/spec/reports"},
    {"POST", "/targets"},
    {"POST", "/targets/count"},
    {"GET", "/carves"},
    {"GET", "/carves/1"},
    {"GET", "/carves/1/block/0"},
    {"GET", "/status/live_query"},
    {"GET", "/status/result_store"},
    {"GET", "/version"},
    {"GET", "/fleets"},
    {"POST", "/fleets"},
    {"GET", "/fleets/1"},
    {"PATCH", "/fleets/1"},
    {"DELETE", "/fleets/1"},
    {"POST", "/fleets/1/agent_options"},
    {"GET", "/fleets/1/users"},
    {"PATCH", "/fleets/1/users"},
    {"DELETE", "/fleets/1/users"},
    {"GET", "/fleets/1/secrets"},
    {"PATCH", "/fleets/1/secrets"},
    {"POST", "/spec/fleets"},
    {"GET", "/teams"},
    {"POST", "/teams"},
    {"GET", "/teams/1"},
    {"PATCH", "/teams/1"},
    {"DELETE", "/teams/1"},
    {"POST", "/teams/1/agent_options"},
    {"GET", "/teams/1/users"},
    {"PATCH", "/teams/1/users"},
    {"DELETE", "/teams/1/users"},
    {"GET", "/teams/1/secrets"},
    {"PATCH", "/teams/1/secrets"},
    {"POST", "/spec/teams"},
    {"POST", "/hosts/transfer"},
    {"POST", "/hosts/transfer/filter"},
};

class Access : public ApiTest, public testing::WithParamInterface<const char*> {
protected:
    Response send(const Route& route, const std::string& authorization) {
        Request request{
            .method = route.method,
            .target = std::string{"/api/"} + GetParam() + "/fleet" + route.path,
        };
        if (!authorization.empty()) request.headers.emplace_back("Authorization", authorization);
        if (request.method == "POST" || request.method == "PATCH") request.body = "{}";
        return http.send(request);
    }

    HttpClient http{admin.endpoint()};
};

TEST_P(Access, EveryRouteWantsAToken) {
    for (const auto& route : kRoutes) {
        SCOPED_TRACE(std::string{route.method} + " " + route.path);
        expect_error(send(route, ""), 401, "Authorization header required");
        expect_error(send(route, "Bearer not-a-token"), 401, "Authentication required");
    }
}

INSTANTIATE_TEST_SUITE_P(
    Versions,
    Access,
    testing::Values("v1", "2022-04", "latest"),
    [](const auto& test) { return std::string{test.param}.substr(0, 4); }
);

using Token = ApiTest;

TEST_F(Token, SchemeIsComparedInAnyCase) {
    for (const std::string scheme : {"Bearer", "bearer", "BEARER"}) {
        EXPECT_EQ(
            admin.http().get(
                            "/api/v1/fleet/me", {{"Authorization", scheme + " " + admin.token()}}
            ).status,
            200
        ) << scheme;
    }
}

TEST_F(Token, OtherSchemesAndShapesAreRefused) {
    for (const std::string prefix : {"Basic ", "Token ", "", "Bearer  ", "NodeKey ", "Bearer"}) {
        const auto value = prefix + admin.token();
        EXPECT_EQ(admin.http().get("/api/v1/fleet/me", {{"Authorization", value}}).status, 401)
            << value;
    }
}

TEST_F(Token, IsNotStoredInTheClear) {
    auto sql = stack.sql();
    EXPECT_EQ(
        sql.value(
            "SELECT COUNT(*) FROM sessions WHERE CAST(token_digest AS CHAR) = '" + admin.token() +
            "'"
        ),
        "0"
    );
}

TEST_F(Token, ANodeKeyIsNoToken) {
    auto agent = stack.enrolled("no-token");
    for (const auto* scheme : {"Bearer ", "NodeKey "}) {
        EXPECT_EQ(
            admin.http().get(
                            "/api/v1/fleet/hosts", {{"Authorization", scheme + agent.node_key()}}
            ).status,
            401
        );
    }
}

}  // namespace
}  // namespace fleet::test
