#pragma once

#include <string>

#include "fleet/store/label_store.hpp"

namespace fleet::api::rest {

/// "global" and 0: those of everybody; a team: its own, too; anything else is no filter (14.6).
store::LabelFilter to_label_filter(const std::string& team);

/// "dynamic", "manual" or "host_vitals".
const char* membership_text(store::LabelMembership membership);

}  // namespace fleet::api::rest
