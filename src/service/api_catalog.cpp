#include "fleet/service/api_catalog.hpp"

#include <algorithm>

namespace fleet::service {
namespace {

constexpr const char* kField = "api_endpoints";

std::string upper(std::string text) {
    for (char& c : text) {
        if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    }
    return text;
}

void replace_segment(std::string& path, std::string_view older, std::string_view newer) {
    for (auto at = path.find(older); at != std::string::npos; at = path.find(older, at + 1)) {
        const auto end = at + older.size();
        if (end == path.size() || path[end] == '/') path.replace(at, older.size(), newer);
    }
}

ApiEndpoint canonical(const ApiEndpoint& wanted) {
    ApiEndpoint out{.method = upper(wanted.method), .path = wanted.path};
    for (const std::string_view prefix :
         {"/api/latest/fleet/", "/api/2022-04/fleet/", "/api/_version_/fleet/"}) {
        if (out.path.starts_with(prefix)) out.path.replace(0, prefix.size(), "/api/v1/fleet/");
    }
    replace_segment(out.path, "/queries", "/reports");
    replace_segment(out.path, "/teams", "/fleets");
    return out;
}

}  // namespace

Result<std::vector<ApiEndpoint>> check_endpoints(
    const std::vector<ApiEndpoint>& wanted, const ApiCatalog& catalog
) {
    if (wanted.empty()) {
        return fail(Error::invalid(kField, "at least one API endpoint must be specified"));
    }
    if (wanted.size() > catalog.size()) {
        return fail(Error::invalid(kField, "more API endpoints than there are"));
    }
    std::vector<ApiEndpoint> out;
    for (const ApiEndpoint& one : wanted) {
        ApiEndpoint endpoint = canonical(one);
        const bool known = std::any_of(catalog.begin(), catalog.end(), [&](const auto& entry) {
            return entry.endpoint == endpoint;
        });
        if (!known) {
            return fail(Error::invalid(
                kField, "there is no API endpoint " + endpoint.method + ' ' + endpoint.path
            ));
        }
        if (std::find(out.begin(), out.end(), endpoint) != out.end()) {
            return fail(Error::invalid(
                kField, "API endpoint " + endpoint.method + ' ' + endpoint.path + " is there twice"
            ));
        }
        out.push_back(std::move(endpoint));
    }
    return out;
}

}  // namespace fleet::service
