#include "fleet/api/health/health_api.hpp"

#include <algorithm>
#include <memory>

#include "fleet/api/rest/endpoint.hpp"
#include "fleet/core/build_info.hpp"
#include "fleet/core/crypto.hpp"
#include "fleet/core/log.hpp"

namespace fleet::api::health {
namespace {

http::Response healthz(const std::vector<Check>& checks, const http::Request& request) {
    std::vector<std::string> wanted;
    for (const auto& [name, value] : request.query_params()) {
        if (name == "check") wanted.push_back(value);
    }
    const auto has = [](const Check& check, const std::string& name) {
        return std::find(check.names.begin(), check.names.end(), name) != check.names.end();
    };
    for (const std::string& name : wanted) {
        const bool known = std::any_of(checks.begin(), checks.end(), [&](const Check& check) {
            return has(check, name);
        });
        if (!known) {
            return rest::error_response(Error::bad_request(name + " is not a valid check"));
        }
    }
    http::Response out;
    out.content_type = "text/plain; charset=utf-8";
    for (const Check& check : checks) {
        const bool asked = wanted.empty() ||
                           std::any_of(wanted.begin(), wanted.end(), [&](const std::string& name) {
                               return has(check, name);
                           });
        if (!asked) continue;
        if (const auto ok = check.check(); !ok) {
            log::warn(
                "health check failed",
                {{"component", "healthz"},
                 {"health-checker", check.names.front()},
                 {"detail", ok.error().message}}
            );
            out.status = 500;
        }
    }
    return out;
}

http::Response version() {
    const BuildInfo info = build_info();
    json::Value body = json::Value::object();
    body["version"] = std::string{info.version};
    body["branch"] = std::string{info.branch};
    body["revision"] = std::string{info.revision};
    body["go_version"] = "";
    body["build_date"] = std::string{info.build_date};
    body["build_user"] = std::string{info.build_user};
    http::Response out;
    out.body = json::dump(body, 2) + "\n";
    return out;
}

bool admitted(const MetricsAccess& access, std::string_view header) {
    if (access.username.empty() && access.password.empty()) return true;
    constexpr std::string_view kScheme = "Basic ";
    if (!header.starts_with(kScheme)) return false;
    const auto given = base64_decode(header.substr(kScheme.size()));
    // Digests have one length, so the comparison tells nothing about the secret's.
    return given &&
           equal_constant_time(
               as_bytes(sha256(*given)), as_bytes(sha256(access.username + ":" + access.password))
           );
}

http::Route get(std::string path, std::string name, http::BlockingHandler handler) {
    http::Route route;
    route.method = http::Method::get;
    route.pattern = std::move(path);
    route.name = std::move(name);
    route.handler = std::move(handler);
    // A balancer must not take a busy server for a dead one.
    route.overload = http::Overload::serve;
    return route;
}

}  // namespace

http::Routes routes(std::vector<Check> checks, MetricsAccess metrics) {
    http::Routes out;
    out.push_back(
        get("/healthz",
            "healthz",
            [checks = std::move(checks)](const http::Request& request) {
                return healthz(checks, request);
            })
    );
    out.push_back(get("/version", "version", [](const http::Request&) { return version(); }));
    if (metrics.mounted) {
        out.push_back(get(
            "/metrics",
            "metrics",
            [access = std::move(metrics)](const http::Request& request) {
                http::Response response;
                if (!admitted(access, request.header("Authorization"))) {
                    response.status = 401;
                    response.content_type = "text/plain; charset=utf-8";
                    response.headers.emplace_back("WWW-Authenticate", "Basic realm=\"metrics\"");
                    return response;
                }
                response.content_type = "text/plain; version=0.0.4; charset=utf-8";
                response.body = access.render();
                return response;
            }
        ));
    }
    if (!metrics.mounted) {
        // Without this row the path would be answered with the page of the web application.
        out.push_back(get("/metrics", "metrics", [](const http::Request&) {
            http::Response response;
            response.status = 404;
            response.content_type = "text/plain; charset=utf-8";
            response.body = "Metrics are switched off\n";
            return response;
        }));
    }
    return out;
}

}  // namespace fleet::api::health
