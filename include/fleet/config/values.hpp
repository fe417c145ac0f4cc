#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>

#include "fleet/config/keys.hpp"
#include "fleet/core/result.hpp"

namespace fleet::config {

/// Where a value came from; later ones win over earlier ones.
enum class Origin { fallback, file, environment, flag };

/// One value in its canonical spelling, already checked against the key's type.
struct Value {
    std::string text{};
    Origin origin = Origin::fallback;
};

/// The effective value of every key. Asking for a name that is no key, or for the wrong type, is a
/// bug and throws std::logic_error.
class Values {
public:
    /// Starts with the defaults.
    Values();

    /// Checks `text` against the key's type and keeps it unless a stronger origin has spoken.
    Result<> set(const Key& key, std::string_view text, Origin origin);

    const std::string& text(std::string_view name) const;
    std::int64_t integer(std::string_view name) const;
    bool boolean(std::string_view name) const;
    std::chrono::nanoseconds duration(std::string_view name) const;
    std::uint64_t bytes(std::string_view name) const;
    /// The JSON text of a list; empty when not set.
    const std::string& json(std::string_view name) const;
    Origin origin(std::string_view name) const;
    const Value& raw(const Key& key) const;

private:
    const Value& get(std::string_view name, Type type) const;

    std::map<std::string, Value, std::less<>> values_;
};

/// "500MB", "1.5GiB", "64 k": always base 1024.
Result<std::uint64_t> parse_bytes(std::string_view text);
/// The shortest exact spelling: "10GiB", "1000".
std::string format_bytes(std::uint64_t size);
Result<bool> parse_boolean(std::string_view text);

}  // namespace fleet::config
