#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace fleet::config {

/// What a value must look like.
enum class Type {
    text,
    integer,
    boolean,   // true, false, 1, 0, t, f
    duration,  // Go syntax; a bare number is nanoseconds
    bytes,     // number with an optional unit, base 1024
    json,      // a YAML list, or JSON in a string
};

/// Who gets to see a key and its value.
enum class Mark {
    none,
    hidden,         // works, but is left out of --help and of the documentation
    secret,         // the value is masked wherever the configuration is printed
    hidden_secret,  // both
};

/// One configuration key, declared once: everything else (flags, variables, YAML, dump,
/// documentation) is derived from it.
struct Key {
    std::string name{};      // "mysql.address"
    Type type = Type::text;  // decides how the value is read
    std::string fallback{};  // the default, as one would write it
    std::string help{};      // one sentence
    Mark mark = Mark::none;

    bool hidden() const { return mark == Mark::hidden || mark == Mark::hidden_secret; }
    bool secret() const { return mark == Mark::secret || mark == Mark::hidden_secret; }
    std::string_view section() const { return std::string_view{name}.substr(0, name.find('.')); }
};

/// All keys, in the order of the documentation.
std::span<const Key> keys();
/// The key of that name (case does not matter); nullptr when there is none.
const Key* find_key(std::string_view name);

/// "FLEET_MYSQL_ADDRESS" and "mysql_address": the other two spellings of a key.
std::string env_name(const Key& key);
std::string flag_name(const Key& key);
std::string_view type_name(Type type);

}  // namespace fleet::config
