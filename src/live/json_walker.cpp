#include "live/json_walker.hpp"

#include <array>
#include <optional>

namespace fleet::live {
namespace {

constexpr int kMaxDepth = 32;  // osqueryd's own limit (agent-api F 7)
constexpr std::string_view kReplacement = "\xEF\xBF\xBD";
constexpr std::string_view kHex = "0123456789abcdef";

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

// Four hex digits after "\u" at `at`.
std::optional<unsigned> code_unit(std::string_view in, std::size_t at) {
    if (in.size() < at + 4) return std::nullopt;
    unsigned value = 0;
    for (const char c : in.substr(at, 4)) {
        unsigned digit = 0;
        if (is_digit(c)) {
            digit = static_cast<unsigned>(c - '0');
        } else if ((c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F')) {
            digit = static_cast<unsigned>((c | 0x20) - 'a') + 10;
        } else {
            return std::nullopt;
        }
        value = value * 16 + digit;
    }
    return value;
}

bool is_high(unsigned unit) {
    return unit >= 0xD800 && unit < 0xDC00;
}
bool is_low(unsigned unit) {
    return unit >= 0xDC00 && unit < 0xE000;
}

}  // namespace

std::size_t utf8_length(std::string_view text) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    if (text.empty()) return 0;
    const unsigned first = byte(0);
    if (first < 0x80) return 1;
    const std::size_t length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
    if (first < 0xC2 || first > 0xF4 || text.size() < length) return 0;
    for (std::size_t i = 1; i < length; ++i) {
        if ((byte(i) & 0xC0) != 0x80) return 0;
    }
    const unsigned second = byte(1);
    const bool overlong = (first == 0xE0 && second < 0xA0) || (first == 0xF0 && second < 0x90);
    const bool beyond = (first == 0xED && second > 0x9F) || (first == 0xF4 && second > 0x8F);
    return overlong || beyond ? 0 : length;
}

void JsonWalker::copy(std::size_t from, std::size_t to) {
    if (out_ != nullptr) out_->append(in_.substr(from, to - from));
}

void JsonWalker::put(std::string_view text) {
    if (out_ != nullptr) out_->append(text);
}

void JsonWalker::skip_space() {
    while (at_ < in_.size() &&
           (in_[at_] == ' ' || in_[at_] == '\t' || in_[at_] == '\n' || in_[at_] == '\r')) {
        ++at_;
    }
}

char JsonWalker::peek() {
    skip_space();
    return at_ < in_.size() ? in_[at_] : '\0';
}

bool JsonWalker::drop(char c) {
    if (peek() != c || at_ >= in_.size()) return false;
    ++at_;
    return true;
}

bool JsonWalker::take(char c) {
    if (!drop(c)) return false;
    put({&c, 1});
    return true;
}

bool JsonWalker::at_end() {
    skip_space();
    return at_ >= in_.size();
}

bool JsonWalker::value(int depth) {
    switch (peek()) {
        case '{':
            return object(depth);
        case '[':
            return array(depth);
        case '"': {
            std::string_view content;
            return string(content);
        }
        case 't':
            return word("true");
        case 'f':
            return word("false");
        case 'n':
            return word("null");
        default:
            return number();
    }
}

bool JsonWalker::object(int depth) {
    if (depth >= kMaxDepth || !take('{')) return false;
    if (take('}')) return true;
    do {
        std::string_view name;
        if (peek() != '"' || !string(name) || !take(':') || !value(depth + 1)) return false;
    } while (take(','));
    return take('}');
}

bool JsonWalker::array(int depth) {
    if (depth >= kMaxDepth || !take('[')) return false;
    if (take(']')) return true;
    do {
        if (!value(depth + 1)) return false;
    } while (take(','));
    return take(']');
}

bool JsonWalker::string(std::string_view& content) {
    if (!take('"')) return false;
    const std::size_t begin = at_;
    std::size_t copied = at_;  // what is before has been written
    while (at_ < in_.size()) {
        const auto c = static_cast<unsigned char>(in_[at_]);
        if (c == '"') {
            content = in_.substr(begin, at_ - begin);
            text_size_ += content.size();
            copy(copied, at_);
            return take('"');
        }
        if (c >= 0x20 && c < 0x80 && c != '\\') {
            ++at_;
            continue;
        }
        if (c >= 0x80) {
            if (const auto length = utf8_length(in_.substr(at_)); length != 0) {
                at_ += length;
                continue;
            }
        }
        copy(copied, at_);
        if (c == '\\') {
            if (!escape()) return false;
        } else {
            if (c < 0x20) {
                const char mended[] = {'\\', 'u', '0', '0', kHex[c >> 4], kHex[c & 15]};
                put({mended, sizeof mended});
            } else {
                put(kReplacement);
            }
            ++at_;
        }
        copied = at_;
    }
    return false;
}

bool JsonWalker::escape() {
    const std::size_t begin = at_;
    if (++at_ >= in_.size()) return false;
    if (in_[at_] != 'u') {
        if (std::string_view{"\"\\/bfnrt"}.find(in_[at_]) == std::string_view::npos) return false;
        ++at_;
        copy(begin, at_);
        return true;
    }
    const auto unit = code_unit(in_, at_ + 1);
    if (!unit) return false;
    at_ += 5;
    if (is_high(*unit) && in_.substr(at_, 2) == "\\u") {
        const auto next = code_unit(in_, at_ + 2);
        if (!next) return false;
        if (is_low(*next)) {
            at_ += 6;
            copy(begin, at_);
            return true;
        }
    }
    // Half of a pair is no character: strict parsers would refuse the whole message.
    if (is_high(*unit) || is_low(*unit)) {
        put(kReplacement);
    } else {
        copy(begin, at_);
    }
    return true;
}

bool JsonWalker::number() {
    const std::size_t begin = at_;
    const auto digits = [&] {
        const std::size_t from = at_;
        while (at_ < in_.size() && is_digit(in_[at_]))
            ++at_;
        return at_ > from;
    };
    const auto next_is = [&](char c) { return at_ < in_.size() && in_[at_] == c; };
    if (next_is('-')) ++at_;
    if (next_is('0')) {
        ++at_;
    } else if (!digits()) {
        return false;
    }
    if (next_is('.')) {
        ++at_;
        if (!digits()) return false;
    }
    if (next_is('e') || next_is('E')) {
        ++at_;
        if (next_is('+') || next_is('-')) ++at_;
        if (!digits()) return false;
    }
    text_size_ += at_ - begin;
    copy(begin, at_);
    return true;
}

bool JsonWalker::word(std::string_view expected) {
    if (in_.substr(at_, expected.size()) != expected) return false;
    at_ += expected.size();
    text_size_ += expected.size();
    put(expected);
    return true;
}

}  // namespace fleet::live
