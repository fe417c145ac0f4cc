#pragma once

#include <cstdint>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "support/http_client.hpp"

namespace fleet::test {

constexpr auto kAdminEmail = "admin@example.test";
constexpr auto kPassword = "Str0ng-passw0rd!";

/// A person or script at the REST API; paths are relative to /api/latest/fleet.
class AdminClient {
public:
    explicit AdminClient(const Endpoint& endpoint, std::string token = "");

    /// First-time setup; keeps the token of the new admin.
    Response set_up();
    Response login(const std::string& email, const std::string& password = kPassword);

    Response get(const std::string& path);
    Response post(const std::string& path);
    Response post(const std::string& path, const nlohmann::json& body);
    Response patch(const std::string& path, const nlohmann::json& body);
    Response del(const std::string& path);
    /// Any request with our token; the target is complete ("/api/v1/fleet/hosts").
    Response send(Request request);

    /// Creates a user with that global role and returns a client logged in as that user.
    AdminClient create_user(const std::string& global_role);

    void set_enroll_secrets(const std::vector<std::string>& secrets);
    /// Id of a saved query; `fields` overrides and adds members.
    std::uint64_t create_query(const std::string& name, const nlohmann::json& fields);
    /// Starts a live query on hosts by id; returns the campaign id.
    std::uint64_t run_query(const std::string& sql, const std::vector<std::uint64_t>& host_ids);
    /// The host object for a UUID, hostname or serial; null when unknown.
    nlohmann::json host(const std::string& identifier);
    std::uint64_t host_id(const std::string& identifier);

    [[nodiscard]] const std::string& token() const { return token_; }
    void set_token(std::string token) { token_ = std::move(token); }
    [[nodiscard]] const std::string& email() const { return email_; }
    [[nodiscard]] const Endpoint& endpoint() const { return http_.endpoint(); }
    [[nodiscard]] HttpClient& http() { return http_; }

private:
    HttpClient http_;
    std::string token_;
    std::string email_ = kAdminEmail;
};

}  // namespace fleet::test
