#include "fleet/http/negotiation.hpp"

#include <algorithm>

#include "http/url.hpp"

namespace fleet::http {
namespace {

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t'))
        text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t'))
        text.remove_suffix(1);
    return text;
}

/// Takes the next item off a comma list.
std::string_view next_item(std::string_view& list) {
    const std::string_view item = list.substr(0, list.find(','));
    list.remove_prefix(std::min(item.size() + 1, list.size()));
    return trimmed(item);
}

/// "q=0", "q=0.0" and the like: explicitly refused.
bool is_refused(std::string_view parameters) {
    const std::size_t q = parameters.find("q=");
    if (q == std::string_view::npos) return false;
    const std::string_view value = parameters.substr(q + 2, parameters.find(';', q) - q - 2);
    return trimmed(value).find_first_not_of("0.") == std::string_view::npos;
}

}  // namespace

bool accepts(std::string_view header, Encoding encoding) {
    if (encoding == Encoding::identity) return true;
    const std::string_view wanted = encoding == Encoding::gzip ? "gzip" : "br";
    while (!header.empty()) {
        const std::string_view item = next_item(header);
        const std::size_t semicolon = item.find(';');
        if (!equal_ignoring_case(trimmed(item.substr(0, semicolon)), wanted)) continue;
        return semicolon == std::string_view::npos || !is_refused(item.substr(semicolon + 1));
    }
    return false;
}

bool has_tag(std::string_view header, std::string_view etag) {
    while (!header.empty()) {
        std::string_view item = next_item(header);
        if (item == "*") return true;
        if (item.starts_with("W/")) item.remove_prefix(2);
        if (item == etag) return true;
    }
    return false;
}

}  // namespace fleet::http
