#include "store_fixture.hpp"

#include "fleet/store/migrations.hpp"

namespace fleet::store {
namespace {

struct Migrated {
    Migrated() {
        auto& server = test::shared_mariadb();
        db = open_database(options_for(server, server.create_schema()));
        migrate(*db, [](const std::string&) {});
    }
    std::unique_ptr<Database> db;
};

Database& migrated() {
    static const Migrated one;
    return *one.db;
}

void empty_tables(Session& session) {
    const auto tables = session.rows(
        Sql{"tables", R"sql(
            SELECT table_name FROM information_schema.tables
            WHERE table_schema = DATABASE() AND table_type = 'BASE TABLE'
                AND table_name NOT IN ('schema_migrations', 'labels', 'software_generation')
        )sql"},
        [](const Row& row) { return row.str(0); }
    );
    session.execute(Sql{"checks_off", "SET foreign_key_checks = 0"});
    for (const auto& table : tables)
        session.execute(Sql{"empty", "DELETE FROM " + table});
    session.execute(Sql{"own_labels", "DELETE FROM labels WHERE label_type <> 1"});
    session.execute(Sql{"counts", "UPDATE labels SET host_count = 0"});
    session.execute(Sql{"checks_on", "SET foreign_key_checks = 1"});
}

}  // namespace

DbOptions options_for(const test::PrivateMariaDb& server, const std::string& schema) {
    const auto& address = server.address();
    DbOptions options;
    if (address.socket.empty()) {
        options.address = address.host + ":" + std::to_string(address.port);
    } else {
        options.protocol = "unix";
        options.address = address.socket;
    }
    options.username = address.user;
    options.password = address.password;
    options.database = schema;
    options.io_timeout = std::chrono::seconds{20};
    return options;
}

DbTest::DbTest() : db{open_database(options)} {}

void DbTest::execute(const std::string& text) {
    db->read([&](Session& session) { session.execute(Sql{"test", text}); });
}

std::uint64_t DbTest::count(const std::string& table) {
    return with_read(*db, [&](Session& session) {
        return session
            .one(
                Sql{"count", "SELECT COUNT(*) FROM " + table}, [](const Row& r) { return r.u64(0); }
            )
            .value_or(0);
    });
}

StoreTest::StoreTest() : db{migrated()} {
    db.read(empty_tables);
}

}  // namespace fleet::store
