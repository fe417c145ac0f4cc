#pragma once

#include <chrono>
#include <functional>
#include <string>

#include "fleet/core/json.hpp"
#include "fleet/core/result.hpp"
#include "fleet/core/viewer.hpp"
#include "fleet/service/activities.hpp"
#include "fleet/service/apply_plan.hpp"
#include "fleet/service/events.hpp"
#include "fleet/store/app_config_store.hpp"

namespace fleet::service {

/// Where one kind of log lines goes: the plugin, and what of its settings may be shown.
struct LogFacts {
    std::string plugin{};
    json::Value settings = nullptr;
};

/// What the configuration shows of the server's own settings (rest-api-a 10.5), and what it decides
/// by them.
struct ServerFacts {
    std::chrono::nanoseconds osquery_detail{}, osquery_policy{};
    bool debug = false, json = false, sandbox = false;
    LogFacts result{}, status{}, audit{};
    json::Value vulnerabilities = json::Value::object();
    json::Value email = nullptr;  // null: mail goes by SMTP
    bool windows_mdm = false;     // a certificate and key to enrol Windows devices
    bool private_key = false;     // what stored secrets are encrypted with
};

/// How a change is to be taken.
struct ConfigChangeOptions {
    DryRun dry_run = DryRun::no;
    bool force = false;      // unknown keys are dropped, agent options taken as they are
    bool overwrite = false;  // what is absent goes back to its default
};

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
        const Viewer& viewer, json::Value changes, const ConfigChangeOptions& options
    );
    Result<std::string> certificate(const Viewer& viewer);

private:
    Result<> test_mail(
        const Viewer& viewer, const json::Value& before, const json::Value& after, bool asked
    );
    Result<json::Value> changed(
        const json::Value& before, const json::Value& changes, const ConfigChangeOptions& options
    ) const;
    Result<json::Value> apply(
        store::Session& session,
        const Viewer& viewer,
        const json::Value& changes,
        const ConfigChangeOptions& options,
        const json::Value& tested
    );

    Deps deps_;
};

}  // namespace fleet::service
