#pragma once

#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

#include "fleet/api/rest/endpoint.hpp"
#include "fleet/service/host_service.hpp"

/// Hosts as CSV (rest-api-a 13.13).
namespace fleet::api::rest {

/// One column: its name, and how a host fills it.
struct CsvColumn {
    std::string_view name;
    std::string (*cell)(const service::HostView&);
};

/// The columns named in a comma list, all when it is empty; or what is wrong with the list.
tl::expected<std::vector<const CsvColumn*>, std::string> csv_columns(std::string_view list);

/// The text as one cell: quoted when it must be (RFC 4180).
std::string csv_cell(std::string_view text);

/// A streamed attachment. Ends early, without its last line, when the database fails.
Raw csv_answer(service::HostCursor cursor, std::vector<const CsvColumn*> columns, Time now);

}  // namespace fleet::api::rest
