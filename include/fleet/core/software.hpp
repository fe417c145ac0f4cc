#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace fleet {

/// 128 bits over some content; equal means equal content.
using ContentDigest = std::array<std::uint8_t, 16>;

/// One digest over bytes.
ContentDigest content_digest(std::string_view bytes);

/// Digests are even already: any part of one is a hash.
struct ContentDigestHash {
    std::size_t operator()(const ContentDigest& digest) const noexcept;
};

/// A program or package in one version, as text of type T: all that tells it from others.
template <class T>
struct SoftwareText {
    T name{}, version{}, source{}, bundle_identifier{}, extension_id{}, extension_for{}, vendor{};
    T release{}, arch{}, upgrade_code{};
};
using Software = SoftwareText<std::string>;
using SoftwareView = SoftwareText<std::string_view>;

Software to_owned(const SoftwareView& view);

/// Over every field.
ContentDigest software_digest(const SoftwareView& software);
/// Over what all versions of it have in common: bundle identifier or else name, source, and what
/// it extends.
ContentDigest title_digest(const SoftwareView& software);

/// Over the members of a set, which must be sorted and distinct.
ContentDigest set_digest(const std::vector<ContentDigest>& members);

/// What a host told about its software, ready to be stored.
struct SoftwareReport {
    ContentDigest digest{};                // of the set
    std::vector<ContentDigest> members{};  // sorted, distinct
    /// Text of the members that the catalog did not know.
    std::vector<std::pair<ContentDigest, Software>> news{};
    /// Facts that differ between hosts with the same set, packed (software_facts.hpp).
    std::string paths{}, opened{};
    // Which parts are not what is stored already.
    bool set_changed = true, paths_changed = true, opened_changed = true;
};

}  // namespace fleet
