#include "database.hpp"

#include <chrono>
#include <iostream>
#include <string>

#include "fleet/store/migrations.hpp"

namespace fleet::main {
namespace {

void list(const char* title, const std::vector<std::string>& names) {
    std::cerr << title << "\n";
    for (const std::string& name : names) {
        std::cerr << "  " << name << "\n";
    }
}

/// Whether the database is one that this release may change.
bool fits(const store::MigrationState& state) {
    if (!state.unknown.empty()) {
        list("The database has migrations that this release does not know:", state.unknown);
        std::cerr << "Start the release that applied them, or a newer one.\n";
    }
    if (!state.changed.empty()) {
        list("The database has migrations whose text was different:", state.changed);
        std::cerr << "Use an unmodified release.\n";
    }
    return state.unknown.empty() && state.changed.empty();
}

bool confirmed(std::size_t steps) {
    std::cout << "This database is in use and needs " << steps
              << (steps == 1 ? " migration" : " migrations")
              << ".\nMake a backup first. Press Enter to go on, Ctrl-C to stop. " << std::flush;
    std::string line;
    return static_cast<bool>(std::getline(std::cin, line));
}

}  // namespace

store::DbOptions database_options(const config::Mysql& mysql) {
    return {
        .protocol = mysql.protocol,
        .address = mysql.address,
        .username = mysql.username,
        .password = mysql.password,
        .database = mysql.database,
        .tls_ca = mysql.tls_ca,
        .tls_cert = mysql.tls_cert,
        .tls_key = mysql.tls_key,
        .tls_config = mysql.tls_config,
        .sql_mode = mysql.sql_mode,
        .max_open_conns = mysql.max_open_conns,
        .max_idle_conns = mysql.max_idle_conns,
        .conn_max_lifetime = mysql.conn_max_lifetime,
    };
}

int prepare_database(const config::Config& config, bool ask_first) {
    store::DbOptions options = database_options(config.mysql);
    options.io_timeout = std::chrono::hours{6};  // changing a large table takes its time
    const auto db = store::open_database(options);
    const store::MigrationState state = store::migration_state(*db);
    if (!fits(state)) return 1;
    if (state.missing.empty()) {
        std::cout << "Migrations already completed. Nothing to do.\n";
        return 0;
    }
    if (ask_first && !state.applied.empty() && !confirmed(state.missing.size())) {
        std::cerr << "\nNothing was changed.\n";
        return 1;
    }
    store::migrate(*db, [](const std::string& line) { std::cout << line << std::endl; });
    std::cout << "Migrations completed.\n";
    return 0;
}

}  // namespace fleet::main
