#include "fleet/web/assets.hpp"

#include <algorithm>

#include "assets_table.hpp"

namespace fleet::web {

std::span<const Asset> assets() {
    return {detail::kAssets, detail::kAssetCount};
}

const Asset* find(std::string_view path) {
    const auto all = assets();
    const auto found = std::ranges::lower_bound(all, path, {}, &Asset::path);
    return found != all.end() && found->path == path ? &*found : nullptr;
}

}  // namespace fleet::web
