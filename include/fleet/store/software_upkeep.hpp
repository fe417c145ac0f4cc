#pragma once

#include <cstdint>
#include <string>

#include "fleet/core/time.hpp"
#include "fleet/store/db.hpp"

namespace fleet::store {

/// What jobs do for installed software. One thread at a time; every function blocks.
class SoftwareUpkeep {
public:
    explicit SoftwareUpkeep(Database& db) : db_{db} {}

    /// Counts the hosts of each version and title, over all and per team. Returns false, and
    /// does nothing but note the time, when no list has changed since the last count.
    bool count(Time now);

    struct Collected {
        std::uint64_t sets = 0, buckets = 0, software = 0, titles = 0;
    };
    /// Deletes what nothing refers to any more. Safe beside hosts that report: they and the
    /// deletion exclude each other (software_generation), and what is deleted is looked at again
    /// once they are out.
    Collected collect();

private:
    Database& db_;
    std::string counted_{};  // which lists the last count of this process saw
};

}  // namespace fleet::store
