#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "support/admin_client.hpp"
#include "support/certificate.hpp"
#include "support/fake_agent.hpp"
#include "support/private_mariadb.hpp"
#include "support/private_redis.hpp"
#include "support/server_process.hpp"

namespace fleet::test {

constexpr auto kEnrollSecret = "test-enroll-secret";

struct StackOptions {
    std::vector<std::string> flags{};   // more flags for every server
    PrivateMariaDb* mariadb = nullptr;  // the shared one when not given
    RedisOptions redis{};
    enum class Setup { done, pending } setup = Setup::done;
    int servers = 1;
    std::map<std::string, std::string> env{};  // of every server
};

/// MariaDB, Redis, a certificate and one or more fleet-servers on them, migrated and set up, with
/// the enroll secret kEnrollSecret. Logins are not rate limited unless a flag says so.
class Stack {
public:
    explicit Stack(StackOptions options = {});
    /// Fails the test when a sanitizer had something to say about a server.
    ~Stack();

    [[nodiscard]] ServerProcess& server(std::size_t index = 0) { return *servers_.at(index); }
    [[nodiscard]] std::size_t servers() const { return servers_.size(); }
    /// One more server on the same stores; its flags replace those of the same name.
    ServerProcess& add_server(
        const std::vector<std::string>& flags = {},
        const std::map<std::string, std::string>& env = {}
    );
    [[nodiscard]] PrivateMariaDb& mariadb() { return mariadb_; }
    [[nodiscard]] PrivateRedis& redis() { return redis_; }
    [[nodiscard]] const std::string& schema() const { return schema_; }
    [[nodiscard]] SqlClient sql() const { return mariadb_.client(schema_); }

    /// A client with the admin's token, on the server of that index.
    [[nodiscard]] AdminClient admin(std::size_t server_index = 0) const;
    /// A new machine that has not enrolled.
    [[nodiscard]] FakeAgent agent(
        const std::string& name,
        const std::string& platform = "ubuntu",
        std::size_t server_index = 0
    ) const;
    /// A new machine that enrolled and delivered its details.
    [[nodiscard]] FakeAgent enrolled(
        const std::string& name,
        const std::string& platform = "ubuntu",
        std::size_t server_index = 0
    ) const;
    /// The same, for a machine that reaches the servers at another address (a balancer's).
    [[nodiscard]] FakeAgent enrolled_at(
        const Endpoint& endpoint, const std::string& name, const std::string& platform = "ubuntu"
    ) const;
    /// That address, with the certificate that the servers show there.
    [[nodiscard]] Endpoint endpoint_at(std::uint16_t port) const;

private:
    PrivateMariaDb& mariadb_;
    PrivateRedis redis_;
    TempDir dir_;
    Certificate certificate_;
    std::string schema_;
    std::vector<std::string> flags_{};
    std::vector<std::unique_ptr<ServerProcess>> servers_{};
    std::string token_{};
};

/// The stack most tests of a program share; each test brings its own hosts, users and queries. At
/// the end of the program the server must stop cleanly.
Stack& shared_stack();

/// A name no other test uses.
std::string unique_name(const std::string& stem);

}  // namespace fleet::test
