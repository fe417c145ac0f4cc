// Whatever is wrong with a request, the answer is an error in Fleet's shape, and never a 5xx.
#include <functional>
#include <set>

#include "integration/contract/document.hpp"

namespace fleet::test {
namespace {

// Refused rows, such as columns that do not exist, have a body of their own (rest-api-a 13.13).
const std::set<std::string> kOwnErrors = {"hosts_report"};
// Read their body by hand, after they looked for what it is about.
const std::set<std::string> kOwnReading = {
    "modify_config", "modify_team_agent_options", "apply_team_specs"};
// Empty where others say 404.
const std::set<std::string> kNothingIsEmpty = {
    "list_hosts_in_label", "user_sessions", "list_team_schedule", "list_pack_queries"};
// Cannot be done without a mail server, and this one has none.
const std::set<std::string> kNeedMail = {"create_invite", "forgot_password"};

class BadInput : public testing::Test {
protected:
    /// Calls `check` with each operation of the document in turn.
    void for_each(const std::function<void(const Operation&)>& check) {
        for (const Operation& one : operations()) {
            SCOPED_TRACE(one.method + " " + one.path);
            check(one);
        }
    }

    Response send(
        const Operation& operation, const std::string& target, const std::string& body = ""
    ) {
        return admin.send({.method = operation.method, .target = target, .body = body});
    }

    /// Whatever it does with the request, it does not fail, and refuses in the right words.
    void expect_no_failure(const Operation& operation, const Response& response) {
        if (kNeedMail.contains(operation.endpoint) && response.status == 500) return;
        EXPECT_LT(response.status, 500) << response.text();
        if (response.status >= 400 && !kOwnErrors.contains(operation.endpoint)) {
            expect_fleet_error(response);
        }
    }

