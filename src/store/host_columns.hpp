#pragma once

#include <map>
#include <vector>

#include "fleet/core/host.hpp"
#include "fleet/store/db.hpp"

namespace fleet::store {

/// Writes the reported columns of a host's row that seldom change; does nothing when none of them
/// is in `vitals`.
void update_vitals(Session& session, HostId host, const HostVitals& vitals, Time at);

struct LabelChange {
    std::vector<HostId> joined{};
    std::vector<HostId> left{};
};
using LabelChanges = std::map<LabelId, LabelChange>;

/// Changes memberships and the counts of the labels in the same transaction. Labels that are gone
/// are skipped.
void write_label_changes(Session& session, const LabelChanges& changes);

/// What people see as the host's name: computer name, else hostname, else "<model> (<serial>)".
inline constexpr const char* kDisplayNameSql =
    "CASE WHEN computer_name <> '' THEN computer_name WHEN hostname <> '' THEN hostname "
    "WHEN hardware_serial <> '' THEN CONCAT(hardware_model, ' (', hardware_serial, ')') "
    "ELSE '' END";

}  // namespace fleet::store
