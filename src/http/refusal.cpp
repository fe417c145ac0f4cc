#include "http/refusal.hpp"

#include <cstdint>

#include "fleet/core/utf8.hpp"

namespace fleet::http {
namespace {

void append_escaped(std::string& out, char c) {
    constexpr std::string_view kHex = "0123456789abcdef";
    switch (c) {
        case '"':
            out += "\\\"";
            return;
        case '\\':
            out += "\\\\";
            return;
        case '\n':
            out += "\\n";
            return;
        case '\r':
            out += "\\r";
            return;
        case '\t':
            out += "\\t";
            return;
        default:
            break;
    }
    const auto byte = static_cast<std::uint8_t>(c);
    if (byte >= 0x20) {
        out += c;
        return;
    }
    out += "\\u00";
    out += kHex[byte >> 4];
    out += kHex[byte & 15];
}

/// The fixed messages of rest-api-a 1.6; elsewhere the status text.
std::string_view rest_message(int status) {
    switch (status) {
        case 400:
            return "Bad request";
        case 404:
            return "Resource Not Found";
        default:
            return status_text(status);
    }
}

}  // namespace

Audience audience(ErrorStyle style) {
    return style == ErrorStyle::osquery ? Audience::osquery : Audience::rest;
}

std::string_view status_text(int status) {
    switch (status) {
        case 200:
            return "OK";
        case 201:
            return "Created";
        case 202:
            return "Accepted";
        case 204:
            return "No Content";
        case 206:
            return "Partial Content";
        case 301:
            return "Moved Permanently";
        case 302:
            return "Found";
        case 303:
            return "See Other";
        case 304:
            return "Not Modified";
        case 307:
            return "Temporary Redirect";
        case 308:
            return "Permanent Redirect";
        case 400:
            return "Bad Request";
        case 401:
            return "Unauthorized";
        case 402:
            return "Payment Required";
        case 403:
            return "Forbidden";
        case 404:
            return "Not Found";
        case 405:
            return "Method Not Allowed";
        case 406:
            return "Not Acceptable";
        case 408:
            return "Request Timeout";
        case 409:
            return "Conflict";
        case 410:
            return "Gone";
        case 411:
            return "Length Required";
        case 412:
            return "Precondition Failed";
        case 413:
            return "Request Entity Too Large";
        case 414:
            return "Request URI Too Long";
        case 415:
            return "Unsupported Media Type";
        case 417:
            return "Expectation Failed";
        case 422:
            return "Unprocessable Entity";
        case 426:
            return "Upgrade Required";
        case 429:
            return "Too Many Requests";
        case 431:
            return "Request Header Fields Too Large";
        case 500:
            return "Internal Server Error";
        case 501:
            return "Not Implemented";
        case 502:
            return "Bad Gateway";
        case 503:
            return "Service Unavailable";
        case 504:
            return "Gateway Timeout";
        case 505:
            return "HTTP Version Not Supported";
        default:
            return "Status";
    }
}

std::string json_string(std::string_view text) {
    std::string out;
    out.reserve(text.size() + 2);
    out += '"';
    for (const char c : valid_utf8(text))
        append_escaped(out, c);
    out += '"';
    return out;
}

std::string refusal_body(
    Audience audience, int status, std::string_view reason, std::string_view uuid
) {
    // osqueryd ignores the status and takes a body without `error` for success (agent-api A.2.1).
    if (reason.empty()) reason = status_text(status);
    const auto text = json_string(reason);
    if (audience == Audience::osquery) {
        auto body = "{\"error\": " + text;
        if (!uuid.empty()) body += ", \"uuid\": " + json_string(uuid);
        return body + "}\n";
    }
    std::string body = "{\n  \"message\": " + json_string(rest_message(status));
    body += ",\n  \"errors\": [\n    {\n      \"name\": \"base\",\n      \"reason\": " + text;
    body += "\n    }\n  ]";
    if (audience == Audience::unrouted) body += ",\n  \"error\": " + text;
    if (!uuid.empty()) body += ",\n  \"uuid\": " + json_string(uuid);
    return body + "\n}\n";
}

Response refusal(Audience audience, int status, std::string_view reason, std::string_view uuid) {
    return Response{.status = status, .body = refusal_body(audience, status, reason, uuid)};
}

}  // namespace fleet::http
