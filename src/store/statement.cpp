#include "statement.hpp"

#include <cppconn/datatype.h>
#include <cppconn/prepared_statement.h>
#include <cppconn/resultset.h>

#include <array>
#include <charconv>
#include <chrono>
#include <cmath>
#include <cstdio>

namespace fleet::store {
namespace {

namespace chrono = std::chrono;

struct Binder {
    sql::PreparedStatement& statement;
    unsigned index;

    void operator()(std::nullptr_t) const { statement.setNull(index, sql::DataType::VARCHAR); }
    void operator()(std::int64_t value) const { statement.setInt64(index, value); }
    void operator()(std::uint64_t value) const { statement.setUInt64(index, value); }
    void operator()(double value) const {
        // SQL has no such numbers; what the server makes of them differs.
        if (std::isfinite(value)) {
            statement.setDouble(index, value);
        } else {
            statement.setNull(index, sql::DataType::DOUBLE);
        }
    }
    void operator()(const std::string& value) const {
        statement.setString(index, sql::SQLString{value.data(), value.size()});
    }
    void operator()(Time value) const { statement.setString(index, to_sql_time(value)); }
};

/// Reads the number at the front of `text` and what must follow it.
bool take(std::string_view& text, std::size_t width, char end, int& out) {
    if (text.size() < width) return false;
    const char* last = text.data() + width;
    const auto [stop, error] = std::from_chars(text.data(), last, out);
    if (error != std::errc{} || stop != last || out < 0) return false;
    text.remove_prefix(width);
    if (end == '\0') return true;
    if (text.empty() || text.front() != end) return false;
    text.remove_prefix(1);
    return true;
}

std::optional<int> take_micros(std::string_view text) {
    int micros = 0;
    int digits = 0;
    for (const char c : text) {
        if (c < '0' || c > '9' || ++digits > 6) return std::nullopt;
        micros = micros * 10 + (c - '0');
    }
    for (; digits < 6; ++digits)
        micros *= 10;
    return micros;
}

}  // namespace

std::string to_sql_time(Time time) {
    const auto day = chrono::floor<chrono::days>(time);
    const chrono::year_month_day date{day};
    const chrono::hh_mm_ss clock{time - day};
    const int year = static_cast<int>(date.year());
    if (year < 0 || year > 9999) {
        throw DbError{DbFault::rejected, 0, "a time outside the years 0 to 9999 cannot be stored"};
    }
    std::array<char, 64> text{};
    const int length = std::snprintf(
        text.data(),
        text.size(),
        "%04d-%02u-%02u %02d:%02d:%02d.%06d",
        year,
        static_cast<unsigned>(date.month()),
        static_cast<unsigned>(date.day()),
        static_cast<int>(clock.hours().count()),
        static_cast<int>(clock.minutes().count()),
        static_cast<int>(clock.seconds().count()),
        static_cast<int>(clock.subseconds().count())
    );
    return {text.data(), static_cast<std::size_t>(length)};
}

std::optional<Time> parse_sql_time(std::string_view text) {
    int year = 0;
    int month = 0;
    int day = 0;
    if (!take(text, 4, '-', year) || !take(text, 2, '-', month) || !take(text, 2, '\0', day)) {
        return std::nullopt;
    }
    const chrono::year_month_day date{
        chrono::year{year},
        chrono::month{static_cast<unsigned>(month)},
        chrono::day{static_cast<unsigned>(day)}};
    if (!date.ok()) return std::nullopt;
    const Time midnight = chrono::sys_days{date};
    if (text.empty()) return midnight;

    int hours = 0;
    int minutes = 0;
    int seconds = 0;
    if (text.front() != ' ') return std::nullopt;
    text.remove_prefix(1);
    if (!take(text, 2, ':', hours) || !take(text, 2, ':', minutes) ||
        !take(text, 2, '\0', seconds) || hours > 23 || minutes > 59 || seconds > 59) {
        return std::nullopt;
    }
    int micros = 0;
    if (!text.empty()) {
        if (text.front() != '.') return std::nullopt;
        const auto fraction = take_micros(text.substr(1));
        if (!fraction) return std::nullopt;
        micros = *fraction;
    }
    return midnight + chrono::hours{hours} + chrono::minutes{minutes} + chrono::seconds{seconds} +
           chrono::microseconds{micros};
}

std::size_t packet_size(std::span<const Param> values) {
    constexpr std::size_t kScalar = 16;
    std::size_t size = 0;
    for (const Param& value : values) {
        const auto* text = std::get_if<std::string>(&value);
        size += kScalar + (text == nullptr ? 0 : text->size());
    }
    return size;
}

void bind(sql::PreparedStatement& statement, std::span<const Param> values) {
    unsigned index = 0;
    for (const Param& value : values)
        std::visit(Binder{statement, ++index}, value);
}

bool ResultRow::is_null(unsigned column) const {
    return result_.isNull(column + 1);
}

std::string ResultRow::str(unsigned column) const {
    return result_.getString(column + 1).asStdString();
}

std::int64_t ResultRow::i64(unsigned column) const {
    return result_.getInt64(column + 1);
}

std::uint64_t ResultRow::u64(unsigned column) const {
    return result_.getUInt64(column + 1);
}

double ResultRow::real(unsigned column) const {
    return static_cast<double>(result_.getDouble(column + 1));
}

Time ResultRow::time(unsigned column) const {
    const std::string text = str(column);
    if (text.empty()) return Time{};
    const auto time = parse_sql_time(text);
    if (!time) throw DbError{DbFault::other, 0, "column " + std::to_string(column) + " is no time"};
    return *time;
}

}  // namespace fleet::store
