#include "logo_rules.hpp"

#include <algorithm>
#include <array>

namespace fleet::service {
namespace {

constexpr std::size_t kMostBytes = 100 * 1024;

// What could run code, load something or hide either (rest-api-a 10.8), in lower case.
constexpr std::array<std::string_view, 9> kDangerous{
    "<script",
    "<!doctype",
    "<!entity",
    "<foreignobject",
    "<iframe",
    "<embed",
    "<object",
    "javascript:",
    "data:"};

char lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || c == '_' || c == ':' || c == '-';
}

bool is_blank(char c) {
    return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == '\f' || c == '/' || c == '"' ||
           c == '\'';
}

/// An attribute such as onload=, whatever stands around it.
bool has_event_handler(std::string_view text) {
    for (std::size_t at = text.find("on"); at != std::string_view::npos;
         at = text.find("on", at + 1)) {
        if (at > 0 && !is_blank(text[at - 1])) continue;
        std::size_t end = at;
        while (end < text.size() && is_letter(text[end]))
            ++end;
        if (end == at + 2) continue;
        while (end < text.size() && is_blank(text[end]))
            ++end;
        if (end < text.size() && text[end] == '=') return true;
    }
    return false;
}

Result<> check_svg(std::string_view image) {
    if (image.find('\0') != std::string_view::npos) {
        return fail(Error::bad_request("logo must be a PNG, JPEG, WebP or SVG image"));
    }
    // Blanks and control characters inside a scheme are overlooked by browsers.
    std::string text;
    std::string dense;
    for (const char c : image) {
        text += lower(c);
        if (static_cast<unsigned char>(c) > 0x20) dense += lower(c);
    }
    const bool dangerous =
        std::any_of(kDangerous.begin(), kDangerous.end(), [&](std::string_view word) {
            return text.find(word) != std::string::npos || dense.find(word) != std::string::npos;
        });
    // A character written as a number could spell any of these.
    if (dangerous || has_event_handler(text) || text.find("&#") != std::string::npos) {
        return fail(Error::bad_request(
            "logo SVG must not contain scripts, event handlers, a DOCTYPE, or javascript: and "
            "data: links"
        ));
    }
    return {};
}

bool looks_like_svg(std::string_view image) {
    constexpr std::string_view kMark{"\xEF\xBB\xBF"};
    if (image.starts_with(kMark)) image.remove_prefix(kMark.size());
    const std::size_t start = image.find_first_not_of(" \t\r\n");
    if (start == std::string_view::npos) return false;
    image.remove_prefix(start);
    const bool opens =
        image.starts_with("<svg") || image.starts_with("<?xml") || image.starts_with("<!--");
    return opens && image.find("<svg") != std::string_view::npos;
}

}  // namespace

Result<std::string> logo_type(std::string_view image) {
    if (image.empty()) return fail(Error::bad_request("logo file is required"));
    if (image.size() > kMostBytes) {
        return fail(Error::bad_request("logo must be 100KB or less"));
    }
    if (image.starts_with("\x89PNG\r\n\x1a\n")) return std::string{"image/png"};
    if (image.starts_with("\xFF\xD8\xFF")) return std::string{"image/jpeg"};
    if (image.starts_with("RIFF") && image.size() > 12 && image.substr(8, 4) == "WEBP") {
        return std::string{"image/webp"};
    }
    if (looks_like_svg(image)) {
        FLEET_CHECK(check_svg(image));
        return std::string{"image/svg+xml"};
    }
    return fail(Error::bad_request("logo must be a PNG, JPEG, WebP or SVG image"));
}

}  // namespace fleet::service
