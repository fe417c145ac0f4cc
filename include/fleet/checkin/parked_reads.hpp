#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <functional>
#include <mutex>
#include <queue>
#include <unordered_map>
#include <vector>

#include "fleet/checkin/host_table.hpp"

namespace fleet::checkin {

/// Distributed reads that are held open until there is work for their host or their time is over
/// (agent-api E.3). One a host: a later read takes the place of an earlier one, whose connection
/// is then most likely gone. Only keeps them; who takes one out must answer it. Thread-safe.
class ParkedReads {
public:
    using Clock = std::chrono::steady_clock;
    /// Answers the read with whatever there is for the host by then.
    using Answer = std::function<void()>;

    struct Parked {
        HostRef host{};
        Answer answer{};
        explicit operator bool() const { return host != nullptr; }
    };

    /// Keeps a read until `until`; hands back the one it displaces, if any.
    Parked park(HostRef host, Answer answer, Clock::time_point until);
    /// The host's read, or nothing.
    Parked take(HostId host);
    /// All whose time is over.
    std::vector<Parked> take_expired(Clock::time_point now);
    std::vector<Parked> take_all();
    /// Those of them that `wanted` picks; called with a lock held, so it must be quick.
    std::vector<Parked> take_if(const std::function<bool(HostId)>& wanted);
    std::size_t size() const;
    /// The hosts whose reads are held, as of now.
    std::vector<HostRef> hosts() const;

private:
    struct Entry {
        Parked parked{};
        std::uint64_t ticket = 0;
    };
    struct Deadline {
        Clock::time_point at;
        HostId host;
        std::uint64_t ticket;
        bool operator>(const Deadline& other) const { return at > other.at; }
    };
    struct IdHash {
        std::size_t operator()(HostId id) const noexcept { return raw(id) * 0x9E3779B97F4A7C15ULL; }
    };
    struct Shard {
        mutable std::mutex mutex{};
        std::unordered_map<HostId, Entry, IdHash> map{};
        // A read that was answered early leaves its deadline here until that has passed.
        std::priority_queue<Deadline, std::vector<Deadline>, std::greater<>> deadlines{};
        std::uint64_t last_ticket = 0;
    };
    static constexpr std::size_t kShards = 16;

    Shard& shard_of(HostId host) { return shards_[raw(host) % kShards]; }

    std::array<Shard, kShards> shards_{};
};

}  // namespace fleet::checkin
