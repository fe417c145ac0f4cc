#include "perf/text.hpp"

#include <openssl/evp.h>
#include <zlib.h>

#include <array>
#include <charconv>
#include <stdexcept>

namespace fleet::perf {
namespace {

constexpr std::string_view kHex = "0123456789abcdef";

unsigned char byte_at(std::string_view text, std::size_t at) {
    return static_cast<unsigned char>(text[at]);
}

/// Length of the valid UTF-8 sequence at `at`, 0 when there is none.
std::size_t utf8_length(std::string_view text, std::size_t at) {
    const auto first = byte_at(text, at);
    std::size_t length = 0;
    if (first >= 0xC2 && first <= 0xDF) length = 2;
    if (first >= 0xE0 && first <= 0xEF) length = 3;
    if (first >= 0xF0 && first <= 0xF4) length = 4;
    if (length == 0 || at + length > text.size()) return 0;
    for (std::size_t i = 1; i < length; ++i) {
        if ((byte_at(text, at + i) & 0xC0) != 0x80) return 0;
    }
    const auto second = byte_at(text, at + 1);
    if (first == 0xE0 && second < 0xA0) return 0;  // overlong
    if (first == 0xED && second > 0x9F) return 0;  // surrogate
    if (first == 0xF0 && second < 0x90) return 0;  // overlong
    if (first == 0xF4 && second > 0x8F) return 0;  // beyond U+10FFFF
    return length;
}

void append_escape(std::string& out, unsigned char c) {
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
            out += "\\u00";
            out += kHex[c >> 4U];
            out += kHex[c & 0x0FU];
    }
}

}  // namespace

void append_json_string(std::string& out, std::string_view text) {
    out += '"';
    std::size_t clean = 0;
    std::size_t at = 0;
    const auto flush = [&] { out.append(text.substr(clean, at - clean)); };
    while (at < text.size()) {
        const auto c = byte_at(text, at);
        if (c >= 0x80) {
            if (const auto length = utf8_length(text, at); length > 0) {
                at += length;
                continue;
            }
            flush();
            out += "\xEF\xBF\xBD";
            clean = ++at;
            continue;
        }
        if (c >= 0x20 && c != '"' && c != '\\') {
            ++at;
            continue;
        }
        flush();
        append_escape(out, c);
        clean = ++at;
    }
    flush();
    out += '"';
}

void append_json_name(std::string& out, std::string_view name) {
    if (out.empty() || out.back() != '{') out += ',';
    append_json_string(out, name);
    out += ':';
}

void append_json_member(std::string& out, std::string_view name, std::string_view value) {
    append_json_name(out, name);
    append_json_string(out, value);
}

std::string base64_encode(std::string_view bytes) {
    std::string out(4 * ((bytes.size() + 2) / 3), '\0');
    // EVP writes a terminating NUL, for which std::string has room.
    EVP_EncodeBlock(
        reinterpret_cast<unsigned char*>(out.data()),
        reinterpret_cast<const unsigned char*>(bytes.data()),
        static_cast<int>(bytes.size())
    );
    return out;
}

std::optional<std::string> base64_decode(std::string_view text) {
    std::string out(text.size() / 4 * 3 + 3, '\0');
    const int length = EVP_DecodeBlock(
        reinterpret_cast<unsigned char*>(out.data()),
        reinterpret_cast<const unsigned char*>(text.data()),
        static_cast<int>(text.size())
    );
    if (length < 0) return std::nullopt;
    auto size = static_cast<std::size_t>(length);
    for (std::size_t i = text.size(); i > 0 && size > 0 && text[i - 1] == '='; --i)
        --size;
    out.resize(size);
    return out;
}

std::string hex_digest(const char* algorithm, std::string_view bytes) {
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned int length = 0;
    const auto* md = EVP_get_digestbyname(algorithm);
    if (md == nullptr ||
        EVP_Digest(bytes.data(), bytes.size(), digest.data(), &length, md, nullptr) != 1) {
        throw std::runtime_error(std::string{"digest not available: "} + algorithm);
    }
    std::string out;
    for (unsigned int i = 0; i < length; ++i) {
        out += kHex[digest.at(i) >> 4U];
        out += kHex[digest.at(i) & 0x0FU];
    }
    return out;
}

std::string sha1_hex(std::string_view bytes) {
    return hex_digest("SHA1", bytes);
}

std::string gzip(std::string_view bytes) {
    z_stream stream{};
    constexpr int kGzipWindow = 15 + 16;
    if (deflateInit2(&stream, 9, Z_DEFLATED, kGzipWindow, 8, Z_DEFAULT_STRATEGY) != Z_OK) {
        throw std::runtime_error("zlib cannot start");
    }
    std::string out(deflateBound(&stream, bytes.size()), '\0');
    stream.next_in = reinterpret_cast<unsigned char*>(const_cast<char*>(bytes.data()));
    stream.avail_in = static_cast<uInt>(bytes.size());
    stream.next_out = reinterpret_cast<unsigned char*>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    const int result = deflate(&stream, Z_FINISH);
    out.resize(stream.total_out);
    deflateEnd(&stream);
    if (result != Z_STREAM_END) throw std::runtime_error("zlib cannot compress");
    return out;
}

std::string_view trim(std::string_view text) {
    constexpr std::string_view kBlank = " \t\r\n";
    const auto first = text.find_first_not_of(kBlank);
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(kBlank) - first + 1);
}

std::vector<std::string_view> words(std::string_view text) {
    std::vector<std::string_view> result;
    for (std::size_t at = 0; at < text.size();) {
        const auto begin = text.find_first_not_of(" \t\n", at);
        if (begin == std::string_view::npos) break;
        const auto end = std::min(text.find_first_of(" \t\n", begin), text.size());
        result.push_back(text.substr(begin, end - begin));
        at = end;
    }
    return result;
}

std::optional<std::int64_t> parse_int(std::string_view text, int base) {
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value, base);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return value;
}

}  // namespace fleet::perf
