// Every endpoint of the server against six roles, held globally and on a team.
#include <algorithm>
#include <set>

#include "integration/contract/document.hpp"
#include "integration/contract/fixtures.hpp"
#include "integration/contract/role_rows.hpp"

namespace fleet::test {
namespace {

const std::vector<std::string> kRoles = {
    "admin", "maintainer", "technician", "observer_plus", "observer", "gitops"};

TEST(RoleRows, EveryEndpointHasAnExpectation) {
    std::set<std::string> known;
    for (const RoleRow& row : role_rows())
        known.insert(row.endpoint);
    std::string missing;
    for (const Operation& operation : operations()) {
        if (known.contains(operation.endpoint)) continue;
        missing += "\n  " + operation.endpoint + "  " + operation.method + " " + operation.path;
    }
    EXPECT_EQ(missing, "") << "add rows to tests/integration/contract/role_rows.cpp for these";
}

TEST(RoleRows, EveryExpectationHasAnEndpoint) {
    std::set<std::string> served;
    for (const Operation& operation : operations())
        served.insert(operation.endpoint);
    for (const RoleRow& row : role_rows())
        EXPECT_TRUE(served.contains(row.endpoint)) << row.endpoint << " is not served (any more)";
}

struct Case {
    std::size_t role;
    Fixtures::Where where;
};

class RoleMatrix : public testing::TestWithParam<Case> {};

TEST_P(RoleMatrix, AllowsAndDeniesAsExpected) {
    const auto [role, where] = GetParam();
    Fixtures fixtures{contract_stack()};
    AdminClient user = fixtures.user(kRoles[role], where);
    for (const RoleRow& row : role_rows()) {
        const char expected = (where == Fixtures::Where::global ? row.global : row.team)[role];
        const Operation* operation = find_operation(row.endpoint);
        if (expected == '.' || operation == nullptr) continue;
        const auto response = user.send(
            {.method = row.method,
             .target = operation->prefix() + fixtures.fill(row.path, where),
             .body = fixtures.fill(row.body, where)}
        );
        SCOPED_TRACE(
            std::string{row.endpoint} + ": " + row.method + " " + row.path + " " + row.body + "\n" +
            response.text().substr(0, 400)
        );
        EXPECT_LT(response.status, 500);
        EXPECT_NE(response.status, 401);
        if (expected == 'Y') {
            EXPECT_NE(response.status, 403) << "is refused, but the role may do this";
            EXPECT_NE(response.status, 404) << "the request is wrong";
        } else {
            EXPECT_EQ(response.status, 403) << "is not refused, but the role may not do this";
        }
    }
}

std::vector<Case> all_cases() {
    std::vector<Case> out;
    for (const auto where : {Fixtures::Where::global, Fixtures::Where::team}) {
        for (std::size_t role = 0; role < kRoles.size(); ++role)
            out.push_back({role, where});
    }
    return out;
}

INSTANTIATE_TEST_SUITE_P(Roles, RoleMatrix, testing::ValuesIn(all_cases()), [](const auto& test) {
    return (test.param.where == Fixtures::Where::global ? "global_" : "team_") +
           kRoles[test.param.role];
});

}  // namespace
}  // namespace fleet::test
