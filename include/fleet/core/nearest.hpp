#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace fleet {

/// How many letters must be added, dropped, changed or swapped with their neighbour to turn one
/// word into the other; letters compare without case. Cost is bounded: words are cut at 64 bytes.
std::size_t edit_distance(std::string_view a, std::string_view b);

/// The name that somebody who typed `word` most likely meant; none when nothing is close.
std::optional<std::string_view> nearest_name(
    std::string_view word, std::span<const std::string_view> names
);

}  // namespace fleet
