#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace fleet::test {

/// How to reach a MySQL or MariaDB server.
struct DbAddress {
    std::string host = "127.0.0.1";
    std::uint16_t port = 3306;
    std::string socket{};  // empty on an external server
    std::string user = "fleet";
    std::string password = "fleet";
};

/// A connection of the test's own, to look behind the server's back.
class SqlClient {
public:
    using Row = std::vector<std::string>;  // NULL reads as "NULL"

    explicit SqlClient(const DbAddress& address, const std::string& schema = "");
    ~SqlClient();
    SqlClient(SqlClient&&) noexcept;

    void execute(const std::string& sql);
    std::vector<Row> query(const std::string& sql);

    /// First column of the first row; "" when there is none.
    std::string value(const std::string& sql);

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace fleet::test
