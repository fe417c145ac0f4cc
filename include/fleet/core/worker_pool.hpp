#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace fleet {

/// Threads for blocking work (SQL, hashing, files) with a bounded queue.
/// Jobs must not throw; an exception that escapes is logged and dropped.
class WorkerPool {
public:
    WorkerPool(std::size_t threads, std::size_t max_queued);
    ~WorkerPool();
    WorkerPool(const WorkerPool&) = delete;
    WorkerPool& operator=(const WorkerPool&) = delete;

    /// How much of the queue a job may find taken.
    enum class Room { whole, half };

    /// False when the queue is full or the pool stops; the job was then not taken. Work that may be
    /// refused first takes half the queue at most, and leaves the rest to work that may not.
    bool submit(std::function<void()> job, Room room = Room::whole);
    /// Takes no more jobs, finishes those queued, joins. Idempotent.
    void stop();

    std::size_t queued() const;
    std::uint64_t refused() const;

private:
    void run();

    mutable std::mutex mutex_;
    std::condition_variable wake_;
    std::deque<std::function<void()>> queue_;
    std::vector<std::thread> threads_;
    std::size_t max_queued_;
    std::uint64_t refused_ = 0;
    bool stopping_ = false;
};

}  // namespace fleet
