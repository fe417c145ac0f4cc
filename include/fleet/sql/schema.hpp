#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace fleet::sql {

/// A set of operating systems, as bits.
enum class Platform : std::uint8_t { darwin = 1, linux = 2, windows = 4 };

class PlatformSet {
public:
    constexpr PlatformSet() = default;
    constexpr explicit PlatformSet(unsigned bits) : bits_{static_cast<std::uint8_t>(bits & 7u)} {}
    static constexpr PlatformSet all() { return PlatformSet{7}; }

    constexpr bool has(Platform platform) const {
        return (bits_ & static_cast<std::uint8_t>(platform)) != 0;
    }
    constexpr bool empty() const { return bits_ == 0; }
    constexpr PlatformSet operator&(PlatformSet other) const {
        return PlatformSet{static_cast<unsigned>(bits_ & other.bits_)};
    }
    constexpr bool operator==(const PlatformSet&) const = default;
    /// "darwin", "linux", "windows": those that are in the set.
    std::vector<std::string_view> names() const;

private:
    std::uint8_t bits_ = 0;
};

struct Column {
    std::string_view name{};
    std::string_view type{};  // text, integer, bigint, ...
    PlatformSet platforms{};  // those of the table unless it says otherwise
    bool required = false;    // the table is empty without a constraint on it
    bool hidden = false;      // not part of SELECT *
};

struct Table {
    std::string_view name{};
    PlatformSet platforms{};
    bool evented = false;
    std::vector<std::string_view> aliases{};
    std::vector<Column> columns{};
};

/// The tables of osquery, sorted by name.
std::span<const Table> tables();
/// By name or alias, without case; nullptr when osquery has none of that name.
const Table* find_table(std::string_view name);
/// The release that the schema describes.
std::string_view osquery_version();
/// The schema for the editor: {"version", "tables": [{"name", "platforms", "evented", "columns":
/// [{"name", "type", "required", "hidden", "platforms"}]}]}.
const std::string& schema_json();

}  // namespace fleet::sql
