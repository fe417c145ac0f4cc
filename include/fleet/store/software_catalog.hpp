#pragma once

#include <cstdint>
#include <optional>
#include <shared_mutex>
#include <unordered_map>
#include <unordered_set>

#include "fleet/core/software.hpp"

namespace fleet::store {

/// What this process knows to be stored already: software, buckets and sets by digest, so that what
/// hosts share is neither kept as text nor asked for again. Bounded; forgetting costs a query,
/// never correctness. Ids belong to one generation (migrations/0002). Thread-safe.
class SoftwareCatalog {
public:
    struct Limits {
        std::size_t software = 400'000;  // about 70 bytes each
        std::size_t buckets = 100'000;
        std::size_t sets = 200'000;
    };
    struct Known {
        std::uint64_t id = 0;
        std::uint32_t holders = 1;  // how many lists had it: what is common and what is rare
        std::uint8_t slot = 0;      // decides its bucket
    };
    template <class Value>
    using Map = std::unordered_map<ContentDigest, Value, ContentDigestHash>;
    /// What one transaction found or added; taken in once it is committed.
    struct Learned {
        std::uint64_t generation = 0;
        Map<Known> software{};
        Map<std::uint64_t> buckets{}, sets{};
        std::unordered_set<ContentDigest, ContentDigestHash> titles{};
    };

    SoftwareCatalog() : SoftwareCatalog(Limits{}) {}
    explicit SoftwareCatalog(Limits limits) : limits_{limits} {}

    bool knows(const ContentDigest& software) const;
    /// Counts one more list with it.
    std::optional<Known> take(const ContentDigest& software);
    std::optional<std::uint64_t> bucket(const ContentDigest& digest) const;
    std::optional<std::uint64_t> set(const ContentDigest& digest) const;
    bool knows_title(const ContentDigest& digest) const;

    /// Forgets everything that was learned under another generation.
    void enter(std::uint64_t generation);
    void learn(Learned learned);

private:
    const Limits limits_;
    mutable std::shared_mutex mutex_{};
    std::uint64_t generation_ = 0;
    Map<Known> software_{};
    Map<std::uint64_t> buckets_{}, sets_{};
    std::unordered_set<ContentDigest, ContentDigestHash> titles_{};
};

}  // namespace fleet::store
