#include "fleet/core/software_facts.hpp"

#include <algorithm>
#include <cstring>
#include <optional>

#include "fleet/core/packed.hpp"

namespace fleet {
namespace {

void append_key(std::string& out, SoftwareKey key) {
    char bytes[sizeof key];
    std::memcpy(bytes, &key, sizeof key);
    out.append(bytes, sizeof key);
}

std::optional<SoftwareKey> take_key(std::string_view& text) {
    SoftwareKey key = 0;
    if (text.size() < sizeof key) return std::nullopt;
    std::memcpy(&key, text.data(), sizeof key);
    text.remove_prefix(sizeof key);
    return key;
}

}  // namespace

SoftwareKey software_key(const ContentDigest& digest) {
    SoftwareKey key = 0;
    std::memcpy(&key, digest.data(), sizeof key);
    return key;
}

std::string pack_paths(SoftwarePaths paths) {
    std::sort(paths.begin(), paths.end());
    paths.erase(std::unique(paths.begin(), paths.end()), paths.end());
    std::string out;
    for (const auto& [key, path] : paths) {
        append_key(out, key);
        append_varint(out, path.size());
        out += path;
    }
    return out;
}

SoftwarePaths unpack_paths(std::string_view packed) {
    SoftwarePaths out;
    while (const auto key = take_key(packed)) {
        const auto size = take_varint(packed);
        if (!size || *size > packed.size()) break;
        out.emplace_back(*key, packed.substr(0, *size));
        packed.remove_prefix(*size);
    }
    return out;
}

std::string pack_opened(SoftwareOpened opened) {
    // The newest first among equal keys, so that unique() keeps it.
    std::sort(opened.begin(), opened.end(), [](const auto& a, const auto& b) {
        return a.first != b.first ? a.first < b.first : a.second > b.second;
    });
    const auto same = [](const auto& a, const auto& b) { return a.first == b.first; };
    opened.erase(std::unique(opened.begin(), opened.end(), same), opened.end());
    std::string out;
    for (const auto& [key, seconds] : opened) {
        append_key(out, key);
        append_varint(out, static_cast<std::uint64_t>(seconds));
    }
    return out;
}

SoftwareOpened unpack_opened(std::string_view packed) {
    SoftwareOpened out;
    while (const auto key = take_key(packed)) {
        const auto seconds = take_varint(packed);
        if (!seconds) break;
        out.emplace_back(*key, static_cast<std::int64_t>(*seconds));
    }
    return out;
}

bool about_equal(const SoftwareOpened& stored, const SoftwareOpened& reported, std::int64_t step) {
    const auto close = [&](const auto& a, const auto& b) {
        return a.first == b.first && std::abs(a.second - b.second) <= step;
    };
    return std::equal(stored.begin(), stored.end(), reported.begin(), reported.end(), close);
}

}  // namespace fleet
