#pragma once

#include <span>

#include "fleet/api/rest/endpoint.hpp"
#include "fleet/service/app_config_service.hpp"

namespace fleet::api::rest {

struct ModifyConfigParams;

/// The configuration, and what the server tells about itself (rest-api-a 9, 10, 12.2).
class ConfigApi {
public:
    explicit ConfigApi(service::AppConfigService& config) : config_{config} {}

    static std::span<const Row<ConfigApi>> rows();

    Result<json::Value> get(const Viewer& viewer, const Nothing&);
    Result<json::Value> modify(const Call& call, const ModifyConfigParams& params);
    Result<json::Value> certificate(const Viewer& viewer, const Nothing&);
    Result<json::Value> version(const Viewer& viewer, const Nothing&);

private:
    service::AppConfigService& config_;
};

}  // namespace fleet::api::rest
