#pragma once

#include <optional>
#include <string>

#include "support/child_process.hpp"
#include "support/sql_client.hpp"
#include "support/temp_dir.hpp"

namespace fleet::test {

/// A database server of the test's own: MariaDB in a temporary folder, or, when FLEET_TEST_MYSQL is
/// set to "host:port,user,password", an existing server where only the schemas are ours. Our own
/// has a second account, fleet_app with the same password, that owns schemas and nothing else.
class PrivateMariaDb {
public:
    enum class Durability {
        fast,  // never waits for the disk: survives kill9 of others, not a crash of its own
        full,  // every commit is on disk, as in production
    };

    explicit PrivateMariaDb(Durability durability = Durability::fast);
    ~PrivateMariaDb();

    [[nodiscard]] const DbAddress& address() const { return address_; }
    [[nodiscard]] bool is_external() const { return external_; }

    /// A fresh, empty schema; dropped with this object.
    std::string create_schema();
    [[nodiscard]] SqlClient client(const std::string& schema = "") const;

    // Not on an external server.
    void start();
    void stop();
    void restart();
    void kill9();

    [[nodiscard]] std::string log() const;

private:
    TempDir dir_;
    Durability durability_;
    DbAddress address_{};
    bool external_ = false;
    ChildProcess process_;
    std::vector<std::string> schemas_{};
};

/// One server for the whole test program.
PrivateMariaDb& shared_mariadb();

}  // namespace fleet::test
