#pragma once

#include <span>

#include "fleet/api/rest/endpoint.hpp"
#include "fleet/service/host_email_service.hpp"
#include "fleet/service/host_service.hpp"

namespace fleet::api::rest {

struct HostFactsParams;
struct HostsFactsParams;
struct SetDeviceMappingRequest;

/// Facts beside the host object: who uses it, and what device management knows (rest-api-a 13.14
/// to 13.22). The server manages no devices, so those answers are the ones for hosts without.
class HostFactsApi {
public:
    HostFactsApi(service::HostService& hosts, service::HostEmailService& emails)
        : hosts_{hosts}, emails_{emails} {}

    static std::span<const Row<HostFactsApi>> rows();

    Result<json::Value> device_mapping(const Viewer& viewer, const HostFactsParams& params);
    Result<json::Value> set_device_mapping(
        const Viewer& viewer, const SetDeviceMappingRequest& request
    );
    Result<Empty> remove_idp(const Viewer& viewer, const HostFactsParams& params);
    Result<json::Value> mdm(const Viewer& viewer, const HostFactsParams& params);
    Result<json::Value> mdm_summary(const Viewer& viewer, const HostsFactsParams& params);
    Result<json::Value> macadmins(const Viewer& viewer, const HostFactsParams& params);
    Result<json::Value> macadmins_summary(const Viewer& viewer, const HostsFactsParams& params);
    Result<json::Value> encryption_key(const Viewer& viewer, const HostFactsParams& params);

private:
    service::HostService& hosts_;
    service::HostEmailService& emails_;
};

}  // namespace fleet::api::rest
