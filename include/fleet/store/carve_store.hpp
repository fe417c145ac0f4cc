#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "fleet/core/ids.hpp"
#include "fleet/core/paging.hpp"
#include "fleet/core/result.hpp"
#include "fleet/store/db.hpp"

namespace fleet::store {

/// A file archive that a host has uploaded, or is uploading.
struct Carve {
    CarveId id{};
    HostId host{};
    Time created_at{};
    std::string name{}, carve_id{}, request_id{}, session_id{};
    std::int64_t block_count = 0, block_size = 0, carve_size = 0;
    std::int64_t max_block = -1;  // highest received
    bool expired = false;
    std::string error{};
};

enum class ExpiredCarves { hide, show };

/// Carves for people: reading only.
class CarveStore {
public:
    explicit CarveStore(Database& db) : db_{db} {}

    Result<std::vector<Carve>> list(ExpiredCarves expired, const Paging& paging);
    std::optional<Carve> find(CarveId id);
    std::optional<std::string> block(CarveId id, std::int64_t block_id);

private:
    Database& db_;
};

}  // namespace fleet::store
