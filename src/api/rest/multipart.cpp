#include "multipart.hpp"

#include <algorithm>

namespace fleet::api::rest {
namespace {

constexpr std::size_t kMostParts = 64;
constexpr std::size_t kLongestBoundary = 70;  // RFC 2046

Error broken() {
    return Error::bad_request("failed to parse multipart form");
}

bool equal_ignoring_case(std::string_view a, std::string_view b) {
    const auto lower = [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    };
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [&](char x, char y) {
        return lower(x) == lower(y);
    });
}

std::string_view trimmed(std::string_view text) {
    const std::size_t first = text.find_first_not_of(" \t");
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

/// The value of `name` among "; name=value; name="quoted"" of a header.
std::string parameter(std::string_view header, std::string_view name) {
    std::size_t at = header.find(';');
    while (at != std::string_view::npos) {
        std::string_view rest = header.substr(at + 1);
        const std::size_t equals = rest.find('=');
        if (equals == std::string_view::npos) return {};
        const std::string_view key = trimmed(rest.substr(0, equals));
        std::string value;
        std::size_t end = equals + 1;
        if (end < rest.size() && rest[end] == '"') {
            for (++end; end < rest.size() && rest[end] != '"'; ++end) {
                if (rest[end] == '\\' && end + 1 < rest.size()) ++end;
                value += rest[end];
            }
        } else {
            end = std::min(rest.find(';', equals), rest.size());
            value = trimmed(rest.substr(equals + 1, end - equals - 1));
        }
        if (equal_ignoring_case(key, name)) return value;
        const std::size_t next = rest.find(';', std::min(end, rest.size()));
        at = next == std::string_view::npos ? next : at + 1 + next;
    }
    return {};
}

Result<FormPart> parse_part(std::string_view text) {
    const std::size_t head_end = text.find("\r\n\r\n");
    if (head_end == std::string_view::npos) return fail(broken());
    FormPart part;
    part.content = text.substr(head_end + 4);
    std::string_view head = text.substr(0, head_end);
    while (!head.empty()) {
        const std::string_view line = head.substr(0, head.find("\r\n"));
        head.remove_prefix(std::min(line.size() + 2, head.size()));
        const std::size_t colon = line.find(':');
        if (colon == std::string_view::npos) continue;
        const std::string_view name = trimmed(line.substr(0, colon));
        const std::string_view value = trimmed(line.substr(colon + 1));
        if (equal_ignoring_case(name, "Content-Disposition")) {
            part.name = parameter(value, "name");
            part.filename = parameter(value, "filename");
        } else if (equal_ignoring_case(name, "Content-Type")) {
            part.content_type = value;
        }
    }
    return part;
}

}  // namespace

Result<std::vector<FormPart>> parse_form(std::string_view content_type, std::string_view body) {
    const std::string_view type = trimmed(content_type.substr(0, content_type.find(';')));
    const std::string boundary = parameter(content_type, "boundary");
    if (!equal_ignoring_case(type, "multipart/form-data") || boundary.empty() ||
        boundary.size() > kLongestBoundary) {
        return fail(broken());
    }
    const std::string line = "--" + boundary;
    std::size_t at = body.find(line);
    if (at == std::string_view::npos) return fail(broken());
    const std::string delimiter = "\r\n" + line;
    at += line.size();
    std::vector<FormPart> out;
    while (!body.substr(at).starts_with("--")) {
        if (!body.substr(at).starts_with("\r\n") || out.size() == kMostParts) {
            return fail(broken());
        }
        at += 2;
        const std::size_t end = body.find(delimiter, at);
        if (end == std::string_view::npos) return fail(broken());
        FLEET_TRY(FormPart part, parse_part(body.substr(at, end - at)));
        out.push_back(std::move(part));
        at = end + delimiter.size();
    }
    return out;
}

}  // namespace fleet::api::rest
