#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "fleet/core/host.hpp"
#include "fleet/core/software.hpp"
#include "fleet/store/db.hpp"

namespace fleet::store {

/// A software as it is stored.
struct SoftwareRecord : Software {
    std::uint64_t id = 0;
    std::uint64_t title = 0;
    std::string title_name{};
};

/// A software on one host. The record is shared between the hosts that were read together.
struct InstalledSoftware {
    std::shared_ptr<const SoftwareRecord> software{};
    std::optional<Time> last_opened{};
    std::vector<std::string> paths{};
};

/// Installed software for people and scripts. Every function blocks.
class SoftwareStore {
public:
    explicit SoftwareStore(Database& db) : db_{db} {}

    /// The software of each host that has told, by name and version.
    std::vector<std::pair<HostId, std::vector<InstalledSoftware>>> of_hosts(
        std::span<const HostId> hosts
    );

    /// Sets that hold this software, or any version of this title: buckets and sets are searched.
    std::vector<std::uint64_t> sets_with_version(std::uint64_t version);
    std::vector<std::uint64_t> sets_with_title(std::uint64_t title);

private:
    std::vector<std::uint64_t> sets_with(std::vector<std::uint64_t> versions);

    Database& db_;
};

}  // namespace fleet::store
