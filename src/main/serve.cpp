#include "serve.hpp"

#include "database.hpp"
#include "fleet/core/log.hpp"
#include "fleet/store/migrations.hpp"

namespace fleet::main {

int run_server(const config::Config& config) {
    const auto db = store::open_database(database_options(config.mysql));
    const store::MigrationState state = store::migration_state(*db);
    if (!state.missing.empty() && !config.allow_missing_migrations) {
        log::error(
            "the database lacks migrations; run: fleet-server prepare db",
            {{"missing", state.missing.size()}, {"first", state.missing.front()}}
        );
        return 1;
    }
    log::error("this build has no listener yet");
    return 1;
}

}  // namespace fleet::main
