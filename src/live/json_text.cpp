#include "live/json_text.hpp"

#include <algorithm>

#include "live/json_walker.hpp"

namespace fleet::live {
namespace {

void append_utf8(std::string& out, unsigned code) {
    const auto byte = [&](unsigned value) { out += static_cast<char>(value); };
    if (code < 0x80) {
        byte(code);
    } else if (code < 0x800) {
        byte(0xC0 | (code >> 6));
        byte(0x80 | (code & 0x3F));
    } else if (code < 0x10000) {
        byte(0xE0 | (code >> 12));
        byte(0x80 | ((code >> 6) & 0x3F));
        byte(0x80 | (code & 0x3F));
    } else {
        byte(0xF0 | (code >> 18));
        byte(0x80 | ((code >> 12) & 0x3F));
        byte(0x80 | ((code >> 6) & 0x3F));
        byte(0x80 | (code & 0x3F));
    }
}

unsigned hex4(std::string_view text) {
    unsigned value = 0;
    for (const char c : text.substr(0, 4)) {
        value = value * 16 + static_cast<unsigned>(c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10);
    }
    return value;
}

// `text` has passed a JsonWalker: escapes are complete and pairs are whole.
std::string unescape(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '\\') {
            out += text[i];
            continue;
        }
        switch (text[++i]) {
            case 'b':
                out += '\b';
                break;
            case 'f':
                out += '\f';
                break;
            case 'n':
                out += '\n';
                break;
            case 'r':
                out += '\r';
                break;
            case 't':
                out += '\t';
                break;
            case 'u': {
                unsigned code = hex4(text.substr(i + 1));
                i += 4;
                if (code >= 0xD800 && code < 0xDC00) {
                    code = 0x10000 + ((code - 0xD800) << 10) + (hex4(text.substr(i + 3)) - 0xDC00);
                    i += 6;
                }
                append_utf8(out, code);
                break;
            }
            default:
                out += text[i];
        }
    }
    return out;
}

bool is_host_column(const std::string& name) {
    return name == "host_hostname" || name == "host_display_name";
}

// One row: as it is, or with `extra` at its end and the two host columns left out.
bool row(JsonWalker& walker, std::string& out, std::string_view extra) {
    if (extra.empty()) return walker.peek() == '{' && walker.object(1);
    if (!walker.drop('{')) return false;
    out += '{';
    bool first = true;
    if (walker.peek() != '}') {
        do {
            const std::size_t before = out.size();
            if (!first) out += ',';
            const std::size_t name_begin = out.size();
            std::string_view ignored;
            if (!walker.string(ignored)) return false;
            const auto name = std::string_view{out}.substr(name_begin);
            const bool replaced = is_host_column(unescape(name.substr(1, name.size() - 2)));
            if (!walker.take(':') || !walker.value(2)) return false;
            if (replaced) {
                out.resize(before);
            } else {
                first = false;
            }
        } while (walker.drop(','));
    }
    if (!walker.drop('}')) return false;
    if (!first) out += ',';
    out += extra;
    out += '}';
    return true;
}

}  // namespace

void append_json_string(std::string& out, std::string_view text) {
    constexpr std::string_view kHex = "0123456789abcdef";
    out += '"';
    while (!text.empty()) {
        const auto c = static_cast<unsigned char>(text.front());
        const auto length = utf8_length(text);
        if (length == 0) {
            out += "\xEF\xBF\xBD";
        } else if (c == '"' || c == '\\') {
            out += '\\';
            out += static_cast<char>(c);
        } else if (c < 0x20) {
            out += "\\u00";
            out += kHex[c >> 4];
            out += kHex[c & 15];
        } else {
            out += text.substr(0, length);
        }
        text.remove_prefix(std::max<std::size_t>(length, 1));
    }
    out += '"';
}

std::optional<std::string> decode_json_string(std::string_view raw) {
    std::string clean;
    JsonWalker walker{raw, &clean};
    std::string_view ignored;
    if (!walker.string(ignored) || !walker.at_end()) return std::nullopt;
    return unescape(std::string_view{clean}.substr(1, clean.size() - 2));
}

std::optional<JsonMembers> object_members(std::string_view raw) {
    JsonMembers members;
    std::string name;
    JsonWalker walker{raw, nullptr};
    if (!walker.drop('{')) return std::nullopt;
    if (!walker.drop('}')) {
        do {
            name.clear();
            walker.write_to(&name);
            std::string_view ignored;
            if (!walker.string(ignored)) return std::nullopt;
            walker.write_to(nullptr);
            if (!walker.drop(':')) return std::nullopt;
            walker.skip_space();
            const auto begin = walker.position();
            if (!walker.value(1)) return std::nullopt;
            members.emplace_back(
                unescape(std::string_view{name}.substr(1, name.size() - 2)),
                raw.substr(begin, walker.position() - begin)
            );
        } while (walker.drop(','));
        if (!walker.drop('}')) return std::nullopt;
    }
    if (!walker.at_end()) return std::nullopt;
    return members;
}

std::optional<std::string> clean_object(std::string_view raw) {
    std::string out;
    JsonWalker walker{raw, &out};
    if (walker.peek() != '{' || !walker.object(0) || !walker.at_end()) return std::nullopt;
    return out;
}

std::optional<RowsText> rewrite_rows(std::string_view raw, std::string_view extra) {
    RowsText rows;
    JsonWalker walker{raw, nullptr};
    if (walker.at_end()) return rows;
    if (walker.peek() == '"') {
        const auto text = decode_json_string(raw);
        return text && text->empty() ? std::optional{rows} : std::nullopt;
    }
    rows.json.clear();
    rows.json.reserve(raw.size() + 64);
    rows.json += '[';
    if (!walker.drop('[')) return std::nullopt;
    if (walker.peek() != ']') {
        do {
            if (walker.peek() == 'n') {
                if (!walker.value(1)) return std::nullopt;
                continue;
            }
            if (rows.count != 0) rows.json += ',';
            walker.write_to(&rows.json);
            const auto before = walker.text_size();
            if (!row(walker, rows.json, extra)) return std::nullopt;
            walker.write_to(nullptr);
            rows.output_size += walker.text_size() - before;
            ++rows.count;
        } while (walker.drop(','));
    }
    if (!walker.drop(']') || !walker.at_end()) return std::nullopt;
    rows.json += ']';
    return rows;
}

}  // namespace fleet::live
