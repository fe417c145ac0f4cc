#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "fleet/store/db.hpp"
#include "support/private_mariadb.hpp"

namespace fleet::store {

/// Options that reach a schema of that server.
DbOptions options_for(const test::PrivateMariaDb& server, const std::string& schema);

/// A pool over a fresh, empty schema of the shared server.
class DbTest : public testing::Test {
protected:
    DbTest();

    /// Runs one statement without values.
    void execute(const std::string& text);
    std::uint64_t count(const std::string& table);

    test::PrivateMariaDb& server = test::shared_mariadb();
    const std::string schema = server.create_schema();
    DbOptions options = options_for(server, schema);
    std::unique_ptr<Database> db;
};

/// A pool over the real schema: migrated once a process, emptied before each case (built-in labels
/// stay).
class StoreTest : public testing::Test {
protected:
    StoreTest();

    Database& db;
};

}  // namespace fleet::store
