#pragma once

#include <span>

#include "fleet/api/rest/endpoint.hpp"
#include "fleet/service/query_service.hpp"

namespace fleet::api::rest {

struct SpecListParams;
struct SpecNameParams;
struct ApplySpecsRequest;

/// Saved queries as documents of `fleetctl apply` (rest-api-b 2, spec/reports).
class QuerySpecApi {
public:
    explicit QuerySpecApi(service::QueryService& queries) : queries_{queries} {}

    static std::span<const Row<QuerySpecApi>> rows();

    Result<json::Value> list(const Viewer& viewer, const SpecListParams& params);
    Result<json::Value> get(const Viewer& viewer, const SpecNameParams& params);
    Result<json::Value> apply(const Viewer& viewer, const ApplySpecsRequest& request);

private:
    service::QueryService& queries_;
};

}  // namespace fleet::api::rest
