#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <vector>

namespace fleet::http {

/// One open connection, as the server sees it from outside. All functions may be called from any
/// thread; the connection does what is asked on its own strand.
class Peer : public std::enable_shared_from_this<Peer> {
public:
    Peer() = default;
    Peer(const Peer&) = delete;
    Peer& operator=(const Peer&) = delete;
    virtual ~Peer() = default;

    /// Ends when the running request is answered; at once when there is none.
    virtual void drain() = 0;
    /// Ends now.
    virtual void kill() = 0;

    /// Steady time since when nothing runs, 0 while something does.
    std::atomic<std::int64_t> idle_since{0};

private:
    friend class Peers;
    std::size_t slot_ = 0;
    bool listed_ = false;
};

/// The list of open connections: counts them, finds those to close, waits for the last.
class Peers {
public:
    void add(Peer& peer);
    /// Idempotent.
    void remove(Peer& peer);
    std::size_t size() const { return size_.load(std::memory_order_relaxed); }

    std::vector<std::shared_ptr<Peer>> all() const;
    /// Drains up to `count` of the longest idle connections; returns how many.
    std::size_t evict_idle(std::size_t count);
    /// False when some are still open after the time.
    bool wait_until_empty(std::chrono::milliseconds limit) const;

private:
    mutable std::mutex mutex_;
    mutable std::condition_variable empty_;
    std::vector<Peer*> list_;
    std::atomic<std::size_t> size_{0};
};

}  // namespace fleet::http
