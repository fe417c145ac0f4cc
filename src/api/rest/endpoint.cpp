#include "fleet/api/rest/endpoint.hpp"

#include <algorithm>
#include <charconv>
#include <exception>

#include "fleet/core/crypto.hpp"
#include "fleet/core/log.hpp"
#include "fleet/core/utf8.hpp"

namespace fleet::api::rest {
namespace {

constexpr std::string_view kVersions[] = {"v1", "2022-04", "latest"};

/// rest-api-a 1.2: scheme in any case, exactly one space.
Result<std::string_view> bearer_token(const http::Request& request) {
    const std::string_view header = request.header("Authorization");
    constexpr std::string_view kScheme = "bearer ";
    if (header.empty()) return fail(Error::unauthenticated("Authorization header required"));
    const bool matches =
        header.size() > kScheme.size() &&
        std::equal(kScheme.begin(), kScheme.end(), header.begin(), [](char a, char b) {
            return a == (b >= 'A' && b <= 'Z' ? static_cast<char>(b - 'A' + 'a') : b);
        });
    if (!matches) return fail(Error::unauthenticated("Authorization header required"));
    return header.substr(kScheme.size());
}

}  // namespace

std::string older_spelling(const std::string& path) {
    std::string out;
    bool changed = false;
    std::size_t at = 0;
    while (at < path.size()) {
        std::size_t end = path.find('/', at + 1);
        if (end == std::string::npos) end = path.size();
        const std::string segment = path.substr(at, end - at);
        if (segment == "/reports") {
            out += "/queries";
            changed = true;
        } else if (segment == "/fleets") {
            out += "/teams";
            changed = true;
        } else {
            out += segment;
        }
        at = end;
    }
    return changed ? out : std::string{};
}

namespace detail {

Result<Sources> read_sources(const http::Request& request, bool wants_body) {
    Sources out;
    for (const auto& [name, value] : request.path_params)
        out.path[name] = value;
    out.query = request.query_params();
    const bool reads = request.method == http::Method::get || request.method == http::Method::del;
    if (!wants_body || (reads && request.body.empty())) return out;
    FLEET_TRY(out.body, json::parse(request.body));
    FLEET_CHECK(json::accept_aliases(out.body));
    return out;
}

Result<> decode_text(const std::string& text, const char*, std::string& out) {
    out = valid_utf8(text);  // the database takes nothing else
    return {};
}

Result<> decode_text(const std::string& text, const char*, bool& out) {
    out = text == "1" || text == "true";
    return {};
}

Result<> decode_text(const std::string& text, const char* name, std::uint64_t& out) {
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
    if (error == std::errc{} && end == text.data() + text.size()) return {};
    Error bad = Error::bad_request("parsing uint from query");
    bad.fields.push_back({name, "expected a non-negative integer"});
    return fail(std::move(bad));
}

Result<> decode_text(const std::string& text, const char* name, std::int64_t& out) {
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
    if (error == std::errc{} && end == text.data() + text.size()) return {};
    Error bad = Error::bad_request("parsing int from query");
    bad.fields.push_back({name, "expected an integer"});
    return fail(std::move(bad));
}

http::Response encode_answer(json::Value answer, int status) {
    http::Response out;
    out.status = status;
    if (status == 204) {
        out.content_type.clear();
        return out;
    }
    json::add_aliases(answer);
    out.body = json::dump(answer, 2);
    out.body += '\n';
    return out;
}

}  // namespace detail

http::Response error_response(const Error& error) {
    json::Value body = json::Value::object();
    body["message"] = error.message;
    if (error.code != 0) {
        body["code"] = error.code;
    } else {
        body["errors"] = json::Value::array();
        for (const Error::Field& field : error.fields) {
            body["errors"].push_back({{"name", field.name}, {"reason", field.reason}});
        }
        if (error.fields.empty()) {
            body["errors"].push_back({{"name", "base"}, {"reason", error.message}});
        }
    }
    const std::string uuid = random_uuid();
    body["uuid"] = uuid;
    http::Response out;
    out.status = http_status(error.kind);
    out.body = json::dump(body, 2);
    out.body += '\n';
    if (error.retry_after_seconds > 0) {
        out.headers.emplace_back("Retry-After", std::to_string(error.retry_after_seconds));
    }
    // The id that the client sees leads to this line (rest-api-a 1.6).
    log::info(
        "request refused",
        {{"uuid", uuid},
         {"status", out.status},
         {"message", error.message},  // not the reason: it may repeat a secret that was sent
         {"detail", error.detail}}
    );
    return out;
}

Result<Viewer> Endpoints::check(const http::Request& request, Who who) const {
    FLEET_TRY(const std::string_view token, bearer_token(request));
    FLEET_TRY(Viewer viewer, authenticator_.authenticate(token));
    viewer.client_ip = request.client_ip;
    if (viewer.force_password_reset && who != Who::user_must_reset_ok) {
        return fail(Error::unauthenticated("password reset required"));
    }
    if (!may_call(viewer, request)) return fail(Error::forbidden());
    return viewer;
}

void Endpoints::add_one(EndpointInfo info, RowOptions options, Invoke invoke) {
    const Who who = info.who;
    const bool is_setup = info.name == "setup";
    http::BlockingHandler handler = [this, who, is_setup, run = std::move(invoke)](
                                        const http::Request& request
                                    ) -> http::Response {
        if (authenticator_.is_set_up() == is_setup) {
            return error_response(Error::not_found("path", request.path));
        }
        if (who == Who::anyone) return run(Call{request, Viewer{}, {}});
        const auto viewer = check(request, who);
        if (!viewer) return error_response(viewer.error());
        return run(Call{request, *viewer, *bearer_token(request)});
    };
    add_routes(info, options, handler);
    infos_.push_back(std::move(info));
}

void Endpoints::add_async(EndpointInfo info, RowOptions options, http::LoopHandler handler) {
    add_routes(info, options, std::move(handler));
    info.options = options;
    infos_.push_back(std::move(info));
}

void Endpoints::add_routes(
    const EndpointInfo& info,
    const RowOptions& options,
    const std::variant<http::LoopHandler, http::BlockingHandler, http::SocketHandler>& handler
) {
    note_access(info, options);
    const auto add_path = [&](std::string pattern) {
        http::Route route;
        route.method = info.method;
        route.pattern = std::move(pattern);
        route.name = info.name;
        route.handler = handler;
        route.max_body = options.max_body;
        route.body = options.body;
        routes_.push_back(std::move(route));
    };
    const auto add_spellings = [&](const std::string& prefix) {
        add_path(prefix + info.path);
        if (const std::string older = older_spelling(info.path); !older.empty()) {
            add_path(prefix + older);
        }
    };
    if (options.versions == Versions::literal) {
        add_path(info.path);
        return;
    }
    for (const std::string_view version : kVersions) {
        const bool is_v1 = version == "v1";
        if (options.versions == Versions::v1_only && !is_v1) continue;
        if (options.versions == Versions::from_2022 && is_v1) continue;
        add_spellings("/api/" + std::string{version} + "/fleet");
    }
}

}  // namespace fleet::api::rest
