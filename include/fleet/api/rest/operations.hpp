#pragma once

#include <span>

#include "fleet/api/rest/endpoint.hpp"
#include "fleet/service/operations.hpp"

namespace fleet::api::rest {

struct TriggerParams;
struct DebugErrorsParams;
struct DebugKeyParams;

/// Jobs on demand and the debug pages (rest-api-a 19.2 and 19.5).
class OperationsApi {
public:
    OperationsApi(service::Operations& operations, const Endpoints& endpoints)
        : operations_{operations}, endpoints_{endpoints} {}

    static std::span<const Row<OperationsApi>> rows();

    Result<Empty> trigger(const Viewer& viewer, const TriggerParams& params);
    Result<Raw> errors(const Call& call, const DebugErrorsParams& params);
    Result<Raw> database(const Call& call, const DebugKeyParams& params);
    Result<Raw> migrations(const Call& call, const Nothing&);
    Result<Raw> no_profile(const Call& call, const Nothing&);

private:
    template <class Ask>
    Raw answer(const Call& call, Ask&& ask);

    service::Operations& operations_;
    const Endpoints& endpoints_;  // who is asking: these pages refuse in plain text
};

}  // namespace fleet::api::rest
