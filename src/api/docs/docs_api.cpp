#include "fleet/api/docs/docs_api.hpp"

#include <memory>
#include <mutex>

#include "docs/page.hpp"
#include "fleet/api/rest/openapi.hpp"
#include "fleet/core/crypto.hpp"

namespace fleet::api::docs {
namespace {

// The page and its two files come from here, the document that they show too; nothing else is
// asked.
constexpr const char* kContentSecurityPolicy =
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
    "img-src 'self' data:; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

/// Bytes that are made once, when somebody first wants them.
class File {
public:
    File(std::string content_type, std::function<std::string()> make)
        : content_type_{std::move(content_type)}, make_{std::move(make)} {}

    http::Response answer(const http::Request& request) {
        std::call_once(once_, [this] {
            bytes_ = std::make_shared<const std::string>(make_());
            etag_ = '"' + to_hex(sha256(*bytes_)).substr(0, 32) + '"';
        });
        http::Response out;
        out.content_type = content_type_;
        out.headers = {
            {"ETag", etag_},
            {"Cache-Control", "no-cache"},
            {"Content-Security-Policy", kContentSecurityPolicy},
            {"X-Frame-Options", "DENY"},
            {"X-Content-Type-Options", "nosniff"},
            {"Referrer-Policy", "same-origin"}};
        if (request.header("If-None-Match") == etag_) {
            out.status = 304;
            out.content_type.clear();
        } else {
            out.shared_body = bytes_;
        }
        return out;
    }

private:
    std::string content_type_;
    std::function<std::string()> make_;
    std::once_flag once_{};
    std::shared_ptr<const std::string> bytes_{};
    std::string etag_{};
};

http::Route route(const char* path, const char* name, std::shared_ptr<File> file) {
    http::Route out;
    out.method = http::Method::get;
    out.pattern = path;
    out.name = name;
    out.handler = http::BlockingHandler{
        [file = std::move(file)](const http::Request& request) { return file->answer(request); }};
    return out;
}

std::string with_prefix(std::string page, const std::string& prefix) {
    constexpr std::string_view kMark = "{{URL_PREFIX}}";
    for (std::size_t at = 0; (at = page.find(kMark, at)) != std::string::npos; at += prefix.size())
        page.replace(at, kMark.size(), prefix);
    return page;
}

}  // namespace

http::Routes routes(std::vector<rest::EndpointInfo> endpoints, const std::string& url_prefix) {
    const auto text = [](std::string_view content) {
        return [content] { return std::string{content}; };
    };
    const auto file = [](const char* type, std::function<std::string()> make) {
        return std::make_shared<File>(type, std::move(make));
    };
    http::Routes out;
    out.push_back(route(
        "/api/openapi.json",
        "openapi",
        file(
            "application/json; charset=utf-8",
            [endpoints = std::move(endpoints), url_prefix] {
                return json::dump(rest::openapi_document(endpoints, url_prefix)) + "\n";
            }
        )
    ));
    out.push_back(route("/api/docs", "api_docs", file("text/html; charset=utf-8", [url_prefix] {
                            return with_prefix(std::string{kHtml}, url_prefix);
                        })));
    out.push_back(
        route("/api/docs/page.css", "api_docs", file("text/css; charset=utf-8", text(kCss)))
    );
    out.push_back(
        route("/api/docs/page.js", "api_docs", file("text/javascript; charset=utf-8", text(kJs)))
    );
    return out;
}

}  // namespace fleet::api::docs
