#include "fleet/core/time.hpp"

#include <array>
#include <cstdint>
#include <cstdio>

namespace fleet {
namespace {

using std::chrono::days;
using std::chrono::microseconds;
using std::chrono::nanoseconds;
using std::chrono::seconds;

/// Reads exactly `count` digits at `pos`; -1 when there is something else.
int digits(std::string_view text, std::size_t pos, std::size_t count) {
    if (pos + count > text.size()) return -1;
    int value = 0;
    for (std::size_t i = pos; i < pos + count; ++i) {
        if (text[i] < '0' || text[i] > '9') return -1;
        value = value * 10 + (text[i] - '0');
    }
    return value;
}

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

/// "Z", "+02:00" and the like, at `pos` up to the end.
std::optional<seconds> parse_offset(std::string_view text, std::size_t pos) {
    if (pos + 1 == text.size() && (text[pos] == 'Z' || text[pos] == 'z')) return seconds{0};
    if (pos + 6 != text.size() || (text[pos] != '+' && text[pos] != '-') || text[pos + 3] != ':') {
        return std::nullopt;
    }
    const int hours = digits(text, pos + 1, 2);
    const int minutes = digits(text, pos + 4, 2);
    if (hours < 0 || hours > 23 || minutes < 0 || minutes > 59) return std::nullopt;
    const seconds size{hours * 3600 + minutes * 60};
    return text[pos] == '-' ? -size : size;
}

struct Unit {
    std::string_view name;
    std::int64_t nanos;
};
// Longer names first where one begins with another.
constexpr std::array<Unit, 8> kUnits{{
    {"ns", 1},
    {"us", 1'000},
    {"\u00b5s", 1'000},
    {"\u03bcs", 1'000},
    {"ms", 1'000'000},
    {"s", 1'000'000'000},
    {"m", 60'000'000'000},
    {"h", 3'600'000'000'000},
}};

const Unit* unit_at(std::string_view text) {
    for (const Unit& unit : kUnits) {
        if (text == unit.name) return &unit;
    }
    return nullptr;
}

__extension__ using Wide = __int128;
constexpr Wide kMaxNanos = INT64_MAX;

/// One "1.5h" of a duration; moves `text` past it.
std::optional<Wide> take_part(std::string_view& text) {
    Wide whole = 0;
    Wide fraction = 0;
    Wide scale = 1;
    std::size_t pos = 0;
    bool any = false;
    for (; pos < text.size() && is_digit(text[pos]); ++pos, any = true) {
        whole = whole * 10 + (text[pos] - '0');
        if (whole > kMaxNanos) return std::nullopt;
    }
    if (pos < text.size() && text[pos] == '.') {
        ++pos;
        for (; pos < text.size() && is_digit(text[pos]); ++pos, any = true) {
            // Digits below a nanosecond's share of an hour cannot matter.
            if (scale >= 1'000'000'000'000'000) continue;
            fraction = fraction * 10 + (text[pos] - '0');
            scale *= 10;
        }
    }
    if (!any) return std::nullopt;
    std::size_t end = pos;
    while (end < text.size() && !is_digit(text[end]) && text[end] != '.') {
        ++end;
    }
    const Unit* unit = unit_at(text.substr(pos, end - pos));
    if (unit == nullptr) return std::nullopt;
    text.remove_prefix(end);
    return whole * unit->nanos + fraction * unit->nanos / scale;
}

void append_fraction(std::string& out, std::int64_t value, int width) {
    if (value == 0) return;
    std::string text = std::to_string(value);
    text.insert(0, static_cast<std::size_t>(width) - text.size(), '0');
    while (text.back() == '0') {
        text.pop_back();
    }
    out += '.';
    out += text;
}

}  // namespace

Time SystemClock::now() const {
    return std::chrono::time_point_cast<microseconds>(std::chrono::system_clock::now());
}

std::string to_rfc3339(Time time) {
    const auto day = std::chrono::floor<days>(time);
    const std::chrono::year_month_day date{day};
    const std::chrono::hh_mm_ss clock{time - day};
    std::array<char, 48> buffer{};
    const int size = std::snprintf(
        buffer.data(),
        buffer.size(),
        "%04d-%02u-%02uT%02d:%02d:%02d",
        static_cast<int>(date.year()),
        static_cast<unsigned>(date.month()),
        static_cast<unsigned>(date.day()),
        static_cast<int>(clock.hours().count()),
        static_cast<int>(clock.minutes().count()),
        static_cast<int>(clock.seconds().count())
    );
    std::string out{buffer.data(), static_cast<std::size_t>(size)};
    append_fraction(out, clock.subseconds().count(), 6);
    out += 'Z';
    return out;
}

std::optional<Time> parse_rfc3339(std::string_view text) {
    // 2006-01-02T15:04:05[.fraction](Z|+hh:mm)
    if (text.size() < 20 || text[4] != '-' || text[7] != '-' || text[13] != ':' ||
        text[16] != ':' || (text[10] != 'T' && text[10] != 't' && text[10] != ' ')) {
        return std::nullopt;
    }
    const int year = digits(text, 0, 4);
    const int month = digits(text, 5, 2);
    const int day = digits(text, 8, 2);
    const int hour = digits(text, 11, 2);
    const int minute = digits(text, 14, 2);
    const int second = digits(text, 17, 2);
    if (year < 0 || month < 1 || day < 1 || hour < 0 || hour > 23 || minute < 0 || minute > 59 ||
        second < 0 || second > 60) {
        return std::nullopt;
    }
    const std::chrono::year_month_day date{
        std::chrono::year{year},
        std::chrono::month{static_cast<unsigned>(month)},
        std::chrono::day{static_cast<unsigned>(day)}};
    if (!date.ok()) return std::nullopt;

    std::size_t pos = 19;
    std::int64_t micros = 0;
    if (text[pos] == '.') {
        const std::size_t start = ++pos;
        std::int64_t scale = 100'000;
        for (; pos < text.size() && is_digit(text[pos]); ++pos) {
            micros += (text[pos] - '0') * scale;
            scale /= 10;
        }
        if (pos == start || pos >= text.size()) return std::nullopt;
    }
    const auto offset = parse_offset(text, pos);
    if (!offset) return std::nullopt;
    const auto local = std::chrono::sys_days{date} + std::chrono::hours{hour} +
                       std::chrono::minutes{minute} + seconds{second} + microseconds{micros};
    return Time{local.time_since_epoch() - *offset};
}

Time never_time() {
    return from_unix_seconds(86'400);
}

std::optional<nanoseconds> parse_go_duration(std::string_view text) {
    const bool negative = !text.empty() && text.front() == '-';
    if (!text.empty() && (text.front() == '-' || text.front() == '+')) text.remove_prefix(1);
    if (text.empty()) return std::nullopt;

    Wide total = 0;
    if (text.find_first_not_of("0123456789") == std::string_view::npos) {
        for (const char c : text) {
            total = total * 10 + (c - '0');
            if (total > kMaxNanos) return std::nullopt;
        }
    } else {
        while (!text.empty()) {
            const auto part = take_part(text);
            if (!part) return std::nullopt;
            total += *part;
            if (total > kMaxNanos) return std::nullopt;
        }
    }
    const auto nanos = static_cast<std::int64_t>(total);
    return nanoseconds{negative ? -nanos : nanos};
}

std::string to_go_duration(nanoseconds duration) {
    const std::int64_t count = duration.count();
    if (count == 0) return "0s";
    const bool negative = count < 0;
    const auto magnitude =
        negative ? 0 - static_cast<std::uint64_t>(count) : static_cast<std::uint64_t>(count);
    std::string out = negative ? "-" : "";
    if (magnitude < 1'000'000'000) {
        struct Small {
            std::uint64_t size;
            const char* name;
            int width;
        };
        const Small unit = magnitude < 1'000       ? Small{1, "ns", 0}
                           : magnitude < 1'000'000 ? Small{1'000, "\u00b5s", 3}
                                                   : Small{1'000'000, "ms", 6};
        out += std::to_string(magnitude / unit.size);
        append_fraction(out, static_cast<std::int64_t>(magnitude % unit.size), unit.width);
        return out + unit.name;
    }
    const std::uint64_t all_seconds = magnitude / 1'000'000'000;
    if (all_seconds >= 3600) out += std::to_string(all_seconds / 3600) + "h";
    if (all_seconds >= 60) out += std::to_string(all_seconds / 60 % 60) + "m";
    out += std::to_string(all_seconds % 60);
    append_fraction(out, static_cast<std::int64_t>(magnitude % 1'000'000'000), 9);
    return out + "s";
}

std::int64_t unix_seconds(Time time) {
    return std::chrono::floor<seconds>(time).time_since_epoch().count();
}

Time from_unix_seconds(std::int64_t value) {
    return Time{seconds{value}};
}

}  // namespace fleet
