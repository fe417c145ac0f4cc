#pragma once

#include <cstdint>
#include <nlohmann/json_fwd.hpp>
#include <string>

#include "support/host_rows.hpp"
#include "support/http_client.hpp"

namespace fleet::test {

/// An osqueryd on byte level: the requests, headers and member order of a real 5.23.1, and by
/// default a new TLS connection for each request.
class FakeAgent {
public:
    enum class Spelling { plain, v1 };       // /api/osquery/... or /api/v1/osquery/...
    enum class Auth { both, body, header };  // where the node key travels

    FakeAgent(
        const Endpoint& endpoint,
        Machine machine,
        std::string enroll_secret,
        HttpClient::Connections connections = HttpClient::Connections::one_each
    );

    /// Remembers the node key when there is one.
    Response enroll();
    /// An enrol request with another body.
    Response enroll(const nlohmann::json& body);
    [[nodiscard]] nlohmann::json enroll_body() const;

    Response config();
    /// `lines` is the data array; type "result" or "status".
    Response log(const std::string& type, const nlohmann::json& lines);
    Response log_gzip(const std::string& type, const nlohmann::json& lines);
    Response read();
    /// A write of {"queries", "statuses", "messages", "stats"}.
    Response write(const nlohmann::json& results);
    Response carve_begin(const nlohmann::json& request);
    Response carve_block(
        std::uint64_t block_id,
        const std::string& session_id,
        const std::string& request_id,
        const std::string& raw_block
    );

    /// Reads once and answers everything with plausible rows; returns the names that were asked.
    nlohmann::json check_in();
    /// The write for a read: detail queries get the machine's rows, others one row {"n":"1"}.
    [[nodiscard]] nlohmann::json answer(const nlohmann::json& read_answer) const;
    /// Reads until the query of that name arrives; returns its SQL, "" when it never comes.
    std::string await_query(
        const std::string& name, std::chrono::milliseconds limit = std::chrono::seconds{20}
    );

    /// Any POST to an osquery endpoint (such as "distributed/read") with our usual headers.
    Response post(const std::string& operation, const std::string& body, const Headers& extra = {});
    /// As post(), the node key added where auth() says.
    Response call(const std::string& operation, const nlohmann::json& body);

    void use(Spelling spelling) { spelling_ = spelling; }
    void use(Auth auth) { auth_ = auth; }

    [[nodiscard]] const std::string& node_key() const { return node_key_; }
    void set_node_key(std::string key) { node_key_ = std::move(key); }
    void set_secret(std::string secret) { secret_ = std::move(secret); }
    [[nodiscard]] Machine& machine() { return machine_; }
    [[nodiscard]] const Machine& machine() const { return machine_; }
    [[nodiscard]] HttpClient& http() { return http_; }

private:
    HttpClient http_;
    Machine machine_;
    std::string secret_;
    std::string node_key_{};
    Spelling spelling_ = Spelling::v1;
    Auth auth_ = Auth::both;
};

/// {"name","columns"...}: one result line in event format.
nlohmann::json event_line(const std::string& query, const nlohmann::json& columns);
/// One snapshot line as logged by a real agent.
nlohmann::json snapshot_line(
    const std::string& query, const nlohmann::json& rows, std::int64_t unix_time
);
nlohmann::json status_line(const std::string& message);

}  // namespace fleet::test
