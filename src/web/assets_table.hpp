#pragma once

#include "fleet/web/assets.hpp"

namespace fleet::web::detail {

/// Ordered by path; written by tools/embed.mjs.
extern const Asset kAssets[];
extern const std::size_t kAssetCount;

}  // namespace fleet::web::detail
