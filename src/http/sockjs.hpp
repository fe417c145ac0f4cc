#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// The text frames of SockJS over a WebSocket (rest-api-b 3.3).
namespace fleet::http::sockjs {

inline constexpr std::string_view kOpen = "o";
inline constexpr std::string_view kHeartbeat = "h";
inline constexpr std::string_view kClose = R"(c[0,"none"])";

/// One message of ours: `a` and an array with it as a string.
std::string encode(std::string_view message);

/// The messages in one frame of the peer: an array of strings, or a single string; an empty frame
/// has none. Nothing when it is anything else.
std::optional<std::vector<std::string>> decode(std::string_view frame);

}  // namespace fleet::http::sockjs
