#pragma once

#include <span>

#include "fleet/api/rest/endpoint.hpp"
#include "fleet/service/translate_service.hpp"

namespace fleet::api::rest {

struct TranslateRequest;

/// Ids for names (rest-api-a 18).
class TranslateApi {
public:
    explicit TranslateApi(service::TranslateService& translator) : translator_{translator} {}

    static std::span<const Row<TranslateApi>> rows();

    Result<json::Value> translate(const Viewer& viewer, const TranslateRequest& request);

private:
    service::TranslateService& translator_;
};

}  // namespace fleet::api::rest
