#pragma once

#include <functional>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "perf/sql/engine.hpp"

namespace fleet::perf {

/// The answer of distributed/read.
struct Work {
    std::vector<std::pair<std::string, std::string>> queries{};    ///< name, SQL; sorted by name
    std::vector<std::pair<std::string, std::string>> discovery{};  ///< name, SQL
    int accelerate{};                                              ///< seconds; 0: not asked for
    bool usable{true};  ///< false: one bad entry makes osquery drop the whole document
    std::vector<std::string> problems{};  ///< what a correct server would not send
};

Work read_work(const nlohmann::json& document);

struct WorkResult {
    std::string name{};
    QueryOutcome outcome{};
};

/// Runs the discovery queries, then every query that they let through. A failing discovery query
/// drops everything (nothing is returned). A query whose discovery gave no row has no result.
/// `instead` may answer a query by its name, in place of the tables.
using Instead = std::function<std::optional<QueryOutcome>(std::string_view name)>;
std::optional<std::vector<WorkResult>> run_work(
    const Work& work, Engine::Batch& batch, const Instead& instead = {}
);

/// Body of distributed/write.
std::string write_body(const std::vector<WorkResult>& results, std::string_view node_key);

}  // namespace fleet::perf
