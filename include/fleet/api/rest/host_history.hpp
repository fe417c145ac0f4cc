#pragma once

#include <span>

#include "fleet/api/rest/endpoint.hpp"
#include "fleet/service/host_history_service.hpp"

namespace fleet::api::rest {

struct HostHistoryParams;

/// How the number of hosts went, and what they run, for the dashboard: beyond the contract.
class HostHistoryApi {
public:
    explicit HostHistoryApi(service::HostHistoryService& history) : history_{history} {}

    static std::span<const Row<HostHistoryApi>> rows();

    Result<json::Value> hours(const Viewer& viewer, const HostHistoryParams& params);
    Result<json::Value> os_versions(const Viewer& viewer, const HostHistoryParams& params);

private:
    service::HostHistoryService& history_;
};

}  // namespace fleet::api::rest
