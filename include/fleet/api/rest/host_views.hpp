#pragma once

#include <span>

#include "fleet/api/rest/endpoint.hpp"
#include "fleet/service/host_view_service.hpp"

namespace fleet::api::rest {

struct HostViewIdParams;
struct HostViewRequest;

/// Saved views of the list of hosts: /host_views.
class HostViewApi {
public:
    explicit HostViewApi(service::HostViewService& views) : views_{views} {}

    static std::span<const Row<HostViewApi>> rows();

    Result<json::Value> list(const Viewer& viewer, const Nothing& request);
    Result<json::Value> get(const Viewer& viewer, const HostViewIdParams& params);
    Result<json::Value> create(const Viewer& viewer, const HostViewRequest& request);
    Result<json::Value> modify(const Viewer& viewer, const HostViewRequest& request);
    Result<Empty> remove(const Viewer& viewer, const HostViewIdParams& params);

private:
    service::HostViewService& views_;
};

}  // namespace fleet::api::rest
