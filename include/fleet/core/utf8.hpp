#pragma once

#include <string>
#include <string_view>

namespace fleet {

/// The text with every byte that is not part of valid UTF-8 replaced by U+FFFD.
std::string valid_utf8(std::string_view text);

/// At most `limit` bytes, cut between characters, without NUL characters: agents send both longer
/// and stranger text than a column takes.
std::string clipped(std::string_view text, std::size_t limit);

}  // namespace fleet
