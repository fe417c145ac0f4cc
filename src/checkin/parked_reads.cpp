#include "fleet/checkin/parked_reads.hpp"

#include <utility>

namespace fleet::checkin {

ParkedReads::Parked ParkedReads::park(HostRef host, Answer answer, Clock::time_point until) {
    const HostId id = host->id;
    Shard& shard = shard_of(id);
    const std::scoped_lock lock{shard.mutex};
    Entry& entry = shard.map[id];
    entry.ticket = ++shard.last_ticket;
    shard.deadlines.push({until, id, entry.ticket});
    return std::exchange(entry.parked, {std::move(host), std::move(answer)});
}

ParkedReads::Parked ParkedReads::take(HostId host) {
    Shard& shard = shard_of(host);
    const std::scoped_lock lock{shard.mutex};
    const auto found = shard.map.find(host);
    if (found == shard.map.end()) return {};
    Parked out = std::move(found->second.parked);
    shard.map.erase(found);
    return out;
}

std::vector<ParkedReads::Parked> ParkedReads::take_expired(Clock::time_point now) {
    std::vector<Parked> out;
    for (Shard& shard : shards_) {
        const std::scoped_lock lock{shard.mutex};
        while (!shard.deadlines.empty() && shard.deadlines.top().at <= now) {
            const Deadline deadline = shard.deadlines.top();
            shard.deadlines.pop();
            const auto found = shard.map.find(deadline.host);
            if (found == shard.map.end() || found->second.ticket != deadline.ticket) continue;
            out.push_back(std::move(found->second.parked));
            shard.map.erase(found);
        }
    }
    return out;
}

std::vector<ParkedReads::Parked> ParkedReads::take_all() {
    return take_if([](HostId) { return true; });
}

std::vector<ParkedReads::Parked> ParkedReads::take_if(const std::function<bool(HostId)>& wanted) {
    std::vector<Parked> out;
    for (Shard& shard : shards_) {
        const std::scoped_lock lock{shard.mutex};
        for (auto at = shard.map.begin(); at != shard.map.end();) {
            if (!wanted(at->first)) {
                ++at;
                continue;
            }
            out.push_back(std::move(at->second.parked));
            at = shard.map.erase(at);
        }
    }
    return out;
}

std::size_t ParkedReads::size() const {
    std::size_t out = 0;
    for (const Shard& shard : shards_) {
        const std::scoped_lock lock{shard.mutex};
        out += shard.map.size();
    }
    return out;
}

std::vector<HostRef> ParkedReads::hosts() const {
    std::vector<HostRef> out;
    for (const Shard& shard : shards_) {
        const std::scoped_lock lock{shard.mutex};
        for (const auto& [id, entry] : shard.map)
            out.push_back(entry.parked.host);
    }
    return out;
}

}  // namespace fleet::checkin
