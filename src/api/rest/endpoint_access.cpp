#include "endpoint_access.hpp"

#include <algorithm>

namespace fleet::api::rest {
namespace {

std::string method_name(http::Method method) {
    switch (method) {
        case http::Method::post:
            return "POST";
        case http::Method::put:
            return "PUT";
        case http::Method::patch:
            return "PATCH";
        case http::Method::del:
            return "DELETE";
        default:
            return "GET";
    }
}

}  // namespace

ApiEndpoint catalog_name(const EndpointInfo& info) {
    ApiEndpoint out{.method = method_name(info.method), .path = {}};
    if (!info.path.starts_with("/api/")) out.path = "/api/v1/fleet";
    for (std::size_t at = 0; at < info.path.size(); ++at) {
        if (info.path[at] != '{') {
            out.path += info.path[at];
            continue;
        }
        const auto end = info.path.find('}', at);
        const std::string name = info.path.substr(at + 1, end - at - 1);
        out.path += ':' + name.substr(0, name.find_first_of(":."));
        at = end;
    }
    return out;
}

bool Endpoints::may_call(const Viewer& viewer, const http::Request& request) const {
    if (!viewer.read_only && !viewer.endpoints) return true;
    const auto found = access_.find(request.route);
    if (found == access_.end()) return false;
    const Access& access = found->second;
    if (viewer.read_only && !access.reads) return false;
    if (!viewer.endpoints) return true;
    const auto& allowed = *viewer.endpoints;
    return std::any_of(allowed.begin(), allowed.end(), [&](const ApiEndpoint& one) {
        return std::find(access.endpoints.begin(), access.endpoints.end(), one) !=
               access.endpoints.end();
    });
}

void Endpoints::note_access(const EndpointInfo& info, const RowOptions& options) {
    const bool by_method = info.method == http::Method::get || info.method == http::Method::head;
    const bool reads =
        options.effect == Effect::reads || (options.effect == Effect::by_method && by_method);
    Access& access = access_[info.name];
    access.endpoints.push_back(catalog_name(info));
    access.reads = access.reads && reads;
}

}  // namespace fleet::api::rest
