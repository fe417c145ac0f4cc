#pragma once

#include <span>

#include "fleet/api/rest/endpoint.hpp"
#include "fleet/service/label_service.hpp"

namespace fleet::api::rest {

struct LabelListParams;
struct LabelIdParams;

/// Labels, reading only (rest-api-a 14.5 to 14.7).
class LabelApi {
public:
    explicit LabelApi(service::LabelService& labels) : labels_{labels} {}

    static std::span<const Row<LabelApi>> rows();

    Result<json::Value> list(const Viewer& viewer, const LabelListParams& params);
    Result<json::Value> summary(const Viewer& viewer, const LabelListParams& params);
    Result<json::Value> get(const Viewer& viewer, const LabelIdParams& params);

private:
    service::LabelService& labels_;
};

}  // namespace fleet::api::rest
