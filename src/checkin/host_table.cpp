#include "fleet/checkin/host_table.hpp"

#include <algorithm>
#include <cstring>

namespace fleet::checkin {

KeyHash KeyHash::of(const Digest& digest) {
    KeyHash out;
    std::copy_n(digest.begin(), out.bytes.size(), out.bytes.begin());
    return out;
}

std::size_t KeyHashHasher::operator()(const KeyHash& key) const noexcept {
    std::size_t out = 0;  // the bytes are a digest: already evenly spread
    std::memcpy(&out, key.bytes.data(), sizeof out);
    return out;
}

HostEntry::HostEntry(HostFacts facts, std::shared_ptr<Sightings> sightings)
    : id{facts.id}, facts_{std::move(facts)}, place_{std::move(sightings)} {
    mark_seen(facts_.seen);
    place_.describe(facts_);
}

void HostEntry::raise_seen(Time now) {
    const std::int64_t seen = now.time_since_epoch().count();
    std::int64_t known = place_->seen_us.load(std::memory_order_relaxed);
    while (seen > known && !place_->seen_us.compare_exchange_weak(known, seen)) {
    }
}

void HostEntry::move_times(std::chrono::microseconds by) {
    with([&](HostFacts& facts) {
        for (Time* time :
             {&facts.detail_updated,
              &facts.label_updated,
              &facts.policy_updated,
              &facts.label_handed,
              &facts.label_asked})
            *time += by;
    });
    place_->seen_us += by.count();
    turn_us = 0;
    due_us = 0;  // worked out anew at the next read
}

HostRef HostTable::find(const Digest& key) const {
    const KeyHash hash = KeyHash::of(key);
    const auto& shard = by_key_[hash.bytes[15] % kShards];
    const std::scoped_lock lock{shard.mutex};
    const auto found = shard.map.find(hash);
    return found == shard.map.end() ? nullptr : found->second;
}

HostRef HostTable::find(HostId id) const {
    const auto& shard = by_id_[raw(id) % kShards];
    const std::scoped_lock lock{shard.mutex};
    const auto found = shard.map.find(id);
    return found == shard.map.end() ? nullptr : found->second;
}

HostRef HostTable::put(HostFacts facts) {
    const KeyHash new_key = KeyHash::of(facts.key);
    auto& id_shard = by_id_[raw(facts.id) % kShards];
    HostRef entry;
    std::optional<KeyHash> old_key;
    {
        const std::scoped_lock lock{id_shard.mutex};
        HostRef& slot = id_shard.map[facts.id];
        if (slot) {
            slot->raise_seen(facts.seen);
            slot->with([&](HostFacts& now) {
                old_key = KeyHash::of(now.key);
                // What only another instance has seen answered was asked for there.
                const bool answered_here = facts.label_updated <= now.label_updated;
                if (answered_here) facts.label_asked = now.label_asked;
                facts.label_handed = now.label_handed;
                // What memory has moved along with a clock that was set, the database has not;
                // nothing ever moves these back (a refetch is a flag).
                facts.detail_updated = std::max(facts.detail_updated, now.detail_updated);
                facts.label_updated = std::max(facts.label_updated, now.label_updated);
                facts.policy_updated = std::max(facts.policy_updated, now.policy_updated);
                if (now.policies_version >= facts.policies_version) {
                    // Also knows what was asked without an answer.
                    facts.policies = std::move(now.policies);
                    facts.policies_version = now.policies_version;
                    facts.policies_revision = now.policies_revision;
                }
                facts.policies_asked = now.policies_asked;
                now = std::move(facts);
            });
            slot->due_us.store(0, std::memory_order_relaxed);
        } else {
            slot = new HostEntry{std::move(facts), sightings_};
            slot->count(true);
        }
        entry = slot;
    }
    if (old_key && *old_key != new_key) {
        auto& shard = by_key_[old_key->bytes[15] % kShards];
        const std::scoped_lock lock{shard.mutex};
        const auto found = shard.map.find(*old_key);
        if (found != shard.map.end() && found->second == entry) shard.map.erase(found);
    }
    auto& shard = by_key_[new_key.bytes[15] % kShards];
    const std::scoped_lock lock{shard.mutex};
    shard.map[new_key] = entry;
    return entry;
}

void HostTable::erase(HostId id) {
    HostRef entry;
    {
        auto& shard = by_id_[raw(id) % kShards];
        const std::scoped_lock lock{shard.mutex};
        const auto found = shard.map.find(id);
        if (found == shard.map.end()) return;
        entry = std::move(found->second);
        shard.map.erase(found);
    }
    entry->count(false);  // somebody may still hold it
    const KeyHash key = entry->with([](const HostFacts& facts) { return KeyHash::of(facts.key); });
    auto& shard = by_key_[key.bytes[15] % kShards];
    const std::scoped_lock lock{shard.mutex};
    const auto found = shard.map.find(key);
    if (found != shard.map.end() && found->second == entry) shard.map.erase(found);
}

HostCensus HostTable::census(const CensusScope& scope, Time now, Time fresh_since) const {
    return sightings_->count(scope, now, fresh_since);
}

std::size_t HostTable::size() const {
    std::size_t total = 0;
    for (const auto& shard : by_id_) {
        const std::scoped_lock lock{shard.mutex};
        total += shard.map.size();
    }
    return total;
}

void HostTable::each(const std::function<void(const HostRef&)>& visit) const {
    std::vector<HostRef> batch;
    for (const auto& shard : by_id_) {
        batch.clear();
        {
            const std::scoped_lock lock{shard.mutex};
            batch.reserve(shard.map.size());
            for (const auto& [id, entry] : shard.map)
                batch.push_back(entry);
        }
        for (const HostRef& entry : batch)
            visit(entry);
    }
}

}  // namespace fleet::checkin
