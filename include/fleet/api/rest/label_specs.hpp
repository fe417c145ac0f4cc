#pragma once

#include <span>

#include "fleet/api/rest/endpoint.hpp"
#include "fleet/service/label_service.hpp"

namespace fleet::api::rest {

struct LabelSpecListParams;
struct LabelSpecNameParams;
struct ApplyLabelsRequest;

/// Labels as files, for fleetctl (rest-api-a 14.10 to 14.12).
class LabelSpecApi {
public:
    explicit LabelSpecApi(service::LabelService& labels) : labels_{labels} {}

    static std::span<const Row<LabelSpecApi>> rows();

    Result<json::Value> list(const Viewer& viewer, const LabelSpecListParams& params);
    Result<json::Value> get(const Viewer& viewer, const LabelSpecNameParams& params);
    Result<Empty> apply(const Viewer& viewer, const ApplyLabelsRequest& request);

private:
    service::LabelService& labels_;
};

}  // namespace fleet::api::rest
