#include <algorithm>

#include "endpoint_access.hpp"
#include "fleet/api/rest/account_access.hpp"

namespace fleet::api::rest {
namespace {

/// "list_hosts" -> "List hosts".
std::string display_name(const std::string& name) {
    std::string out = name;
    std::replace(out.begin(), out.end(), '_', ' ');
    if (!out.empty() && out[0] >= 'a' && out[0] <= 'z') {
        out[0] = static_cast<char>(out[0] - 'a' + 'A');
    }
    return out;
}

}  // namespace

service::ApiCatalog catalog_of(std::span<const EndpointInfo> endpoints) {
    service::ApiCatalog out;
    for (const EndpointInfo& info : endpoints) {
        if (info.who == Who::anyone) continue;
        out.push_back({.endpoint = catalog_name(info), .display_name = display_name(info.name)});
    }
    return out;
}

}  // namespace fleet::api::rest
