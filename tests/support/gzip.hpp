#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace fleet::test {

std::string gzip(std::string_view text);
std::string gunzip(std::string_view bytes);

/// A small gzip body that unfolds to `size` blanks.
std::string gzip_bomb(std::size_t size);

/// Standard base64 with padding.
std::string base64(std::string_view bytes);

}  // namespace fleet::test
