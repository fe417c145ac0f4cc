#include "fleet/core/log_line.hpp"

#include <array>
#include <charconv>
#include <cmath>
#include <cstddef>

namespace fleet::log {
namespace {

constexpr std::string_view kHex = "0123456789abcdef";

std::string_view level_name(Level level) {
    switch (level) {
        case Level::debug:
            return "debug";
        case Level::info:
            return "info";
        case Level::warn:
            return "warn";
        case Level::error:
            return "error";
    }
    return "info";
}

unsigned byte_of(char c) {
    return static_cast<unsigned char>(c);
}

/// Length of the valid UTF-8 sequence at the start of `text`; 0 when it is none.
std::size_t utf8_length(std::string_view text) {
    const unsigned first = byte_of(text[0]);
    if (first < 0x80) return 1;
    const std::size_t length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
    if (first < 0xc2 || first > 0xf4 || text.size() < length) return 0;
    for (std::size_t i = 1; i < length; ++i) {
        if ((byte_of(text[i]) & 0xc0) != 0x80) return 0;
    }
    const unsigned second = byte_of(text[1]);
    const bool overlong = (first == 0xe0 && second < 0xa0) || (first == 0xf0 && second < 0x90);
    const bool surrogate = first == 0xed && second > 0x9f;
    const bool beyond = first == 0xf4 && second > 0x8f;
    return overlong || surrogate || beyond ? 0 : length;
}

/// A quoted string that is right in JSON and readable as logfmt.
void append_quoted(std::string& out, std::string_view text) {
    out += '"';
    while (!text.empty()) {
        const std::size_t length = utf8_length(text);
        if (length == 0) {
            out += "\\ufffd";
            text.remove_prefix(1);
            continue;
        }
        const char c = text[0];
        if (c == '"' || c == '\\') {
            out += '\\';
            out += c;
        } else if (c == '\n') {
            out += "\\n";
        } else if (c == '\r') {
            out += "\\r";
        } else if (c == '\t') {
            out += "\\t";
        } else if (byte_of(c) < 0x20 || c == 0x7f) {
            out += "\\u00";
            out += kHex[byte_of(c) >> 4];
            out += kHex[byte_of(c) & 15];
        } else {
            out += text.substr(0, length);
        }
        text.remove_prefix(length);
    }
    out += '"';
}

bool needs_quotes(std::string_view text) {
    for (const char c : text) {
        if (byte_of(c) <= 0x20 || byte_of(c) >= 0x7f || c == '"' || c == '=' || c == '\\') {
            return true;
        }
    }
    return text.empty();
}

void append_text(std::string& out, Format format, std::string_view text) {
    if (format == Format::json || needs_quotes(text)) {
        append_quoted(out, text);
    } else {
        out += text;
    }
}

template <class Number>
void append_number(std::string& out, Number value) {
    std::array<char, 32> buffer{};
    const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value).ptr;
    out.append(buffer.data(), end);
}

struct AppendValue {
    std::string& out;
    Format format;

    void operator()(std::string_view value) const { append_text(out, format, value); }
    void operator()(std::int64_t value) const { append_number(out, value); }
    void operator()(std::uint64_t value) const { append_number(out, value); }
    void operator()(bool value) const { out += value ? "true" : "false"; }
    void operator()(double value) const {
        if (std::isfinite(value)) {
            append_number(out, value);
        } else {
            out += "null";  // JSON has no infinities
        }
    }
};

void append_key(std::string& out, Format format, std::string_view key) {
    if (format == Format::json) {
        out += out.empty() ? '{' : ',';
        append_quoted(out, key);
        out += ':';
    } else {
        if (!out.empty()) out += ' ';
        out += key;
        out += '=';
    }
}

}  // namespace

std::string format_line(
    Format format, std::string_view time, Level level, std::string_view message, Fields fields
) {
    std::string out;
    out.reserve(96 + message.size() + fields.size() * 32);
    const AppendValue append_value{out, format};
    append_key(out, format, "ts");
    append_value(time);
    append_key(out, format, "level");
    append_value(level_name(level));
    append_key(out, format, "msg");
    append_value(message);
    for (const Field& field : fields) {
        append_key(out, format, field.key);
        std::visit(append_value, field.value);
    }
    if (format == Format::json) out += '}';
    return out;
}

}  // namespace fleet::log
