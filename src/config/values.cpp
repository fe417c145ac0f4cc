#include "fleet/config/values.hpp"

#include <array>
#include <charconv>
#include <cmath>
#include <cstdlib>
#include <limits>
#include <stdexcept>

#include "fleet/core/time.hpp"

namespace fleet::config {
namespace {

std::string_view trim(std::string_view text) {
    constexpr std::string_view kSpace = " \t\r\n";
    const std::size_t first = text.find_first_not_of(kSpace);
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(kSpace) - first + 1);
}

Error wrong(std::string reason) {
    return Error::invalid("", std::move(reason));
}

std::string quoted(std::string_view text) {
    return "\"" + std::string{text} + "\"";
}

Result<std::int64_t> parse_integer(std::string_view text) {
    std::int64_t value = 0;
    if (!text.empty() && text.front() == '+') text.remove_prefix(1);
    const char* end = text.data() + text.size();
    const auto [stop, error] = std::from_chars(text.data(), end, value);
    if (error != std::errc{} || stop != end || text.empty()) {
        return fail(wrong(quoted(text) + " is not a whole number"));
    }
    return value;
}

/// Turns what was written into the one spelling that is kept.
Result<std::string> canonical(const Key& key, std::string_view text) {
    switch (key.type) {
        case Type::text:
        case Type::json:
            return std::string{text};
        case Type::integer: {
            FLEET_TRY(const std::int64_t value, parse_integer(trim(text)));
            return std::to_string(value);
        }
        case Type::boolean: {
            FLEET_TRY(const bool value, parse_boolean(trim(text)));
            return std::string{value ? "true" : "false"};
        }
        case Type::duration: {
            const auto value = parse_go_duration(trim(text));
            if (!value) {
                return fail(wrong(
                    quoted(text) +
                    " is not a duration; write for example 30s, 5m or 2h45m (there "
                    "is no unit for days)"
                ));
            }
            return to_go_duration(*value);
        }
        case Type::bytes: {
            FLEET_TRY(const std::uint64_t value, parse_bytes(text));
            return format_bytes(value);
        }
    }
    return std::string{text};
}

std::string temporary_folder() {
    const char* folder = std::getenv("TMPDIR");
    std::string out = folder != nullptr && *folder != '\0' ? folder : "/tmp";
    while (out.size() > 1 && out.back() == '/') {
        out.pop_back();
    }
    return out;
}

std::string expand_fallback(const Key& key) {
    constexpr std::string_view kVariable = "$TMPDIR";
    if (!key.fallback.starts_with(kVariable)) return key.fallback;
    return temporary_folder() + key.fallback.substr(kVariable.size());
}

}  // namespace

Result<bool> parse_boolean(std::string_view text) {
    // The words that Go's strconv.ParseBool knows, which existing configurations use.
    for (const std::string_view word : {"1", "t", "T", "true", "TRUE", "True"}) {
        if (text == word) return true;
    }
    for (const std::string_view word : {"0", "f", "F", "false", "FALSE", "False"}) {
        if (text == word) return false;
    }
    return fail(wrong(quoted(text) + " is neither true nor false"));
}

Result<std::uint64_t> parse_bytes(std::string_view text) {
    const std::string_view whole = trim(text);
    const std::size_t digits = std::min(whole.find_first_not_of("0123456789."), whole.size());
    std::string unit{trim(whole.substr(digits))};
    for (char& c : unit) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    constexpr std::string_view kPrefixes = "kmgtp";
    unsigned power = 0;
    std::string_view rest = unit;
    if (!rest.empty() && kPrefixes.find(rest.front()) != std::string_view::npos) {
        power = static_cast<unsigned>(kPrefixes.find(rest.front())) + 1;
        rest.remove_prefix(1);
        if (!rest.empty() && rest.front() == 'i') rest.remove_prefix(1);
    }
    if (!rest.empty() && rest.front() == 'b') rest.remove_prefix(1);

    double number = 0;
    const char* end = whole.data() + digits;
    const auto [stop, error] = std::from_chars(whole.data(), end, number, std::chars_format::fixed);
    if (digits == 0 || error != std::errc{} || stop != end || !rest.empty()) {
        return fail(wrong(quoted(text) + " is not a size; write for example 1048576, 500MB or 1GiB")
        );
    }
    const double size = std::ldexp(number, static_cast<int>(power * 10));
    if (size > 9e18) return fail(wrong(quoted(text) + " is too large"));
    return static_cast<std::uint64_t>(size);
}

std::string format_bytes(std::uint64_t size) {
    static constexpr std::array<std::string_view, 6> kUnits{"", "KiB", "MiB", "GiB", "TiB", "PiB"};
    std::size_t unit = 0;
    while (size != 0 && size % 1024 == 0 && unit + 1 < kUnits.size()) {
        size /= 1024;
        ++unit;
    }
    return std::to_string(size) + std::string{kUnits[unit]};
}

Values::Values() {
    for (const Key& key : keys()) {
        values_.emplace(key.name, Value{expand_fallback(key), Origin::fallback});
    }
}

Result<> Values::set(const Key& key, std::string_view text, Origin origin) {
    auto value = canonical(key, text);
    if (!value) {
        Error error = value.error();
        error.fields.front().name = key.name;
        return fail(std::move(error));
    }
    Value& kept = values_.find(key.name)->second;
    if (origin >= kept.origin) kept = Value{std::move(*value), origin};
    return {};
}

const Value& Values::get(std::string_view name, Type type) const {
    const Key* key = find_key(name);
    if (key == nullptr || key->type != type) {
        throw std::logic_error{"no configuration key of that type: " + std::string{name}};
    }
    return values_.find(name)->second;
}

const std::string& Values::text(std::string_view name) const {
    return get(name, Type::text).text;
}

std::int64_t Values::integer(std::string_view name) const {
    return parse_integer(get(name, Type::integer).text).value();
}

bool Values::boolean(std::string_view name) const {
    return get(name, Type::boolean).text == "true";
}

std::chrono::nanoseconds Values::duration(std::string_view name) const {
    return parse_go_duration(get(name, Type::duration).text).value();
}

std::uint64_t Values::bytes(std::string_view name) const {
    return parse_bytes(get(name, Type::bytes).text).value();
}

const std::string& Values::json(std::string_view name) const {
    return get(name, Type::json).text;
}

Origin Values::origin(std::string_view name) const {
    const Key* key = find_key(name);
    if (key == nullptr) {
        throw std::logic_error{"no such configuration key: " + std::string{name}};
    }
    return raw(*key).origin;
}

const Value& Values::raw(const Key& key) const {
    return values_.find(key.name)->second;
}

}  // namespace fleet::config
