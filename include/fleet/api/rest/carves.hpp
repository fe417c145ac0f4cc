#pragma once

#include <span>

#include "fleet/api/rest/endpoint.hpp"
#include "fleet/service/carve_service.hpp"

namespace fleet::api::rest {

struct CarveListParams;
struct CarveIdParams;
struct CarveBlockParams;

/// File carves, reading (rest-api-a 16).
class CarveApi {
public:
    explicit CarveApi(service::CarveService& carves) : carves_{carves} {}

    static std::span<const Row<CarveApi>> rows();

    Result<json::Value> list(const Viewer& viewer, const CarveListParams& params);
    Result<json::Value> get(const Viewer& viewer, const CarveIdParams& params);
    Result<Raw> block(const Viewer& viewer, const CarveBlockParams& params);

private:
    service::CarveService& carves_;
};

}  // namespace fleet::api::rest
