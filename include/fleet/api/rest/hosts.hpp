#pragma once

#include <span>

#include "fleet/api/rest/endpoint.hpp"
#include "fleet/service/host_service.hpp"

namespace fleet::api::rest {

struct HostIdParams;
struct HostDetailParams;
struct HostIdentifierParams;
struct CertificateParams;
struct DeleteHostsRequest;

/// One host, and taking hosts away (rest-api-a 13.5 to 13.24).
class HostApi {
public:
    explicit HostApi(service::HostService& hosts) : hosts_{hosts} {}

    static std::span<const Row<HostApi>> rows();

    Result<json::Value> get(const Viewer& viewer, const HostDetailParams& params);
    Result<json::Value> get_by_identifier(const Viewer& viewer, const HostIdentifierParams& params);
    Result<Empty> remove(const Viewer& viewer, const HostIdParams& params);
    Result<Raw> remove_many(const Viewer& viewer, const DeleteHostsRequest& request);
    Result<Empty> refetch(const Viewer& viewer, const HostIdParams& params);
    Result<json::Value> health(const Viewer& viewer, const HostIdParams& params);
    Result<json::Value> certificates(const Viewer& viewer, const CertificateParams& params);

private:
    service::HostService& hosts_;
};

}  // namespace fleet::api::rest
