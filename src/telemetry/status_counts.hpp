#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>

namespace fleet::telemetry {

/// Counts by (method, status) in a small fixed table, because one route sees few of them.
class StatusCounts {
public:
    void add(unsigned method, int status) noexcept {
        const auto wanted = (method + 1) << 16 | (static_cast<std::uint32_t>(status) & 0xffffu);
        for (Slot& slot : slots_) {
            std::uint32_t key = slot.key.load(std::memory_order_relaxed);
            if (key == 0) slot.key.compare_exchange_strong(key, wanted);
            if (key == 0 || key == wanted) {
                slot.count.fetch_add(1, std::memory_order_relaxed);
                return;
            }
        }
        others_.fetch_add(1, std::memory_order_relaxed);
    }

    /// visit(method, status, count)
    template <class Visit>
    void each(Visit visit) const {
        for (const Slot& slot : slots_) {
            const std::uint32_t key = slot.key.load(std::memory_order_relaxed);
            if (key == 0) return;
            visit(
                (key >> 16) - 1,
                static_cast<int>(key & 0xffffu),
                slot.count.load(std::memory_order_relaxed)
            );
        }
    }

    /// Requests for which no slot was left.
    std::uint64_t others() const { return others_.load(std::memory_order_relaxed); }

private:
    struct Slot {
        std::atomic<std::uint32_t> key = 0;
        std::atomic<std::uint64_t> count = 0;
    };
    std::array<Slot, 32> slots_{};
    std::atomic<std::uint64_t> others_ = 0;
};

}  // namespace fleet::telemetry
