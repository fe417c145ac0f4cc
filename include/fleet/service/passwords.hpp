#pragma once

#include <string>
#include <string_view>

#include "fleet/core/result.hpp"

namespace fleet::service {

/// Argon2id with a fresh salt, as text that carries its own parameters. Takes tens of
/// milliseconds and 19 MiB: on worker threads only.
std::string hash_password(std::string_view password);

/// Takes as long when `hash` is empty, so that nobody learns which accounts exist.
bool verify_password(const std::string& hash, std::string_view password);

/// The password rule (rest-api-a 5.2); 422 on `field`.
Result<> check_password(const std::string& field, std::string_view password);

/// A bare address, without a display name; 422 on `email`.
Result<> check_email(std::string_view email);

/// Without surrounding white space, ASCII letters in lower case.
std::string normal_email(std::string_view email);

}  // namespace fleet::service
