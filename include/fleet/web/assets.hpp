#pragma once

#include <cstddef>
#include <span>
#include <string_view>

/// The browser application, built ahead and carried inside the program.
namespace fleet::web {

/// One file of the application. Everything it points to lives as long as the program.
struct Asset {
    std::string_view path{};          ///< Starts with a slash: "/assets/index-a1b2c3.js".
    std::string_view content_type{};  ///< Ready for the header, charset included.
    std::string_view etag{};          ///< Quoted; a digest of the content before compression.
    std::span<const std::byte> identity{};
    std::span<const std::byte> gzip{};    ///< Empty when compression would not make it smaller.
    std::span<const std::byte> brotli{};  ///< Empty when compression would not make it smaller.
    bool immutable{};                     ///< The name carries a digest: may be cached for ever.
};

/// "/index.html" holds this text where the server must put its URL prefix (possibly empty).
/// Its compressed versions are empty, because the server sends a changed copy.
inline constexpr std::string_view kPrefixPlaceholder = "{{URL_PREFIX}}";

/// All files, ordered by path.
std::span<const Asset> assets();

/// The file at a path, or null.
const Asset* find(std::string_view path);

}  // namespace fleet::web
