#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace fleet {

/// SHA-256 of a secret, the only form in which node keys and tokens are stored.
using Digest = std::array<std::uint8_t, 32>;

/// Cryptographic random bytes. Throws when the machine's generator fails.
std::string random_bytes(std::size_t count);
/// Random bytes as standard base64 (node keys) or URL-safe base64 without padding (tokens).
std::string random_base64(std::size_t bytes);
std::string random_token(std::size_t bytes);
/// A random version 4 UUID.
std::string random_uuid();

std::string base64_encode(std::string_view bytes);
std::optional<std::string> base64_decode(std::string_view text);

Digest sha256(std::string_view bytes);
std::string to_hex(std::string_view bytes);
std::string to_hex(const Digest& digest);
std::string_view as_bytes(const Digest& digest);

/// Compares without leaking where the difference is.
bool equal_constant_time(std::string_view a, std::string_view b);

}  // namespace fleet
