#pragma once

#include <span>

#include "fleet/api/rest/endpoint.hpp"
#include "fleet/service/logo_service.hpp"

namespace fleet::api::rest {

struct LogoParams;

/// The organisation's logo (rest-api-a 10.8).
class LogoApi {
public:
    explicit LogoApi(service::LogoService& logos) : logos_{logos} {}

    static std::span<const Row<LogoApi>> rows();

    Result<Raw> get(const Viewer& viewer, const LogoParams& params);
    Result<Empty> put(const Call& call, const LogoParams& params);
    Result<Empty> remove(const Viewer& viewer, const LogoParams& params);

private:
    service::LogoService& logos_;
};

}  // namespace fleet::api::rest
