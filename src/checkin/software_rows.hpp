#pragma once

#include <functional>
#include <string_view>

#include "fleet/core/software.hpp"

namespace fleet::checkin {

/// One row of a software answer (agent-api B.8.4); the text lives until the visit ends.
struct SoftwareRow {
    SoftwareView software{};
    std::string_view installed_path{};
    std::int64_t last_opened = 0;  // seconds since 1970, 0 when unknown
};

/// Visits the rows of an answer in one pass, without building a tree. Rows that are no objects or
/// have no name are left out. False: the text is no JSON array to its end.
bool each_software_row(
    std::string_view rows_json, const std::function<void(const SoftwareRow&)>& visit
);

}  // namespace fleet::checkin
