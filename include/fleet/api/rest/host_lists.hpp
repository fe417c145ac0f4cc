#pragma once

#include <span>

#include "fleet/api/rest/endpoint.hpp"
#include "fleet/service/host_service.hpp"
#include "fleet/service/software_service.hpp"

namespace fleet::api::rest {

struct HostParams;
struct SummaryParams;
struct HostCountDto;

/// Lists of hosts as JSON and CSV, and their counts (rest-api-a 13.2 to 13.4, 13.13, 14.8).
class HostListApi {
public:
    HostListApi(service::HostService& hosts, service::SoftwareService& software, const Clock& clock)
        : hosts_{hosts}, software_{software}, clock_{clock} {}

    static std::span<const Row<HostListApi>> rows();

    Result<Raw> list(const Viewer& viewer, const HostParams& params);
    Result<Raw> list_in_label(const Viewer& viewer, const HostParams& params);
    Result<HostCountDto> count(const Viewer& viewer, const HostParams& params);
    Result<json::Value> summary(const Viewer& viewer, const SummaryParams& params);
    Result<Raw> csv(const Viewer& viewer, const HostParams& params);

private:
    json::Value software_of(const Viewer& viewer, const service::HostSelection& selection);

    service::HostService& hosts_;
    service::SoftwareService& software_;
    const Clock& clock_;
};

}  // namespace fleet::api::rest