    AdminClient admin = contract_stack().admin();
};

/// Setup is over: nothing is there any more.
int bad_request_of(const Operation& operation) {
    return operation.endpoint == "setup" ? 404 : 400;
}

/// Values that are not of the schema's type.
json wrong_values(const json& schema) {
    json types = schema.value("type", json{});
    if (types.is_string()) types = json::array({types});
    if (!types.is_array()) return json::array();
    const std::string type = types[0];
    if (type == "string") return {7, true, json::object(), json::array()};
    if (type == "integer") return {"x", true, 1.5, json::object(), json::array({1})};
    if (type == "number") return {"x", true, json::object()};
    if (type == "boolean") return {"true", 1, json::object()};
    if (type == "array") return {"x", 7, json::object({{"a", 1}})};
    return {"x", 7, true, json::array({1})};
}

/// Bodies in which one member has a wrong type: those of the body, and of objects in it.
std::vector<json> wrong_bodies(const json& schema, int depth = 0) {
    std::vector<json> out;
    const json properties = schema.value("properties", json::object());
    for (const auto& [name, property] : properties.items()) {
        for (const json& value : wrong_values(property))
            out.push_back({{name, value}});
        if (depth > 1) continue;
        const bool is_list = property.contains("items");
        for (const json& inner : wrong_bodies(is_list ? property["items"] : property, depth + 1)) {
            out.push_back({{name, is_list ? json::array({inner}) : inner}});
        }
    }
    return out;
}

TEST_F(BadInput, WithoutATokenIs401) {
    for_each([&](const Operation& operation) {
        if (!operation.needs_token()) return;
        HttpClient http{contract_stack().server().endpoint()};
        for (const Headers& headers :
             {Headers{},
              Headers{{"Authorization", "Bearer wrong"}},
              Headers{{"Authorization", "Basic dTpw"}}}) {
            const auto response = http.send(
                {.method = operation.method,
                 .target = operation.target_of_nothing(),
                 .headers = headers}
            );
            EXPECT_EQ(response.status, 401);
            expect_fleet_error(response);
        }
    });
}

TEST_F(BadInput, AnotherMethodIsRefused) {
    for_each([&](const Operation& operation) {
        for (const auto* method : {"PUT", "OPTIONS", "TRACE", "FOO"}) {
            if (method == operation.method) continue;
            const auto response =
                admin.send({.method = method, .target = operation.target_of_nothing()});
            SCOPED_TRACE(method);
            EXPECT_LT(response.status, 500);
            if (response.status >= 400) expect_fleet_error(response);
        }
    });
}

TEST_F(BadInput, APathBelowItIsNotFound) {
    for_each([&](const Operation& operation) {
        if (operation.prefix().empty()) return;  // pages of the web application may be there
        const auto response =
            admin.send({.target = operation.target_of_nothing() + "/no/such/path"});
        EXPECT_EQ(response.status, 404);
        expect_fleet_error(response);
    });
}

TEST_F(BadInput, BrokenJsonIs400) {
    for_each([&](const Operation& operation) {
        if (operation.body_schema().is_null()) return;
        for (const std::string body :
             {"{", "nonsense", "{\"a\":}", "[]", "7", "\"text\"", "null", "\xff\xfe"}) {
            const auto response = send(operation, operation.target_of_nothing(), body);
            SCOPED_TRACE(body);
            if (body == "null") {
                expect_no_failure(operation, response);
                continue;
            }
            if (!kOwnReading.contains(operation.endpoint)) {
                EXPECT_EQ(response.status, bad_request_of(operation));
            }
            expect_fleet_error(response);
        }
        const std::string deep(5'000, '[');
        expect_no_failure(
            operation, send(operation, operation.target_of_nothing(), "{\"a\":" + deep)
        );
    });
}

TEST_F(BadInput, WrongTypesAre400) {
    for_each([&](const Operation& operation) {
        const json schema = operation.body_schema();
        if (schema.is_null()) return;
        for (const json& body : wrong_bodies(schema)) {
            SCOPED_TRACE(body.dump());
            const auto response = send(operation, operation.target_of_nothing(), body.dump());
            if (!kOwnReading.contains(operation.endpoint)) {
                EXPECT_EQ(response.status, bad_request_of(operation));
            }
            expect_fleet_error(response);
        }
    });
}

TEST_F(BadInput, StrangeQueryStringsDoNotFail) {
    for_each([&](const Operation& operation) {
        if (operation.method != "GET" || operation.is_socket()) return;
        for (const json& param : operation.spec.value("parameters", json::array())) {
            json described = param;
            if (param.contains("$ref")) {
                described =
                    openapi().at(json::json_pointer{param["$ref"].get<std::string>().substr(1)});
            }
            if (described["in"] != "query") continue;
            const std::string name = described["name"];
            for (const auto* value :
                 {"x", "-1", "99999999999999999999", "%00", "%ff%fe", "'%20OR%201=1", ""}) {
                SCOPED_TRACE(name + "=" + value);
                const auto response =
                    send(operation, operation.target_of_nothing() + "?" + name + "=" + value);
                expect_no_failure(operation, response);
            }
        }
    });
}

TEST_F(BadInput, AnIdThatNothingHasIsNotFound) {
    for_each([&](const Operation& operation) {
        if (!operation.has_path_params() || operation.prefix().empty()) return;
        for (const auto* id :
             {"987654321", "0", "18446744073709551615", "99999999999999999999999"}) {
            const auto response = send(
                operation,
                operation.target_of_nothing(id),
                operation.body_schema().is_null() ? "" : "{}"
            );
            SCOPED_TRACE(id);
            expect_no_failure(operation, response);
            // 0 is "no team".
            const bool names_nothing = std::string{id} != "0";
            if (names_nothing && operation.method == "GET" &&
                !kNothingIsEmpty.contains(operation.endpoint)) {
                EXPECT_EQ(response.status, 404) << response.text();
            }
        }
    });
}

}  // namespace
}  // namespace fleet::test
