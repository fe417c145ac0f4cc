#include "integration/contract/document.hpp"

#include <memory>

namespace fleet::test {

namespace {

std::unique_ptr<Stack>& holder() {
    static std::unique_ptr<Stack> stack;
    return stack;
}

/// Stops the stack while gtest can still report that it went wrong.
class StackEnd : public testing::Environment {
public:
    void TearDown() override {
        if (!holder()) return;
        EXPECT_EQ(holder()->server().terminate(), 0) << holder()->server().log_tail();
        holder().reset();
    }
};

[[maybe_unused]] const auto* const kEnd = testing::AddGlobalTestEnvironment(new StackEnd);

}  // namespace

Stack& contract_stack() {
    // Nobody answers live queries here.
    if (!holder()) {
        StackOptions options;
        options.env = {{"FLEET_LIVE_QUERY_REST_PERIOD", "200ms"}};
        holder() = std::make_unique<Stack>(options);
    }
    return *holder();
}

const json& openapi() {
    static const json document = [] {
        HttpClient http{contract_stack().server().endpoint()};
        return http.get("/api/openapi.json").json();
    }();
    return document;
}

std::vector<Operation> operations() {
    std::vector<Operation> out;
    for (const auto& [path, item] : openapi().at("paths").items()) {
        for (const auto& [method, spec] : item.items()) {
            Operation one;
            one.endpoint = spec.at("x-endpoint");
            one.id = spec.at("operationId");
            one.path = path;
            for (const char c : method)
                one.method += static_cast<char>(c - 'a' + 'A');
            const auto& servers = spec.contains("servers") ? spec["servers"] : openapi()["servers"];
            one.base = servers[0]["url"] == "/" ? "" : servers[0]["url"].get<std::string>();
            const std::string mark = "{version}";
            if (const auto at = one.base.find(mark); at != std::string::npos) {
                one.base.replace(at, mark.size(), servers[0]["variables"]["version"]["default"]);
            }
            one.spec = spec;
            out.push_back(std::move(one));
        }
    }
    return out;
}

const Operation* find_operation(const std::string& endpoint) {
    static const std::vector<Operation> all = operations();
    for (const Operation& one : all) {
        if (one.endpoint == endpoint) return &one;
    }
    return nullptr;
}

std::string Operation::prefix() const {
    if (!base.empty()) return base;
    for (const char* known : {"/api/v1/fleet", "/api/latest/fleet"}) {
        if (path.starts_with(known)) return known;
    }
    return {};
}

bool Operation::needs_token() const {
    return !spec.contains("security");
}

bool Operation::is_socket() const {
    return spec.at("responses").contains("101");
}

std::string Operation::target_of_nothing(const std::string& number) const {
    std::string out = base + path;
    for (const json& param : spec.value("parameters", json::array())) {
        if (param.value("in", "") != "path") continue;
        const std::string mark = "{" + param["name"].get<std::string>() + "}";
        const bool is_number = param["schema"].value("type", "") == "integer";
        if (const auto at = out.find(mark); at != std::string::npos) {
            out.replace(at, mark.size(), is_number ? number : "no-such-thing");
        }
    }
    return out;
}

json Operation::body_schema() const {
    if (!spec.contains("requestBody")) return nullptr;
    json schema = spec["requestBody"]["content"]["application/json"]["schema"];
    if (schema.contains("$ref")) {
        schema = openapi().at(json::json_pointer{schema["$ref"].get<std::string>().substr(1)});
    }
    return schema;
}

json Operation::answer_schema(int status) const {
    const auto answer = spec.at("responses").find(std::to_string(status));
    if (answer == spec["responses"].end() || !answer->contains("content")) return nullptr;
    return answer->at("content").begin()->at("schema");
}

void expect_fleet_error(const Response& response) {
    SCOPED_TRACE(response.text().substr(0, 600));
    EXPECT_GE(response.status, 400);
    EXPECT_LT(response.status, 500);
    const json body = json::parse(response.body, nullptr, false);
    ASSERT_TRUE(body.is_object()) << "not a JSON object";
    EXPECT_TRUE(body.contains("message") && body["message"].is_string());
    if (body.contains("code")) return;
    ASSERT_TRUE(body.contains("errors") && body["errors"].is_array());
    ASSERT_FALSE(body["errors"].empty());
    for (const json& error : body["errors"]) {
        EXPECT_TRUE(error.is_object() && error.contains("name") && error.contains("reason"));
    }
}

}  // namespace fleet::test
