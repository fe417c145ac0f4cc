#include "fleet/store/app_config_store.hpp"

namespace fleet::store {
namespace {

const Sql kLoad{"load_app_config", "SELECT config, version FROM app_config WHERE id = 1"};
const Sql kVersion{"app_config_version", "SELECT version FROM app_config WHERE id = 1"};
const Sql kMake{
    "make_app_config", "INSERT IGNORE INTO app_config (id, config, version) VALUES (1, '{}', 0)"};
const Sql kLock{
    "lock_app_config", "SELECT config, version FROM app_config WHERE id = 1 FOR UPDATE"};
const Sql kSave{
    "save_app_config", "UPDATE app_config SET config = ?, version = version + 1 WHERE id = 1"};

AppConfigRow to_config(const Row& row) {
    return {.json = row.str(0), .version = row.u64(1)};
}

}  // namespace

AppConfigRow AppConfigStore::load() {
    return with_read(db_, [](Session& session) {
        return session.one(kLoad, to_config).value_or(AppConfigRow{});
    });
}

std::uint64_t AppConfigStore::version() {
    return with_read(db_, [](Session& session) {
        return session.one(kVersion, [](const Row& row) { return row.u64(0); }).value_or(0);
    });
}

AppConfigRow AppConfigStore::lock(Session& session) {
    // INSERT IGNORE on a row that exists takes a shared lock that two callers would then both try
    // to raise; so only when it is missing.
    if (auto config = session.one(kLock, to_config)) return *config;
    session.execute(kMake);
    return session.one(kLock, to_config).value_or(AppConfigRow{});
}

std::uint64_t AppConfigStore::save(Session& session, const std::string& json) {
    session.execute(kSave, json);
    return session.one(kVersion, [](const Row& row) { return row.u64(0); }).value_or(0);
}

}  // namespace fleet::store
