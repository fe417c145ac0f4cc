#include "mime.hpp"

#include <algorithm>
#include <array>
#include <ctime>

#include "fleet/core/crypto.hpp"

namespace fleet::mail {
namespace {

constexpr std::size_t kLine = 76;
/// Bytes of text in one encoded word: 60 characters of base64 and 12 around them.
constexpr std::size_t kWordBytes = 45;

bool is_plain(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return c >= 0x20 && c < 0x7f; });
}

bool is_inside_character(char c) {
    return (static_cast<unsigned char>(c) & 0xc0U) == 0x80U;
}

/// Control characters would end the header and begin another.
std::string one_line(std::string_view text) {
    std::string out{text};
    std::replace_if(
        out.begin(),
        out.end(),
        [](char c) {
            return static_cast<unsigned char>(c) < 0x20 || static_cast<unsigned char>(c) == 0x7f;
        },
        ' '
    );
    return out;
}

std::string wrapped_base64(std::string_view text) {
    const std::string all = base64_encode(text);
    std::string out;
    for (std::size_t at = 0; at < all.size(); at += kLine) {
        out += std::string_view{all}.substr(at, kLine);
        out += "\r\n";
    }
    return out;
}

/// RFC 5322 3.3; in English whatever the locale.
std::string date_text(Time now) {
    constexpr std::array kDays{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    constexpr std::array kMonths{
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const std::time_t seconds =
        std::chrono::duration_cast<std::chrono::seconds>(now.time_since_epoch()).count();
    std::tm tm{};
    gmtime_r(&seconds, &tm);
    const auto two = [](int n) { return (n < 10 ? "0" : "") + std::to_string(n); };
    return std::string{kDays.at(static_cast<std::size_t>(tm.tm_wday))} + ", " + two(tm.tm_mday) +
           ' ' + kMonths.at(static_cast<std::size_t>(tm.tm_mon)) + ' ' +
           std::to_string(tm.tm_year + 1900) + ' ' + two(tm.tm_hour) + ':' + two(tm.tm_min) + ':' +
           two(tm.tm_sec) + " +0000";
}

std::string part(const char* type, std::string_view text) {
    return std::string{"Content-Type: "} + type +
           "; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n" + wrapped_base64(text);
}

}  // namespace

std::string encoded_header(std::string_view text) {
    const std::string line = one_line(text);
    if (is_plain(line)) return line;
    std::string out;
    std::size_t at = 0;
    while (at < line.size()) {
        std::size_t end = std::min(at + kWordBytes, line.size());
        while (end < line.size() && end > at + 1 && is_inside_character(line[end]))
            --end;
        if (!out.empty()) out += "\r\n ";
        out += "=?utf-8?B?" + base64_encode(std::string_view{line}.substr(at, end - at)) + "?=";
        at = end;
    }
    return out;
}

std::string mime_text(const Message& message, const std::string& sender, Time now) {
    const std::string boundary = "=_" + random_token(18);
    const std::string domain = sender.substr(sender.rfind('@') + 1);
    std::string out;
    out += "From: " + one_line(sender) + "\r\n";
    out += "To: " + one_line(message.to) + "\r\n";
    out += "Subject: " + encoded_header(message.subject) + "\r\n";
    out += "Date: " + date_text(now) + "\r\n";
    out += "Message-ID: <" + random_uuid() + '@' + one_line(domain) + ">\r\n";
    out += "Auto-Submitted: auto-generated\r\n";
    out += "MIME-Version: 1.0\r\n";
    out += "Content-Type: multipart/alternative; boundary=\"" + boundary + "\"\r\n\r\n";
    out += "--" + boundary + "\r\n" + part("text/plain", message.text);
    out += "--" + boundary + "\r\n" + part("text/html", message.html);
    out += "--" + boundary + "--\r\n";
    return out;
}

}  // namespace fleet::mail
