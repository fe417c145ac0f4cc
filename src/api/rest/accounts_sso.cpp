#include "fleet/api/rest/account_access.hpp"
#include "fleet/core/crypto.hpp"

namespace fleet::api::rest {

struct SsoButtonAnswer {
    static constexpr const char* kShapeName = "SsoSettings";
    std::string idp_name{};
    std::string idp_image_url{};
    bool sso_enabled = false;

    static void fields(auto&& field) {
        field("idp_name", &SsoButtonAnswer::idp_name);
        field("idp_image_url", &SsoButtonAnswer::idp_image_url);
        field("sso_enabled", &SsoButtonAnswer::sso_enabled);
    }
};

struct SsoAnswer {
    SsoButtonAnswer settings{};
    static void fields(auto&& field) { field("settings", &SsoAnswer::settings); }
};

struct SsoStartBody {
    std::string relay_url{};
    static void fields(auto&& field) { field("relay_url", &SsoStartBody::relay_url); }
};

struct SsoUrl {
    std::string url{};
    static void fields(auto&& field) { field("url", &SsoUrl::url); }
};

namespace {

constexpr std::string_view kCookie = "__Host-FLEETSSOSESSIONID";

/// The provider's page posts the answer from another site. Browsers that take a missing SameSite
/// for Lax would leave the cookie out two minutes after it was set, and people take longer than
/// that to find their second factor: so it says None, where the reference says nothing.
std::string cookie_header(const std::string& value, std::chrono::seconds life) {
    return std::string{kCookie} + '=' + value +
           "; Path=/; Max-Age=" + std::to_string(life.count()) +
           "; HttpOnly; Secure; SameSite=None";
}

std::string cookie_of(const http::Request& request) {
    std::string_view rest = request.header("Cookie");
    while (!rest.empty()) {
        const auto end = rest.find(';');
        std::string_view pair = rest.substr(0, end);
        while (pair.starts_with(' '))
            pair.remove_prefix(1);
        if (pair.starts_with(kCookie) && pair.size() > kCookie.size() &&
            pair[kCookie.size()] == '=') {
            return std::string{pair.substr(kCookie.size() + 1)};
        }
        if (end == std::string_view::npos) break;
        rest.remove_prefix(end + 1);
    }
    return {};
}

const char* status_of(service::SsoFailure failure) {
    switch (failure) {
        case service::SsoFailure::account_invalid:
            return "account_invalid";
        case service::SsoFailure::org_disabled:
            return "org_disabled";
        case service::SsoFailure::error:
            return "error";
    }
    return "error";
}

/// A text of JavaScript inside a page: no character of it ends the script.
std::string script_text(const std::string& text) {
    std::string out;
    for (const char c : json::dump(json::Value(text))) {
        if (c == '<') {
            out += "\\u003c";
        } else {
            out += c;
        }
    }
    return out;
}

/// A page that keeps the token and moves on.
Raw moving_page(const std::string& token, const std::string& url) {
    const std::string nonce = random_token(16);
    Raw out;
    out.content_type = "text/html; charset=utf-8";
    out.headers = {
        {"Set-Cookie", cookie_header("", std::chrono::seconds{0})},
        {"Cache-Control", "no-store"},
        {"Content-Security-Policy",
         "default-src 'none'; script-src 'nonce-" + nonce + "'; frame-ancestors 'none'"},
        {"Strict-Transport-Security", "max-age=31536000; includeSubDomains;"},
        {"X-Frame-Options", "SAMEORIGIN"},
        {"X-Content-Type-Options", "nosniff"},
        {"Referrer-Policy", "strict-origin-when-cross-origin"},
    };
    out.body =
        "<!doctype html>\n<html><head><meta charset=\"utf-8\"><title>Fleet</title></head><body>\n"
        "<script nonce=\"" +
        nonce + "\">\nwindow.localStorage.setItem('FLEET::auth_token', " + script_text(token) +
        ");\nwindow.location.replace(" + script_text(url) + ");\n</script>\n</body></html>\n";
    return out;
}

}  // namespace

std::span<const Row<SsoApi>> SsoApi::rows() {
    static constexpr Row<SsoApi> kRows[] = {
        get<&SsoApi::settings>(
            "/api/v1/fleet/sso", Who::anyone, "sso_settings", {.versions = Versions::literal}
        ),
        post<&SsoApi::start>(
            "/api/v1/fleet/sso", Who::anyone, "initiate_sso", {.versions = Versions::literal}
        ),
        post<&SsoApi::callback>(
            "/api/v1/fleet/sso/callback",
            Who::anyone,
            "callback_sso",
            {.versions = Versions::literal, .body = http::BodyKind::any}
        ),
    };
    return kRows;
}

Result<SsoAnswer> SsoApi::settings(const Viewer&, const Nothing&) {
    const service::SsoButton button = sso_.button();
    return SsoAnswer{
        .settings = {
            .idp_name = button.idp_name,
            .idp_image_url = button.idp_image_url,
            .sso_enabled = button.enabled,
        }};
}

Result<Raw> SsoApi::start(const Viewer&, const SsoStartBody& body) {
    FLEET_TRY(const service::SsoStart start, sso_.start(body.relay_url));
    Raw out = detail::encode_answer(json::encode(SsoUrl{.url = start.url}), 200);
    out.headers.emplace_back("Set-Cookie", cookie_header(start.cookie, start.life));
    return out;
}

Result<Raw> SsoApi::callback(const Call& call, const Nothing&) {
    http::Request form;
    form.query = call.http.body;
    const auto field = form.query_param("SAMLResponse");
    if (!field || field->empty()) return fail(Error::bad_request("missing SAMLResponse"));
    std::string base64 = *field;
    std::erase_if(base64, [](char c) { return c == '\r' || c == '\n' || c == ' '; });
    const auto xml = base64_decode(base64);
    if (!xml) return fail(Error::bad_request("SAMLResponse is not base64"));

    FLEET_TRY(const service::SsoEnd end, sso_.end(*xml, cookie_of(call.http), call.http.client_ip));
    if (!end.failure) return moving_page(end.token, end.relay_url);
    return moving_page("", url_prefix_ + "/login?status=" + status_of(*end.failure));
}

}  // namespace fleet::api::rest
