#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "fleet/core/ids.hpp"

namespace fleet::live {

/// A set of hosts: bits when dense, a sorted list when sparse.
class HostSet {
public:
    HostSet() = default;
    static HostSet from_ids(std::vector<HostId> ids);
    /// From Redis' bit order: host 0 is the most significant bit of the first byte.
    static HostSet from_redis_bits(std::string_view bytes);

    bool contains(HostId host) const noexcept;
    /// False when it was not in the set.
    bool erase(HostId host);
    std::size_t size() const noexcept { return size_; }
    void each(const std::function<void(HostId)>& visit) const;
    std::vector<HostId> ids() const;

private:
    std::vector<std::uint64_t> words_{};
    std::vector<HostId> sorted_{};  // used when words_ is empty
    std::size_t size_ = 0;
};

/// The bit string that Redis keeps for these hosts, as long as the largest id needs.
std::string to_redis_bits(const std::vector<HostId>& ids);

/// A compact text of a list of hosts (differences as variable-length numbers), and back.
std::string pack_hosts(std::vector<HostId> ids);
std::optional<std::vector<HostId>> unpack_hosts(std::string_view packed);

/// One bit a host, readable at any time without a lock: "some campaign waits for this host".
class WorkFlags {
public:
    WorkFlags();
    ~WorkFlags();
    WorkFlags(const WorkFlags&) = delete;
    WorkFlags& operator=(const WorkFlags&) = delete;

    bool get(HostId host) const noexcept;
    /// Writers take turns (the owner's lock).
    void set(HostId host);
    void clear(HostId host) noexcept;

private:
    // Chunks are made when first needed and stay: a reader never meets freed memory.
    static constexpr std::size_t kHostsPerChunk = 65'536;
    static constexpr std::size_t kChunks = 16'384;  // ids up to a thousand million
    struct Chunk {
        std::array<std::atomic<std::uint64_t>, kHostsPerChunk / 64> words{};
    };
    std::unique_ptr<std::atomic<Chunk*>[]> chunks_;
};

}  // namespace fleet::live
