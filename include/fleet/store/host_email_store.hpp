#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "fleet/core/ids.hpp"
#include "fleet/store/db.hpp"

namespace fleet::store {

/// Somebody who uses a host.
struct HostEmail {
    std::string email{}, source{};
};

/// Addresses of the people behind hosts (rest-api-a 13.14).
class HostEmailStore {
public:
    using InTransaction = std::function<void(Session&)>;

    explicit HostEmailStore(Database& db) : db_{db} {}

    std::vector<std::pair<HostId, HostEmail>> of_hosts(std::span<const HostId> hosts);
    /// Replaces the host's address of that source; none: removes it. Returns false when there is no
    /// such host.
    bool set(
        HostId host,
        const std::string& source,
        const std::optional<std::string>& email,
        const InTransaction& record
    );

private:
    Database& db_;
};

}  // namespace fleet::store
