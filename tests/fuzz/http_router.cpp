// Target splitting, routing, parameter and query decoding.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "http/router.hpp"
#include "http/url.hpp"

namespace {

using namespace fleet::http;

const Router& router() {
    static const Router instance = [] {
        Routes routes;
        for (const char* pattern :
             {"/",
              "/api/v1/fleet/hosts",
              "/api/v1/fleet/hosts/{id:uint}",
              "/api/v1/fleet/hosts/{id:uint}/query",
              "/api/v1/fleet/hosts/identifier/{identifier}",
              "/api/{version}/fleet/{a}/{b}/{c}",
              "/api/{version}/{rest...}",
              "/assets/{path...}"}) {
            for (const auto method : {Method::get, Method::post}) {
                routes.push_back(
                    {.method = method,
                     .pattern = pattern,
                     .name = pattern,
                     .handler = BlockingHandler{[](const Request&) { return Response{}; }}}
                );
            }
        }
        return Router{std::move(routes)};
    }();
    return instance;
}

void require(bool holds) {
    if (!holds) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view input{reinterpret_cast<const char*>(data), size};
    const auto target = split_target(input);
    if (!target) return 0;

    const auto path = strip_prefix(strip_trailing_slash(target->path), "");
    require(path.has_value() && path->starts_with('/'));
    for (const auto method : {Method::get, Method::head, Method::del}) {
        const auto match = router().find(method, *path);
        require((match.outcome == Router::Outcome::found) == (match.route != nullptr));
        for (const auto& [name, value] : match.params) {
            require(!name.empty() && value.size() <= input.size());
        }
    }
    for (const auto& [name, value] : parse_query(target->query)) {
        require(name.size() + value.size() <= target->query.size());
    }
    return 0;
}
