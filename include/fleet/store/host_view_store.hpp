#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "fleet/core/ids.hpp"
#include "fleet/core/result.hpp"
#include "fleet/core/time.hpp"
#include "fleet/store/db.hpp"

namespace fleet::store {

/// A list of hosts that somebody wants to see again.
struct HostListView {
    HostViewId id{};
    UserId owner{};
    std::string owner_name{};
    std::string name{};
    std::string filters = "{}";  // JSON object
    bool shared = false;
    Time created_at{}, updated_at{};
};

/// Saved views of the list of hosts.
class HostViewStore {
public:
    explicit HostViewStore(Database& db) : db_{db} {}

    /// The user's own, and those that others share, by name.
    std::vector<HostListView> list(UserId user);
    std::optional<HostListView> find(HostViewId id);
    std::uint64_t count_of(UserId user);
    /// 409 when the user has a view of that name.
    Result<HostViewId> insert(const HostListView& view);
    Result<> update(const HostListView& view);
    void remove(HostViewId id);

private:
    Database& db_;
};

}  // namespace fleet::store
