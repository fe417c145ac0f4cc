#pragma once

#include <optional>
#include <string>
#include <vector>

namespace fleet::test {

/// One endpoint of the wire contract's summary tables.
struct ContractRow {
    std::string method{};    // "GET"; "*" for whatever is below the path
    std::string path{};      // "/hosts/{id}", in the newer words
    std::string priority{};  // "P0"
    bool in_root = false;    // beside the API: /healthz
};

/// The rows with priority P0 and P1 of both summary tables, in their order; nothing when the wire
/// contract is not at hand (FLEET_SPEC_DIR, or shared/spec beside a folder above the sources).
std::optional<std::vector<ContractRow>> read_wire_contract();

/// "/hosts/{id}" and "/hosts/:host_id" are the same: "/hosts/{}".
std::string skeleton(const std::string& path);

}  // namespace fleet::test
