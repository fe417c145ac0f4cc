#pragma once

#include <span>
#include <vector>

#include "fleet/core/ids.hpp"
#include "fleet/store/db.hpp"

namespace fleet::store {

/// Whether a host is in a label that decides by the host's attributes.
struct CriteriaVerdict {
    HostId host{};
    LabelId label{};
    bool member = false;
};

/// To be called in the transaction that changed the hosts' rows, with those rows locked: enters
/// them into the labels whose criteria they meet and takes them out of the others, counts included.
/// Returns how it stands now for every such label.
std::vector<CriteriaVerdict> apply_label_criteria(Session& session, std::span<const HostId> hosts);

/// The same after hosts have moved to another team: they also leave the labels of other teams.
/// Returns the hosts for whose sake something was written.
std::vector<HostId> reconcile_labels_of_moved(Session& session, std::span<const HostId> hosts);

}  // namespace fleet::store
