#pragma once

#include <chrono>
#include <map>
#include <mutex>

#include "fleet/core/crypto.hpp"

namespace fleet::checkin {

/// Remembers for a few seconds which node keys the database does not know, so that an agent with a
/// dead key (or somebody guessing) costs one query, not one a request. Bounded.
class KeyLookups {
public:
    bool known_bad(const Digest& key) const {
        const std::scoped_lock lock{mutex_};
        const auto found = bad_.find(key);
        return found != bad_.end() && found->second > std::chrono::steady_clock::now();
    }
    void remember_bad(const Digest& key) {
        const std::scoped_lock lock{mutex_};
        if (bad_.size() >= kMost) bad_.clear();
        bad_[key] = std::chrono::steady_clock::now() + kLifetime;
    }
    void forget() {
        const std::scoped_lock lock{mutex_};
        bad_.clear();
    }

private:
    static constexpr std::size_t kMost = 20'000;
    static constexpr std::chrono::seconds kLifetime{2};
    mutable std::mutex mutex_{};
    std::map<Digest, std::chrono::steady_clock::time_point> bad_{};
};

}  // namespace fleet::checkin
