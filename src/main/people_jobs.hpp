#pragma once

#include <chrono>
#include <vector>

#include "fleet/core/time.hpp"
#include "fleet/service/audit_log.hpp"
#include "fleet/service/expiry_service.hpp"
#include "fleet/service/host_history_service.hpp"
#include "fleet/service/job_runner.hpp"
#include "fleet/service/label_service.hpp"
#include "fleet/service/live_query.hpp"
#include "fleet/store/account_link_store.hpp"
#include "fleet/store/app_config_store.hpp"
#include "fleet/store/job_store.hpp"
#include "fleet/store/policy_upkeep.hpp"
#include "fleet/store/query_store.hpp"
#include "fleet/store/software_upkeep.hpp"
#include "fleet/store/sso_store.hpp"

namespace fleet::main {

struct JobsOf {
    service::LiveQueryService& live_queries;
    store::ExpiryStore& expiry;
    store::QueryStore& queries;
    store::SoftwareUpkeep& software;
    store::PolicyUpkeep& policies;
    service::ExpiryService& old_things;
    service::AuditLog* audit_log;  // none: not switched on
    const Clock& clock;
    std::chrono::nanoseconds session_duration;
    service::LabelService& labels;
    store::AccountLinkStore& account_links;
    store::SsoStore& sso;
    service::HostHistoryService& host_history;
};

/// The table of background jobs: name, interval, function.
std::vector<service::Job> background_jobs(JobsOf of);

/// server_settings.live_query_disabled of the stored configuration.
bool live_queries_disabled(store::AppConfigStore& configs);

/// How long the synchronous endpoints wait: FLEET_LIVE_QUERY_REST_PERIOD, 25 s when unset or not a
/// duration (rest-api-b 3.2).
std::chrono::milliseconds live_query_wait();

}  // namespace fleet::main
