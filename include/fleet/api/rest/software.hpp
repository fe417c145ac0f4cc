#pragma once

#include <span>

#include "fleet/api/rest/endpoint.hpp"
#include "fleet/service/software_service.hpp"

namespace fleet::api::rest {

struct SoftwareParams;
struct SoftwareIdParams;

/// Installed software, reading only (rest-api-b 6, rest-api-a 13.23).
class SoftwareApi {
public:
    explicit SoftwareApi(service::SoftwareService& software) : software_{software} {}

    static std::span<const Row<SoftwareApi>> rows();

    Result<json::Value> versions(const Viewer& viewer, const SoftwareParams& params);
    Result<json::Value> version(const Viewer& viewer, const SoftwareIdParams& params);
    /// The older shape of versions().
    Result<json::Value> list(const Viewer& viewer, const SoftwareParams& params);
    Result<json::Value> count(const Viewer& viewer, const SoftwareParams& params);
    Result<json::Value> titles(const Viewer& viewer, const SoftwareParams& params);
    Result<json::Value> title(const Viewer& viewer, const SoftwareIdParams& params);
    Result<json::Value> of_host(const Viewer& viewer, const SoftwareParams& params);

private:
    service::SoftwareService& software_;
};

}  // namespace fleet::api::rest
