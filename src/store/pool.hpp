#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <utility>
#include <vector>

#include "fleet/store/db.hpp"

namespace fleet::store {

struct PoolLimits {
    std::size_t max_open = 50;
    std::size_t max_idle = 50;
    std::chrono::seconds max_lifetime{0};  // 0: for ever
    std::chrono::milliseconds acquire_timeout{5'000};
    /// A connection that idled longer is asked whether it lives before it is handed out.
    std::chrono::seconds trust_idle{30};
};

/// A bounded set of connections, handed out in the order of asking. `Conn` has `alive()` (asks the
/// server) and `broken()`. Thread-safe; opening, asking and closing happen outside the lock.
template <class Conn>
class Pool {
    using Clock = std::chrono::steady_clock;

    struct Entry {
        std::unique_ptr<Conn> conn{};
        Clock::time_point opened{};
        Clock::time_point used{};
    };
    struct Waiter {
        std::condition_variable wake{};
        bool granted = false;
        Entry entry{};  // empty: the right to open one
    };

public:
    /// A connection on loan; goes back when destroyed.
    class Lease {
    public:
        Lease(Pool& pool, Entry entry) : pool_{&pool}, entry_{std::move(entry)} {}
        Lease(Lease&& other) noexcept
            : pool_{std::exchange(other.pool_, nullptr)}, entry_{std::move(other.entry_)} {}
        Lease& operator=(Lease&&) = delete;
        ~Lease() {
            if (pool_ != nullptr) pool_->give_back(std::move(entry_));
        }

        Conn& operator*() const { return *entry_.conn; }
        Conn* operator->() const { return entry_.conn.get(); }
        /// Swaps a dead connection for a new one. Throws what opening throws.
        void replace() { entry_ = pool_->reopen(std::move(entry_)); }

    private:
        Pool* pool_;
        Entry entry_;
    };

    Pool(PoolLimits limits, std::function<std::unique_ptr<Conn>()> open)
        : limits_{limits}, open_{std::move(open)} {}

    /// Waits for its turn; DbFault::busy when that takes too long. Throws what opening throws.
    Lease acquire() {
        Entry entry = take_turn();
        if (!entry.conn) return Lease{*this, opened()};
        if (expired(entry)) {
            entry.conn.reset();
            return Lease{*this, opened()};
        }
        if (!trusted(entry) && !entry.conn->alive()) return Lease{*this, reopen(std::move(entry))};
        return Lease{*this, std::move(entry)};
    }

    Database::Stats stats() const {
        const std::lock_guard lock{mutex_};
        return {
            .open = open_count_,
            .in_use = open_count_ - idle_.size(),
            .waits = waits_,
            .refused = refused_,
            .retries = 0,
            .reconnects = reconnects_,
        };
    }

private:
    /// An idle connection, or an empty entry: a place is reserved and the caller opens one.
    Entry take_turn() {
        std::unique_lock lock{mutex_};
        if (waiters_.empty()) {
            if (!idle_.empty()) {
                Entry entry = std::move(idle_.back());
                idle_.pop_back();
                return entry;
            }
            if (open_count_ < limits_.max_open) {
                ++open_count_;
                return {};
            }
        }
        Waiter self;
        waiters_.push_back(&self);
        ++waits_;
        if (!self.wake.wait_for(lock, limits_.acquire_timeout, [&] { return self.granted; })) {
            std::erase(waiters_, &self);
            ++refused_;
            throw DbError{DbFault::busy, 0, "no database connection became free in time"};
        }
        return std::move(self.entry);
    }

    /// Fills a reserved place.
    Entry opened() {
        try {
            const auto now = Clock::now();
            return {.conn = open_(), .opened = now, .used = now};
        } catch (...) {
            give_up_place();
            throw;
        }
    }

    Entry reopen(Entry dead) {
        {
            const std::lock_guard lock{mutex_};
            ++reconnects_;
            // The others may have died with it.
            distrust_before_ = Clock::now();
        }
        dead.conn.reset();
        return opened();
    }

    void give_back(Entry entry) {
        if (!entry.conn) return;  // replace() failed and gave the place up
        const bool keep = !entry.conn->broken() && !expired(entry);
        entry.used = Clock::now();
        if (!keep) {
            const bool died = entry.conn->broken();
            entry.conn.reset();
            if (died) {
                const std::lock_guard lock{mutex_};
                distrust_before_ = Clock::now();
            }
            give_up_place();
            return;
        }
        Entry surplus;
        {
            const std::lock_guard lock{mutex_};
            if (!waiters_.empty()) {
                grant(std::move(entry));
            } else if (idle_.size() < limits_.max_idle) {
                idle_.push_back(std::move(entry));
            } else {
                surplus = std::move(entry);
                --open_count_;
            }
        }
    }

    void give_up_place() {
        const std::lock_guard lock{mutex_};
        if (waiters_.empty()) {
            --open_count_;
        } else {
            grant({});
        }
    }

    /// With the lock held and somebody waiting.
    void grant(Entry entry) {
        Waiter* const first = waiters_.front();
        waiters_.pop_front();
        first->entry = std::move(entry);
        first->granted = true;
        first->wake.notify_one();
    }

    bool expired(const Entry& entry) const {
        return limits_.max_lifetime.count() > 0 &&
               Clock::now() - entry.opened >= limits_.max_lifetime;
    }

    bool trusted(const Entry& entry) const {
        const std::lock_guard lock{mutex_};
        return entry.used > distrust_before_ && Clock::now() - entry.used < limits_.trust_idle;
    }

    const PoolLimits limits_;
    const std::function<std::unique_ptr<Conn>()> open_;
    mutable std::mutex mutex_;
    std::vector<Entry> idle_;  // the one used last is taken first
    std::deque<Waiter*> waiters_;
    std::size_t open_count_ = 0;  // with those being opened
    std::uint64_t waits_ = 0;
    std::uint64_t refused_ = 0;
    std::uint64_t reconnects_ = 0;
    Clock::time_point distrust_before_{};
};

}  // namespace fleet::store
