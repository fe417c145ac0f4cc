#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

/// The program's own log: one line an event, key=value or JSON, to standard error.
/// Never log a secret, a node key or a query result.
namespace fleet::log {

enum class Level { debug, info, warn, error };

struct Field {
    std::string_view key;
    std::variant<std::string_view, std::int64_t, std::uint64_t, double, bool> value;

    Field(std::string_view k, std::string_view v) : key{k}, value{v} {}
    Field(std::string_view k, const char* v) : key{k}, value{std::string_view{v}} {}
    Field(std::string_view k, const std::string& v) : key{k}, value{std::string_view{v}} {}
    Field(std::string_view k, bool v) : key{k}, value{v} {}
    Field(std::string_view k, double v) : key{k}, value{v} {}
    Field(std::string_view k, int v) : key{k}, value{static_cast<std::int64_t>(v)} {}
    Field(std::string_view k, long v) : key{k}, value{static_cast<std::int64_t>(v)} {}
    Field(std::string_view k, long long v) : key{k}, value{static_cast<std::int64_t>(v)} {}
    Field(std::string_view k, unsigned v) : key{k}, value{static_cast<std::uint64_t>(v)} {}
    Field(std::string_view k, unsigned long v) : key{k}, value{static_cast<std::uint64_t>(v)} {}
    Field(std::string_view k, unsigned long long v)
        : key{k}, value{static_cast<std::uint64_t>(v)} {}
};

using Fields = std::initializer_list<Field>;

enum class Format { text, json };

/// Call once, before threads start.
void configure(Level level, Format format);
bool enabled(Level level) noexcept;
void write(Level level, std::string_view message, Fields fields = {});
/// What was logged as an error since the start, or since it was last cleared: each message once,
/// with what its newest line said. Bounded.
struct LoggedError {
    std::string message{};
    std::uint64_t count = 0;
    std::string last_at{};  // RFC 3339
    std::vector<std::pair<std::string, std::string>> fields{};
};
std::vector<LoggedError> logged_errors();
void clear_logged_errors();

/// Writes out what is buffered; called at shutdown.
void flush();

inline void debug(std::string_view message, Fields fields = {}) {
    if (enabled(Level::debug)) write(Level::debug, message, fields);
}
inline void info(std::string_view message, Fields fields = {}) {
    write(Level::info, message, fields);
}
inline void warn(std::string_view message, Fields fields = {}) {
    write(Level::warn, message, fields);
}
inline void error(std::string_view message, Fields fields = {}) {
    write(Level::error, message, fields);
}

}  // namespace fleet::log
