#pragma once

#include <span>

#include "fleet/api/rest/endpoint.hpp"
#include "fleet/service/live_query.hpp"
#include "fleet/store/host_store.hpp"

namespace fleet::api::rest {

struct RunLiveQuery;
struct RunLiveQueryByNames;
struct CountTargets;
struct SearchHosts;
struct SearchTargets;

/// Starting live queries and picking their targets (rest-api-b 3.1).
class LiveQueryApi {
public:
    LiveQueryApi(service::LiveQueryService& live_queries, store::HostStore& hosts)
        : live_queries_{live_queries}, hosts_{hosts} {}

    static std::span<const Row<LiveQueryApi>> rows();

    Result<json::Value> run(const Viewer& viewer, const RunLiveQuery& request);
    Result<json::Value> run_by_names(const Viewer& viewer, const RunLiveQueryByNames& request);
    Result<json::Value> count_targets(const Viewer& viewer, const CountTargets& request);
    Result<json::Value> search_hosts(const Viewer& viewer, const SearchHosts& request);
    Result<json::Value> search_targets(const Viewer& viewer, const SearchTargets& request);
    Result<Empty> status(const Viewer& viewer, const Nothing& request);
    Result<Empty> result_store_status(const Viewer& viewer, const Nothing& request);

private:
    json::Value hosts_json(const std::vector<HostId>& ids);

    service::LiveQueryService& live_queries_;
    store::HostStore& hosts_;
};

}  // namespace fleet::api::rest
