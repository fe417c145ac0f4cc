#pragma once

#include <optional>
#include <string>
#include <vector>

#include "fleet/core/result.hpp"
#include "fleet/core/viewer.hpp"
#include "fleet/store/host_view_store.hpp"

namespace fleet::service {

/// What is set changes, the rest stays. `filters`: a JSON object as text, already checked.
struct HostViewChanges {
    std::optional<std::string> name{}, filters{};
    std::optional<bool> shared{};
};

/// Saved views of the list of hosts: everybody has their own, and may let others use them. They
/// hold filters, never hosts: who uses one sees what they may see.
class HostViewService {
public:
    explicit HostViewService(store::HostViewStore& views) : views_{views} {}

    Result<std::vector<store::HostListView>> list(const Viewer& viewer);
    Result<store::HostListView> get(const Viewer& viewer, HostViewId id);
    Result<store::HostListView> create(const Viewer& viewer, const HostViewChanges& in);
    /// By the owner, or a global admin when it is shared.
    Result<store::HostListView> modify(
        const Viewer& viewer, HostViewId id, const HostViewChanges& in
    );
    Result<> remove(const Viewer& viewer, HostViewId id);

private:
    Result<store::HostListView> writable(const Viewer& viewer, HostViewId id);

    store::HostViewStore& views_;
};

}  // namespace fleet::service
