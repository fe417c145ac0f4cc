#pragma once

#include <span>

#include "fleet/api/rest/endpoint.hpp"
#include "fleet/service/query_service.hpp"

namespace fleet::api::rest {

struct QueryListParams;
struct QueryIdParams;
struct QueryNameParams;
struct CreateQueryRequest;
struct ModifyQueryRequest;
struct DeleteQueriesRequest;
struct DeletedCountDto;

/// Saved queries (rest-api-b 2).
class QueryApi {
public:
    explicit QueryApi(service::QueryService& queries) : queries_{queries} {}

    static std::span<const Row<QueryApi>> rows();

    Result<json::Value> list(const Viewer& viewer, const QueryListParams& params);
    Result<json::Value> get(const Viewer& viewer, const QueryIdParams& params);
    Result<json::Value> create(const Viewer& viewer, const CreateQueryRequest& request);
    Result<json::Value> modify(const Viewer& viewer, const ModifyQueryRequest& request);
    Result<Empty> remove_named(const Viewer& viewer, const QueryNameParams& params);
    Result<Empty> remove(const Viewer& viewer, const QueryIdParams& params);
    Result<DeletedCountDto> remove_many(const Viewer& viewer, const DeleteQueriesRequest& request);

private:
    service::QueryService& queries_;
};

}  // namespace fleet::api::rest
