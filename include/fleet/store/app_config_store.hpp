#pragma once

#include <cstdint>
#include <string>

#include "fleet/store/db.hpp"

namespace fleet::store {

struct AppConfigRow {
    std::string json = "{}";
    std::uint64_t version = 0;  // 0: nothing stored yet
};

/// The organisation's configuration: one JSON document whose version rises with each change.
class AppConfigStore {
public:
    explicit AppConfigStore(Database& db) : db_{db} {}

    AppConfigRow load();
    /// Cheap; for caches that check whether they are current.
    std::uint64_t version();

    /// The row, locked until the transaction ends, also when it did not exist: whoever changes the
    /// configuration does so one after the other.
    AppConfigRow lock(Session& session);
    /// After lock(). Returns the new version.
    std::uint64_t save(Session& session, const std::string& json);

private:
    Database& db_;
};

}  // namespace fleet::store
