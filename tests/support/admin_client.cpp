#include "support/admin_client.hpp"

#include <atomic>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "support/wait.hpp"

namespace fleet::test {

namespace {

using nlohmann::json;

const std::string kRoot = "/api/latest/fleet";

Response expect_ok(Response response, const char* doing) {
    if (response.status != 200)
        throw std::runtime_error(std::string{doing} + ": " + response.text());
    return response;
}

/// Again while the server says that it is behind: one that starts under valgrind, or beside other
/// programs, is so for seconds.
template <class Send>
Response once_not_overloaded(Send&& send) {
    Response response;
    eventually([&] {
        response = send();
        return response.status != 503;
    });
    return response;
}

}  // namespace

AdminClient::AdminClient(const Endpoint& endpoint, std::string token)
    : http_{endpoint}, token_{std::move(token)} {}

Response AdminClient::set_up() {
    const json body = {
        {"admin", {{"name", "Ada"}, {"email", kAdminEmail}, {"password", kPassword}}},
        {"org_info", {{"org_name", "Example"}}},
        {"server_url", "https://" + endpoint().authority()}};
    auto response = once_not_overloaded([&] { return http_.post("/api/v1/setup", body); });
    if (response.status == 200) token_ = response.json().value("token", "");
    return response;
}

Response AdminClient::login(const std::string& email, const std::string& password) {
    auto response = http_.post(kRoot + "/login", {{"email", email}, {"password", password}});
    if (response.status == 200) token_ = response.json().value("token", "");
    email_ = email;
    return response;
}

Response AdminClient::send(Request request) {
    if (!token_.empty()) request.headers.emplace_back("Authorization", "Bearer " + token_);
    return http_.send(request);
}

Response AdminClient::get(const std::string& path) {
    return send({.target = kRoot + path});
}

Response AdminClient::post(const std::string& path) {
    return send({.method = "POST", .target = kRoot + path});
}

Response AdminClient::post(const std::string& path, const json& body) {
    return send({.method = "POST", .target = kRoot + path, .body = body.dump()});
}

Response AdminClient::patch(const std::string& path, const json& body) {
    return send({.method = "PATCH", .target = kRoot + path, .body = body.dump()});
}

Response AdminClient::del(const std::string& path) {
    return send({.method = "DELETE", .target = kRoot + path});
}

AdminClient AdminClient::create_user(const std::string& global_role) {
    static std::atomic<int> counter{0};
    const auto email = global_role + std::to_string(++counter) + "@example.test";
    const json user = {
        {"name", global_role},
        {"email", email},
        {"password", kPassword},
        {"global_role", global_role},
        {"admin_forced_password_reset", false},
        {"api_only", global_role == "gitops"}};
    const auto created = expect_ok(post("/users/admin", user), "create user").json();

    AdminClient client{endpoint()};
    client.email_ = email;
    if (created.contains("token")) {
        client.token_ = created["token"];
    } else {
        expect_ok(client.login(email), "log in");
    }
    return client;
}

void AdminClient::set_enroll_secrets(const std::vector<std::string>& secrets) {
    json list = json::array();
    for (const auto& secret : secrets)
        list.push_back({{"secret", secret}});
    const json body = {{"spec", {{"secrets", list}}}};
    expect_ok(
        once_not_overloaded([&] { return post("/spec/enroll_secret", body); }), "enroll secrets"
    );
}

std::uint64_t AdminClient::create_query(const std::string& name, const json& fields) {
    json body = {{"name", name}, {"query", "SELECT 1"}};
    if (!fields.is_null()) body.update(fields);
    return expect_ok(post("/queries", body), "create query").json().at("query").at("id");
}

std::uint64_t AdminClient::run_query(
    const std::string& sql, const std::vector<std::uint64_t>& host_ids
) {
    const json body = {
        {"query", sql},
        {"selected", {{"hosts", host_ids}, {"labels", json::array()}, {"teams", json::array()}}}};
    return expect_ok(post("/queries/run", body), "run query").json().at("campaign").at("id");
}

json AdminClient::host(const std::string& identifier) {
    const auto response = get("/hosts/identifier/" + identifier);
    return response.status == 200 ? response.json().at("host") : json{};
}

std::uint64_t AdminClient::host_id(const std::string& identifier) {
    const auto found = host(identifier);
    if (found.is_null()) throw std::runtime_error("no such host: " + identifier);
    return found.at("id");
}

}  // namespace fleet::test
