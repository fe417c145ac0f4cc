#include "support/sql_client.hpp"

#include <cppconn/connection.h>
#include <cppconn/driver.h>
#include <cppconn/resultset.h>
#include <cppconn/resultset_metadata.h>
#include <cppconn/statement.h>

namespace fleet::test {

struct SqlClient::Impl {
    std::unique_ptr<sql::Connection> connection;
};

SqlClient::SqlClient(const DbAddress& address, const std::string& schema)
    : impl_{std::make_unique<Impl>()} {
    sql::ConnectOptionsMap options;
    options["hostName"] =
        sql::SQLString{"tcp://" + address.host + ":" + std::to_string(address.port)};
    options["userName"] = sql::SQLString{address.user};
    options["password"] = sql::SQLString{address.password};
    options["OPT_GET_SERVER_PUBLIC_KEY"] = true;
    if (!schema.empty()) options["schema"] = sql::SQLString{schema};
    impl_->connection.reset(get_driver_instance()->connect(options));
}

SqlClient::~SqlClient() = default;
SqlClient::SqlClient(SqlClient&&) noexcept = default;

void SqlClient::execute(const std::string& sql) {
    const std::unique_ptr<sql::Statement> statement{impl_->connection->createStatement()};
    statement->execute(sql);
}

std::vector<SqlClient::Row> SqlClient::query(const std::string& sql) {
    const std::unique_ptr<sql::Statement> statement{impl_->connection->createStatement()};
    const std::unique_ptr<sql::ResultSet> result{statement->executeQuery(sql)};
    const auto columns = result->getMetaData()->getColumnCount();

    std::vector<Row> rows;
    while (result->next()) {
        Row row;
        for (unsigned column = 1; column <= columns; ++column) {
            row.push_back(
                result->isNull(column) ? "NULL" : result->getString(column).asStdString()
            );
        }
        rows.push_back(std::move(row));
    }
    return rows;
}

std::string SqlClient::value(const std::string& sql) {
    const auto rows = query(sql);
    return rows.empty() ? "" : rows.front().at(0);
}

}  // namespace fleet::test
