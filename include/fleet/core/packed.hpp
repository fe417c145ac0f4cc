#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace fleet {

/// Appends a number in as many bytes as it needs, seven bits each.
inline void append_varint(std::string& out, std::uint64_t value) {
    while (value >= 0x80) {
        out += static_cast<char>(0x80U | (value & 0x7FU));
        value >>= 7U;
    }
    out += static_cast<char>(value);
}

/// Takes one off the front; nothing when the text ends too early.
inline std::optional<std::uint64_t> take_varint(std::string_view& text) {
    std::uint64_t out = 0;
    for (unsigned shift = 0; shift < 64 && !text.empty(); shift += 7) {
        const auto byte = static_cast<unsigned char>(text.front());
        text.remove_prefix(1);
        out |= static_cast<std::uint64_t>(byte & 0x7FU) << shift;
        if (byte < 0x80) return out;
    }
    return std::nullopt;
}

/// Ascending numbers as the differences between neighbours: one or two bytes each when they are
/// dense.
inline std::string pack_ascending(const std::vector<std::uint64_t>& sorted) {
    std::string out;
    out.reserve(sorted.size() * 2);
    std::uint64_t last = 0;
    for (const std::uint64_t value : sorted) {
        append_varint(out, value - last);
        last = value;
    }
    return out;
}

inline std::vector<std::uint64_t> unpack_ascending(std::string_view text) {
    std::vector<std::uint64_t> out;
    std::uint64_t last = 0;
    while (const auto step = take_varint(text))
        out.push_back(last += *step);
    return out;
}

}  // namespace fleet
