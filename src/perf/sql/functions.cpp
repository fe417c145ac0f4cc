#include "perf/sql/functions.hpp"

#include <arpa/inet.h>
#include <sqlite3.h>

#include <algorithm>
#include <array>
#include <memory>
#include <optional>
#include <regex>
#include <span>
#include <stdexcept>
#include <string>
#include <vector>

#include "perf/text.hpp"

namespace fleet::perf {
namespace {

using Arguments = std::span<sqlite3_value*>;

// std::regex recurses once a character; longer subjects could exhaust the stack.
constexpr std::size_t kMaxRegexSubject = 8192;

bool is_null(sqlite3_value* value) {
    return sqlite3_value_type(value) == SQLITE_NULL;
}

std::string_view text_of(sqlite3_value* value) {
    const auto* text = reinterpret_cast<const char*>(sqlite3_value_text(value));
    if (text == nullptr) return {};
    return {text, static_cast<std::size_t>(sqlite3_value_bytes(value))};
}

void give(sqlite3_context* context, std::string_view text) {
    sqlite3_result_text(context, text.data(), static_cast<int>(text.size()), SQLITE_TRANSIENT);
}

void fail(sqlite3_context* context, const char* message) {
    sqlite3_result_error(context, message, -1);
}

template <class Value>
void give_element(sqlite3_context* context, const std::vector<Value>& list, sqlite3_value* index) {
    const auto at = sqlite3_value_int64(index);
    if (at < 0 || static_cast<std::size_t>(at) >= list.size()) return;  // NULL
    give(context, list[static_cast<std::size_t>(at)]);
}

/// split(text, separators, index): pieces between any of the separator characters, trimmed,
/// empty ones left out.
void split(sqlite3_context* context, Arguments args) {
    if (is_null(args[0])) return;
    const auto text = text_of(args[0]);
    const auto separators = text_of(args[1]);
    if (separators.empty()) return fail(context, "Invalid input to split function");
    std::vector<std::string_view> pieces;
    for (std::size_t at = 0; at <= text.size();) {
        const auto end = std::min(text.find_first_of(separators, at), text.size());
        if (end > at) pieces.push_back(trim(text.substr(at, end - at)));
        at = end + 1;
    }
    give_element(context, pieces, args[2]);
}

/// The pattern of argument 1, compiled once a statement.
const std::regex* pattern(sqlite3_context* context, Arguments args) {
    if (auto* known = sqlite3_get_auxdata(context, 1)) return static_cast<std::regex*>(known);
    try {
        auto compiled = std::make_unique<std::regex>(std::string{text_of(args[1])});
        auto* raw = compiled.release();
        sqlite3_set_auxdata(context, 1, raw, [](void* p) { delete static_cast<std::regex*>(p); });
        // SQLite may drop it at once when memory is short.
        return static_cast<std::regex*>(sqlite3_get_auxdata(context, 1));
    } catch (const std::regex_error&) {
        return nullptr;
    }
}

void regex_match(sqlite3_context* context, Arguments args) {
    if (is_null(args[0])) return;
    const auto* regex = pattern(context, args);
    if (regex == nullptr) return fail(context, "Invalid regex");
    const std::string subject{text_of(args[0]).substr(0, kMaxRegexSubject)};
    std::smatch match;
    if (!std::regex_search(subject, match, *regex)) return;
    const std::vector<std::string> groups(match.begin(), match.end());
    give_element(context, groups, args[2]);
}

void regex_split(sqlite3_context* context, Arguments args) {
    if (is_null(args[0])) return;
    const auto* regex = pattern(context, args);
    if (regex == nullptr) return fail(context, "Invalid regex");
    const std::string subject{text_of(args[0]).substr(0, kMaxRegexSubject)};
    std::sregex_token_iterator at{subject.begin(), subject.end(), *regex, -1};
    std::vector<std::string> pieces;
    for (; at != std::sregex_token_iterator{}; ++at) {
        if (at->length() > 0) pieces.push_back(at->str());
    }
    give_element(context, pieces, args[2]);
}

void concat(sqlite3_context* context, Arguments args) {
    std::string out;
    for (auto* value : args)
        out += text_of(value);
    give(context, out);
}

void concat_ws(sqlite3_context* context, Arguments args) {
    if (args.empty()) return;
    const auto separator = text_of(args[0]);
    std::string out;
    bool first = true;
    for (auto* value : args.subspan(1)) {
        if (is_null(value)) continue;
        if (!first) out += separator;
        out += text_of(value);
        first = false;
    }
    give(context, out);
}

/// Runs of digits and runs of other characters, without separators.
std::vector<std::string_view> version_parts(std::string_view version) {
    const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
    const auto is_word = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '~';
    };
    std::vector<std::string_view> parts;
    for (std::size_t at = 0; at < version.size();) {
        std::size_t end = at;
        if (is_digit(version[at])) {
            while (end < version.size() && is_digit(version[end]))
                ++end;
        } else if (is_word(version[at])) {
            while (end < version.size() && is_word(version[end]))
                ++end;
        } else {
            ++at;
            continue;
        }
        parts.push_back(version.substr(at, end - at));
        at = end;
    }
    return parts;
}

int compare_versions(std::string_view left, std::string_view right) {
    const auto a = version_parts(left);
    const auto b = version_parts(right);
    for (std::size_t i = 0; i < std::min(a.size(), b.size()); ++i) {
        const auto x = parse_int(a[i]);
        const auto y = parse_int(b[i]);
        if (x && y && *x != *y) return *x < *y ? -1 : 1;
        if (!(x && y) && a[i] != b[i]) return a[i] < b[i] ? -1 : 1;
    }
    if (a.size() == b.size()) return 0;
    return a.size() < b.size() ? -1 : 1;
}

void version_compare(sqlite3_context* context, Arguments args) {
    if (is_null(args[0]) || is_null(args[1])) return;
    sqlite3_result_int(context, compare_versions(text_of(args[0]), text_of(args[1])));
}

int collate_version(void*, int left_size, const void* left, int right_size, const void* right) {
    return compare_versions(
        {static_cast<const char*>(left), static_cast<std::size_t>(left_size)},
        {static_cast<const char*>(right), static_cast<std::size_t>(right_size)}
    );
}

void inet_aton_number(sqlite3_context* context, Arguments args) {
    in_addr address{};
    if (is_null(args[0]) || inet_aton(std::string{text_of(args[0])}.c_str(), &address) == 0) return;
    sqlite3_result_int64(context, ntohl(address.s_addr));
}

std::optional<std::vector<unsigned char>> address_bytes(const std::string& text) {
    const bool v6 = text.find(':') != std::string::npos;
    std::vector<unsigned char> bytes(v6 ? 16 : 4);
    if (inet_pton(v6 ? AF_INET6 : AF_INET, text.c_str(), bytes.data()) != 1) return std::nullopt;
    return bytes;
}

void in_cidr_block(sqlite3_context* context, Arguments args) {
    if (is_null(args[0]) || is_null(args[1])) return;
    const std::string block{text_of(args[0])};
    const auto slash = block.find('/');
    const auto network = address_bytes(block.substr(0, slash));
    const auto address = address_bytes(std::string{text_of(args[1])});
    if (!network || !address) return fail(context, "Invalid address or block");
    const auto all = static_cast<std::int64_t>(network->size() * 8);
    const auto bits = slash == std::string::npos
                          ? all
                          : parse_int(std::string_view{block}.substr(slash + 1)).value_or(-1);
    if (bits < 0 || bits > all) return fail(context, "Invalid address or block");
    bool same = network->size() == address->size();
    for (std::size_t bit = 0; same && bit < static_cast<std::size_t>(bits); ++bit) {
        const auto mask = static_cast<unsigned char>(0x80U >> (bit % 8));
        same = ((*network)[bit / 8] & mask) == ((*address)[bit / 8] & mask);
    }
    sqlite3_result_int(context, same ? 1 : 0);
}

template <const char* const* kAlgorithm>
void digest(sqlite3_context* context, Arguments args) {
    if (is_null(args[0])) return;
    give(context, hex_digest(*kAlgorithm, text_of(args[0])));
}

constexpr const char* kMd5 = "MD5";
constexpr const char* kSha1 = "SHA1";
constexpr const char* kSha256 = "SHA256";

void to_base64(sqlite3_context* context, Arguments args) {
    if (!is_null(args[0])) give(context, base64_encode(text_of(args[0])));
}

void from_base64(sqlite3_context* context, Arguments args) {
    if (is_null(args[0])) return;
    if (const auto decoded = base64_decode(text_of(args[0]))) give(context, *decoded);
}

void conditional_to_base64(sqlite3_context* context, Arguments args) {
    if (is_null(args[0])) return;
    const auto text = text_of(args[0]);
    const bool ascii = std::none_of(text.begin(), text.end(), [](char c) {
        return static_cast<unsigned char>(c) >= 0x80;
    });
    give(context, ascii ? std::string{text} : base64_encode(text));
}

/// Exceptions must not travel through SQLite.
template <void (*kFunction)(sqlite3_context*, Arguments)>
void guarded(sqlite3_context* context, int count, sqlite3_value** values) {
    try {
        kFunction(context, Arguments{values, static_cast<std::size_t>(count)});
    } catch (const std::exception& error) {
        fail(context, error.what());
    }
}

struct Function {
    const char* name;
    int arguments;
    void (*call)(sqlite3_context*, int, sqlite3_value**);
};

constexpr std::array kFunctions{
    Function{"split", 3, guarded<split>},
    Function{"regex_match", 3, guarded<regex_match>},
    Function{"regex_split", 3, guarded<regex_split>},
    Function{"concat", -1, guarded<concat>},
    Function{"concat_ws", -1, guarded<concat_ws>},
    Function{"version_compare", 2, guarded<version_compare>},
    Function{"inet_aton", 1, guarded<inet_aton_number>},
    Function{"in_cidr_block", 2, guarded<in_cidr_block>},
    Function{"md5", 1, guarded<digest<&kMd5>>},
    Function{"sha1", 1, guarded<digest<&kSha1>>},
    Function{"sha256", 1, guarded<digest<&kSha256>>},
    Function{"to_base64", 1, guarded<to_base64>},
    Function{"from_base64", 1, guarded<from_base64>},
    Function{"conditional_to_base64", 1, guarded<conditional_to_base64>},
};

}  // namespace

void register_functions(sqlite3* db) {
    for (const auto& function : kFunctions) {
        sqlite3_create_function_v2(
            db,
            function.name,
            function.arguments,
            SQLITE_UTF8 | SQLITE_DETERMINISTIC,
            nullptr,
            function.call,
            nullptr,
            nullptr,
            nullptr
        );
    }
    sqlite3_create_collation_v2(db, "version", SQLITE_UTF8, nullptr, collate_version, nullptr);
}

}  // namespace fleet::perf
