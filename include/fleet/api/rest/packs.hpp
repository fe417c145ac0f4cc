#pragma once

#include <span>

#include "fleet/api/rest/endpoint.hpp"
#include "fleet/service/pack_service.hpp"

namespace fleet::api::rest {

struct PackListParams;
struct PackIdParams;
struct PackNameParams;
struct CreatePackRequest;
struct ModifyPackRequest;
struct ApplyPacksRequest;

/// Packs of the old kind and their specs (rest-api-a 17.2).
class PackApi {
public:
    explicit PackApi(service::PackService& packs) : packs_{packs} {}

    static std::span<const Row<PackApi>> rows();

    Result<json::Value> list(const Viewer& viewer, const PackListParams& params);
    Result<json::Value> get(const Viewer& viewer, const PackIdParams& params);
    Result<json::Value> create(const Viewer& viewer, const CreatePackRequest& request);
    Result<json::Value> modify(const Viewer& viewer, const ModifyPackRequest& request);
    Result<Empty> remove(const Viewer& viewer, const PackIdParams& params);
    Result<Empty> remove_named(const Viewer& viewer, const PackNameParams& params);
    Result<json::Value> list_specs(const Viewer& viewer, const Nothing&);
    Result<json::Value> get_spec(const Viewer& viewer, const PackNameParams& params);
    Result<json::Value> apply(const Viewer& viewer, const ApplyPacksRequest& request);

private:
    service::PackService& packs_;
};

struct PackQueriesParams;
struct PackQueryIdParams;
struct AddPackQueryRequest;
struct ModifyPackQueryRequest;

/// The queries of a pack (rest-api-a 17.4).
class PackScheduleApi {
public:
    explicit PackScheduleApi(service::PackService& packs) : packs_{packs} {}

    static std::span<const Row<PackScheduleApi>> rows();

    Result<json::Value> list(const Viewer& viewer, const PackQueriesParams& params);
    Result<json::Value> get(const Viewer& viewer, const PackQueryIdParams& params);
    Result<json::Value> add(const Viewer& viewer, const AddPackQueryRequest& request);
    Result<json::Value> modify(const Viewer& viewer, const ModifyPackQueryRequest& request);
    Result<Empty> remove(const Viewer& viewer, const PackQueryIdParams& params);

private:
    service::PackService& packs_;
};

}  // namespace fleet::api::rest
