#pragma once

#include <string>

#include "fleet/core/json.hpp"
#include "fleet/core/result.hpp"
#include "fleet/core/viewer.hpp"
#include "fleet/service/job_runner.hpp"
#include "fleet/store/debug_store.hpp"

namespace fleet::service {

/// What operators ask of a running server: to run a job now, and what it knows of itself
/// (rest-api-a 19).
class Operations {
public:
    struct Deps {
        JobRunner& jobs;
        store::Database& db;
        store::DebugStore& debug;
    };

    explicit Operations(Deps deps) : deps_{deps} {}

    /// Starts a job, or the jobs of a schedule; 409 while one of them runs.
    Result<> trigger(const Viewer& viewer, const std::string& name);

    enum class Flush { no, yes };
    /// Errors that this instance has logged, each message once.
    Result<json::Value> errors(const Viewer& viewer, Flush flush);
    /// "locks", "innodb-status" or "process-list".
    Result<json::Value> database(const Viewer& viewer, const std::string& key);
    Result<json::Value> migrations(const Viewer& viewer);

private:
    Deps deps_;
};

}  // namespace fleet::service
