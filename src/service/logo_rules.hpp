#pragma once

#include <string>
#include <string_view>

#include "fleet/core/result.hpp"

namespace fleet::service {

/// The content type of a logo: PNG, JPEG, WebP, or an SVG that can do nothing but be looked at.
/// 400 for anything else and for more than 100 KB.
Result<std::string> logo_type(std::string_view image);

}  // namespace fleet::service
