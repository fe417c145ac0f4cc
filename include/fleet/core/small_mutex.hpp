#pragma once

#include <atomic>
#include <cstdint>

namespace fleet {

/// A mutex of four bytes instead of forty, for records of which memory holds one for each host.
/// Meets Lockable; threads that wait sleep.
class SmallMutex {
public:
    SmallMutex() = default;
    SmallMutex(const SmallMutex&) = delete;
    SmallMutex& operator=(const SmallMutex&) = delete;

    bool try_lock() noexcept {
        std::uint32_t free = kFree;
        return state_.compare_exchange_strong(
            free, kHeld, std::memory_order_acquire, std::memory_order_relaxed
        );
    }
    void lock() noexcept {
        if (try_lock()) return;
        // Whoever has waited cannot know that nobody else waits, and holds it as wanted.
        while (state_.exchange(kWanted, std::memory_order_acquire) != kFree)
            state_.wait(kWanted, std::memory_order_relaxed);
    }
    void unlock() noexcept {
        if (state_.exchange(kFree, std::memory_order_release) == kWanted) state_.notify_one();
    }

private:
    static constexpr std::uint32_t kFree = 0, kHeld = 1, kWanted = 2;
    std::atomic<std::uint32_t> state_{kFree};
};

}  // namespace fleet
