#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <string>

#include "support/stack.hpp"
#include "support/wait.hpp"

namespace fleet::test {

using nlohmann::json;
using std::chrono::milliseconds;
using std::chrono::seconds;
using testing::Contains;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

/// A test against the program's shared stack; it brings its own hosts, users and queries.
class ApiTest : public testing::Test {
public:
    /// Whatever the suite left in the feed must be of a known type, with the details of that type.
    static void TearDownTestSuite();

protected:
    Stack& stack = shared_stack();
    AdminClient admin = stack.admin();
};

/// Fleet's error body: the status, the message, and (when given) a reason that contains the text.
void expect_error(
    const Response& response,
    int status,
    const std::string& message = "",
    const std::string& reason = "",
    const std::string& name = ""
);

/// An answer that makes osqueryd keep its data and its key: `error`, and no `node_invalid: true`.
void expect_agent_error(const Response& response);
/// An answer that makes osqueryd enrol again.
void expect_node_invalid(const Response& response, const std::string& error = "");
/// An answer osqueryd takes as success.
void expect_agent_ok(const Response& response);

/// {"a", "b"}: the member names of an object.
std::vector<std::string> keys_of(const json& object);

}  // namespace fleet::test
