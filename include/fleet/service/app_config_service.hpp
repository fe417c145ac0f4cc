#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <string>

#include "fleet/core/json.hpp"
#include "fleet/core/result.hpp"
#include "fleet/core/viewer.hpp"
#include "fleet/service/activities.hpp"
#include "fleet/service/events.hpp"
#include "fleet/store/app_config_store.hpp"

namespace fleet::service {

/// Where one kind of log lines goes.
struct LogFacts {
    std::string plugin{};
    std::string status_file{}, result_file{}, audit_file{};
    bool rotation = false, compression = false;
};

/// What the configuration shows of the server's own settings (rest-api-a 10.5).
struct ServerFacts {
    std::chrono::nanoseconds osquery_detail{}, osquery_policy{};
    bool debug = false, json = false;
    LogFacts result{}, status{}, audit{};
};

enum class DryRun { no, yes };
enum class CheckAgentOptions { yes, no };

/// The organisation's configuration (rest-api-a 10): a document with defaults, changed by merging.
class AppConfigService {
public:
    struct Deps {
        store::Database& db;
        store::AppConfigStore& configs;
        Activities& activities;
        ScheduleEvents& events;
        ServerFacts facts{};
        /// The certificate chain that agents should trust, as PEM.
        std::function<Result<std::string>()> certificate{};
        /// Tries changed mail settings (of a whole configuration) by a mail to that address.
        std::function<Result<>(const json::Value& config, const std::string& to)> test_mail{};
    };

    explicit AppConfigService(Deps deps) : deps_{std::move(deps)} {}

    Result<json::Value> get(const Viewer& viewer);
    /// Merges `changes` into what is stored; unknown keys and wrong types are refused.
    Result<json::Value> modify(
        const Viewer& viewer,
        const json::Value& changes,
        DryRun dry_run,
        CheckAgentOptions check = CheckAgentOptions::yes
    );
    Result<std::string> certificate(const Viewer& viewer);

private:
    Result<> test_mail(const Viewer& viewer, const json::Value& before, const json::Value& after);

    Deps deps_;
};

}  // namespace fleet::service
