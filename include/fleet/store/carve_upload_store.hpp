#pragma once

#include <string>

#include "fleet/core/host.hpp"
#include "fleet/core/result.hpp"
#include "fleet/store/db.hpp"

namespace fleet::store {

struct NewCarve {
    HostId host{};
    std::string name{}, carve_id{}, request_id{}, session_id{};
    std::int64_t block_count = 0, block_size = 0, carve_size = 0;
};

/// The agents' side of file carves: start one, add its blocks in order.
class CarveUploadStore {
public:
    explicit CarveUploadStore(Database& db) : db_{db} {}

    void begin(const NewCarve& carve);

    /// Adds the next block. The same block sent again is accepted; any other violation is an
    /// error and stays recorded on the carve (agent-api A.8).
    Result<> add_block(
        const std::string& session_id,
        const std::string& request_id,
        std::int64_t block_id,
        const std::string& data
    );

private:
    Database& db_;
};

}  // namespace fleet::store
