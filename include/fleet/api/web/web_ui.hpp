#pragma once

#include <functional>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "fleet/http/message.hpp"
#include "fleet/web/assets.hpp"

namespace fleet::api::web {

struct WebUiOptions {
    std::string url_prefix{};  // "/x" or empty
    bool tls = true;           // browsers are told to stay on it
    std::function<bool()> is_set_up = [] { return true; };
};

/// Serves the browser application: its files, and its page for every path that the application
/// may route by itself (web-ui 6). Thread-safe; everything is prepared once.
class WebUi {
public:
    WebUi(WebUiOptions options, std::span<const fleet::web::Asset> assets);

    /// For requests that no route matches.
    http::Response answer(const http::Request& request) const;

private:
    using Bytes = std::shared_ptr<const std::string>;
    struct File {
        std::string content_type{}, etag{}, cache_control{};
        Bytes identity{}, gzip{}, brotli{};
        bool is_page = false;
    };

    File to_file(const fleet::web::Asset& asset) const;
    http::Response send(const http::Request& request, const File& file) const;
    http::Response redirect(const char* place) const;

    WebUiOptions options_;
    std::map<std::string, File, std::less<>> files_;
};

}  // namespace fleet::api::web
