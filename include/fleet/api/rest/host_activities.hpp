#pragma once

#include <span>

#include "fleet/api/rest/endpoint.hpp"
#include "fleet/service/host_activities.hpp"

namespace fleet::api::rest {

struct HostActivityParams;
struct CancelActivityParams;
struct ActivityList;

/// The feed and the queue of one host (rest-api-a 8.3 to 8.5).
class HostActivityApi {
public:
    explicit HostActivityApi(service::HostActivities& activities) : activities_{activities} {}

    static std::span<const Row<HostActivityApi>> rows();

    Result<ActivityList> past(const Viewer& viewer, const HostActivityParams& params);
    Result<json::Value> upcoming(const Viewer& viewer, const HostActivityParams& params);
    Result<Empty> cancel(const Viewer& viewer, const CancelActivityParams& params);

private:
    service::HostActivities& activities_;
};

}  // namespace fleet::api::rest
