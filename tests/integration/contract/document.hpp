#pragma once

#include <string>
#include <vector>

#include "integration/api/api_test.hpp"

namespace fleet::test {

/// One operation of the server's OpenAPI document.
struct Operation {
    std::string endpoint{};  // the row's name
    std::string id{};
    std::string method{};  // "GET"
    std::string path{};    // "/hosts/{id}"
    std::string base{};    // "/api/latest/fleet", or empty for full paths
    json spec{};

    [[nodiscard]] bool needs_token() const;
    [[nodiscard]] bool is_socket() const;
    /// What stands before the paths of rows: "/api/v1/fleet", or nothing for the server's root.
    [[nodiscard]] std::string prefix() const;
    [[nodiscard]] bool has_path_params() const { return path.find('{') != std::string::npos; }
    /// The whole target; digits for numbers, a word for texts: `number` names nothing that exists.
    [[nodiscard]] std::string target_of_nothing(const std::string& number = "987654321") const;
    /// Members of the request body; null when it takes none.
    [[nodiscard]] json body_schema() const;
    /// Schema of the answer with that status; null when there is none.
    [[nodiscard]] json answer_schema(int status) const;
};

/// The document of the shared stack, read once.
const json& openapi();
std::vector<Operation> operations();
/// The first operation of an endpoint; null when it is not served.
const Operation* find_operation(const std::string& endpoint);

/// What is wrong with a value, one line each: "hosts[0].id: expected integer, got string". Objects
/// whose members are listed have no others.
std::vector<std::string> check_schema(const json& value, const json& schema);

/// An error in Fleet's shape (rest-api-a 1.6).
void expect_fleet_error(const Response& response);

/// The stack of this program: synchronous live queries wait for a moment only.
Stack& contract_stack();

}  // namespace fleet::test
