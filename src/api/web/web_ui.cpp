#include "fleet/api/web/web_ui.hpp"

#include "fleet/api/rest/endpoint.hpp"
#include "fleet/core/crypto.hpp"
#include "fleet/http/negotiation.hpp"

namespace fleet::api::web {
namespace {

constexpr std::string_view kPage = "/index.html";

// web-ui 6. Styles may be inline because the editor and two Radix parts add <style> elements.
constexpr const char* kContentSecurityPolicy =
    "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: https:; connect-src 'self'; frame-ancestors 'none'; base-uri 'self'; "
    "form-action 'self'";

std::shared_ptr<const std::string> to_bytes(std::span<const std::byte> bytes) {
    if (bytes.empty()) return nullptr;
    auto out = std::make_shared<std::string>();
    out->reserve(bytes.size());
    for (const std::byte byte : bytes)
        out->push_back(static_cast<char>(byte));
    return out;
}

std::string with_prefix(std::string page, const std::string& prefix) {
    constexpr std::string_view kMark = fleet::web::kPrefixPlaceholder;
    std::size_t at = 0;
    while ((at = page.find(kMark, at)) != std::string::npos) {
        page.replace(at, kMark.size(), prefix);
        at += prefix.size();
    }
    return page;
}

bool is_below(std::string_view path, std::string_view folder) {
    return path == folder ||
           (path.starts_with(folder) && path.size() > folder.size() && path[folder.size()] == '/');
}

/// "/assets/x.js" names a file; "/hosts/4" a place in the application.
bool names_a_file(std::string_view path) {
    return path.substr(path.rfind('/') + 1).find('.') != std::string_view::npos;
}

/// Roots that are routes or nothing (operations E.1): a page there would look like an answer.
bool is_for_operators(std::string_view path) {
    return is_below(path, "/metrics") || is_below(path, "/debug") || is_below(path, "/healthz");
}

http::Response plain(int status, std::string text) {
    http::Response out;
    out.status = status;
    out.content_type = "text/plain; charset=utf-8";
    out.body = std::move(text);
    return out;
}

}  // namespace

WebUi::WebUi(WebUiOptions options, std::span<const fleet::web::Asset> assets)
    : options_{std::move(options)} {
    for (const fleet::web::Asset& asset : assets)
        files_.emplace(std::string{asset.path}, to_file(asset));
}

WebUi::File WebUi::to_file(const fleet::web::Asset& asset) const {
    File out;
    out.content_type = asset.content_type;
    out.cache_control = asset.immutable ? "public, max-age=31536000, immutable" : "no-cache";
    out.etag = asset.etag;
    out.identity = to_bytes(asset.identity);
    if (out.identity == nullptr) out.identity = std::make_shared<const std::string>();
    out.is_page = asset.path == kPage;
    if (out.is_page) {
        auto page = with_prefix(*out.identity, options_.url_prefix);
        out.etag = '"' + to_hex(sha256(page)).substr(0, 32) + '"';
        out.identity = std::make_shared<const std::string>(std::move(page));
    } else {
        out.gzip = to_bytes(asset.gzip);
        out.brotli = to_bytes(asset.brotli);
    }
    return out;
}

http::Response WebUi::answer(const http::Request& request) const {
    if (is_below(request.path, "/api")) {
        return rest::error_response(Error::not_found("Path", request.path));
    }
    if (request.method != http::Method::get && request.method != http::Method::head) {
        http::Response out = plain(405, "Method not allowed\n");
        out.headers.emplace_back("Allow", "GET, HEAD");
        return out;
    }
    if (const auto file = files_.find(request.path); file != files_.end()) {
        return send(request, file->second);
    }
    const auto page = files_.find(kPage);
    // No path of the application holds an escaped or raw control character.
    const bool odd = request.path.find("%0") != std::string::npos ||
                     request.path.find('\0') != std::string::npos;
    if (odd || page == files_.end() || names_a_file(request.path) ||
        is_below(request.path, "/assets") || is_for_operators(request.path)) {
        return plain(404, "Not found\n");
    }
    // rest-api-a 2.1: one place before the first-time setup, closed afterwards.
    const bool wants_setup = is_below(request.path, "/setup");
    if (options_.is_set_up() == wants_setup) return redirect(wants_setup ? "/login" : "/setup");
    return send(request, page->second);
}

http::Response WebUi::redirect(const char* place) const {
    http::Response out = plain(307, "");
    out.headers = {{"Location", options_.url_prefix + place}, {"Cache-Control", "no-store"}};
    return out;
}

http::Response WebUi::send(const http::Request& request, const File& file) const {
    http::Response out;
    out.content_type = file.content_type;
    out.headers = {
        {"ETag", file.etag},
        {"Cache-Control", file.cache_control},
        {"X-Content-Type-Options", "nosniff"},
        {"Referrer-Policy", "same-origin"}};
    if (file.is_page) {
        out.headers.emplace_back("Content-Security-Policy", kContentSecurityPolicy);
        out.headers.emplace_back("X-Frame-Options", "SAMEORIGIN");
        if (options_.tls) {
            out.headers.emplace_back(
                "Strict-Transport-Security", "max-age=31536000; includeSubDomains;"
            );
        }
    }
    const bool has_encodings = file.gzip != nullptr || file.brotli != nullptr;
    if (has_encodings) out.headers.emplace_back("Vary", "Accept-Encoding");
    if (http::has_tag(request.header("If-None-Match"), file.etag)) {
        out.status = 304;
        out.content_type.clear();
        return out;
    }
    const std::string_view accepted = request.header("Accept-Encoding");
    if (file.brotli != nullptr && http::accepts(accepted, http::Encoding::brotli)) {
        out.headers.emplace_back("Content-Encoding", "br");
        out.shared_body = file.brotli;
    } else if (file.gzip != nullptr && http::accepts(accepted, http::Encoding::gzip)) {
        out.headers.emplace_back("Content-Encoding", "gzip");
        out.shared_body = file.gzip;
    } else {
        out.shared_body = file.identity;
    }
    return out;
}

}  // namespace fleet::api::web
