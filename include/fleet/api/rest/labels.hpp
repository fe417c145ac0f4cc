#pragma once

#include <span>

#include "fleet/api/rest/endpoint.hpp"
#include "fleet/service/label_service.hpp"

namespace fleet::api::rest {

struct LabelListParams;
struct LabelIdParams;
struct LabelNameParams;
struct CreateLabelRequest;
struct ModifyLabelRequest;
struct HostLabelsRequest;

/// Labels, and those of one host (rest-api-a 14.2 to 14.9, 13.25).
class LabelApi {
public:
    explicit LabelApi(service::LabelService& labels) : labels_{labels} {}

    static std::span<const Row<LabelApi>> rows();

    Result<json::Value> list(const Viewer& viewer, const LabelListParams& params);
    Result<json::Value> summary(const Viewer& viewer, const LabelListParams& params);
    Result<json::Value> get(const Viewer& viewer, const LabelIdParams& params);
    Result<json::Value> create(const Viewer& viewer, const CreateLabelRequest& request);
    Result<json::Value> modify(const Viewer& viewer, const ModifyLabelRequest& request);
    Result<Empty> remove(const Viewer& viewer, const LabelIdParams& params);
    Result<Empty> remove_named(const Viewer& viewer, const LabelNameParams& params);
    Result<Empty> add_to_host(const Viewer& viewer, const HostLabelsRequest& request);
    Result<Empty> remove_from_host(const Viewer& viewer, const HostLabelsRequest& request);

private:
    service::LabelService& labels_;
};

}  // namespace fleet::api::rest
