#include "http/response_head.hpp"

#include <array>
#include <charconv>
#include <ctime>

#include "http/refusal.hpp"

namespace fleet::http {
namespace {

void append_number(std::string& out, std::uint64_t value) {
    std::array<char, 20> digits;
    const auto [end, error] = std::to_chars(digits.data(), digits.data() + digits.size(), value);
    out.append(digits.data(), end);
}

/// Handlers may put client data into a header; a line break there must not start another one.
void append_value(std::string& out, std::string_view value) {
    for (const char c : value) {
        const auto byte = static_cast<unsigned char>(c);
        if ((byte >= 0x20 && byte != 0x7F) || c == '\t') out += c;
    }
}

void append_field(std::string& out, std::string_view name, std::string_view value) {
    out += name;
    out += ": ";
    append_value(out, value);
    out += "\r\n";
}

/// The value of a Date header, made once a second and thread.
std::string_view http_date() {
    thread_local std::time_t made_at = 0;
    thread_local std::array<char, 32> text{};
    thread_local std::size_t size = 0;
    const auto now = std::time(nullptr);
    if (now != made_at) {
        std::tm utc{};
        gmtime_r(&now, &utc);
        size = std::strftime(text.data(), text.size(), "%a, %d %b %Y %H:%M:%S GMT", &utc);
        made_at = now;
    }
    return {text.data(), size};
}

}  // namespace

bool is_bodiless(int status) {
    return status == 204 || status == 304 || status < 200;
}

void append_head(std::string& out, const Response& response, const HeadInfo& info) {
    out += info.http_1_1 ? "HTTP/1.1 " : "HTTP/1.0 ";
    append_number(out, static_cast<std::uint64_t>(response.status));
    out += ' ';
    out += status_text(response.status);
    out += "\r\n";
    if (!info.agent) {
        append_field(out, "Date", http_date());
        append_field(out, "X-Request-Id", info.request_id);
    }
    if (!response.content_type.empty() && !is_bodiless(response.status)) {
        append_field(out, "Content-Type", response.content_type);
    }
    for (const auto& [name, value] : response.headers)
        append_field(out, name, value);
    if (info.chunked) {
        out += "Transfer-Encoding: chunked\r\n";
    } else if (info.length) {
        out += "Content-Length: ";
        append_number(out, *info.length);
        out += "\r\n";
    }
    if (!info.keep_alive) {
        out += "Connection: close\r\n";
    } else if (!info.http_1_1) {
        out += "Connection: keep-alive\r\n";
    }
    out += "\r\n";
}

}  // namespace fleet::http
