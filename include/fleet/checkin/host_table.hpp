#pragma once

#include <array>
#include <atomic>
#include <boost/smart_ptr/intrusive_ptr.hpp>
#include <boost/smart_ptr/intrusive_ref_counter.hpp>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <type_traits>
#include <unordered_map>
#include <vector>

#include "fleet/checkin/sightings.hpp"
#include "fleet/core/crypto.hpp"
#include "fleet/core/host.hpp"
#include "fleet/core/small_mutex.hpp"

namespace fleet::checkin {

/// The first half of a node key's SHA-256: enough to find a host, useless to log in with.
struct KeyHash {
    std::array<std::uint8_t, 16> bytes{};
    bool operator==(const KeyHash&) const = default;

    static KeyHash of(const Digest& digest);
};

struct KeyHashHasher {
    std::size_t operator()(const KeyHash& key) const noexcept;
};

/// One host in memory. When it was seen moves at every poll without a lock; the rest is guarded.
/// Of the memory of a large fleet it is the greatest part: 448 bytes, and every pointer counts.
class HostEntry : public boost::intrusive_ref_counter<HostEntry, boost::thread_safe_counter> {
    mutable SmallMutex mutex_{};  // first, in the gap that the counter leaves

public:
    explicit HostEntry(
        HostFacts facts, std::shared_ptr<Sightings> sightings = std::make_shared<Sightings>()
    );

    const HostId id;
    /// The moment at which the next distributed read has something to hand out; 0 = now.
    std::atomic<std::int64_t> due_us{0};

    /// When the host may be asked for what is due (Turns); 0: it has not yet asked for its turn.
    std::atomic<std::int64_t> turn_us{0};

    void mark_seen(Time now) {
        place_->seen_us.store(now.time_since_epoch().count(), std::memory_order_relaxed);
    }
    /// The same, unless it was seen later than that already.
    void raise_seen(Time now);
    Time seen() const {
        return Time{std::chrono::microseconds{place_->seen_us.load(std::memory_order_relaxed)}};
    }
    /// Whether a census counts it: while it is in the table.
    void count(bool counted) { place_->counted.store(counted, std::memory_order_release); }

    /// The clock was set: moves all moments along, so that they are as long ago as before.
    void move_times(std::chrono::microseconds by);

    template <class F>
    auto with(F&& f) {
        const std::scoped_lock lock{mutex_};
        if constexpr (std::is_invocable_v<F, const HostFacts&>) {
            return f(static_cast<const HostFacts&>(facts_));
        } else {
            const Described after{*this};
            return f(facts_);
        }
    }
    template <class F>
    auto with(F&& f) const {
        const std::scoped_lock lock{mutex_};
        return f(static_cast<const HostFacts&>(facts_));
    }

private:
    /// What was changed is passed on to the census.
    struct Described {
        HostEntry& entry;
        ~Described() { entry.place_.describe(entry.facts_); }
    };

    HostFacts facts_;
    Sightings::Place place_;
};

static_assert(sizeof(HostEntry) <= 448, "the allocator's next size is 512");

using HostRef = boost::intrusive_ptr<HostEntry>;

/// All enrolled hosts, by node key and by id. Sharded; safe from any thread.
class HostTable {
public:
    HostRef find(const Digest& key) const;
    HostRef find(HostId id) const;

    /// Adds a host or brings a known one up to date (its key may have changed). A `seen` that is
    /// older than what memory knows does not move it back.
    HostRef put(HostFacts facts);
    void erase(HostId id);
    std::size_t size() const;
    /// Counts hosts as they are now, from memory alone.
    HostCensus census(const CensusScope& scope, Time now, Time fresh_since) const;
    /// Visits the last signs of life of a scope's hosts, in no particular order.
    void each_seen(const CensusScope& scope, Time now, const VisitSeen& visit) const {
        sightings_->each(scope, now, visit);
    }

    /// Calls `visit` for every host; the table may change meanwhile.
    void each(const std::function<void(const HostRef&)>& visit) const;

private:
    static constexpr std::size_t kShards = 64;
    template <class Key, class Hash>
    struct Shard {
        mutable std::mutex mutex{};
        std::unordered_map<Key, HostRef, Hash> map{};
    };
    struct IdHash {
        std::size_t operator()(HostId id) const noexcept { return raw(id) * 0x9E3779B97F4A7C15ULL; }
    };

    std::shared_ptr<Sightings> sightings_ = std::make_shared<Sightings>();
    std::array<Shard<KeyHash, KeyHashHasher>, kShards> by_key_{};
    std::array<Shard<HostId, IdHash>, kShards> by_id_{};
};

}  // namespace fleet::checkin
