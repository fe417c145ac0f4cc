#pragma once

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

namespace fleet::checkin {

/// Collects jobs of many agents for a few milliseconds and hands them to one function as a batch,
/// on its own thread. Load makes batches larger, not slower; a full queue refuses.
template <class Job>
class GroupCommit {
public:
    struct Options {
        std::size_t max_batch = 256;
        std::size_t max_queued = 20'000;
        std::chrono::microseconds linger{2'000};
    };
    /// Commits the batch and answers every job in it; must not throw.
    using Commit = std::function<void(std::vector<Job>)>;

    GroupCommit(Options options, Commit commit)
        : options_{options}, commit_{std::move(commit)}, thread_{[this] { run(); }} {}
    ~GroupCommit() { stop(); }
    GroupCommit(const GroupCommit&) = delete;
    GroupCommit& operator=(const GroupCommit&) = delete;

    /// False when full or stopping: the job was not taken (and not moved from).
    bool submit(Job&& job) {
        {
            const std::scoped_lock lock{mutex_};
            if (stopping_ || queue_.size() >= options_.max_queued) {
                ++refused_;
                return false;
            }
            queue_.push_back(std::move(job));
        }
        wake_.notify_one();
        return true;
    }

    /// Commits what is queued, then ends the thread. Idempotent.
    void stop() {
        {
            const std::scoped_lock lock{mutex_};
            stopping_ = true;
        }
        wake_.notify_all();
        if (thread_.joinable()) thread_.join();
    }

    std::size_t queued() const {
        const std::scoped_lock lock{mutex_};
        return queue_.size();
    }
    std::uint64_t refused() const {
        const std::scoped_lock lock{mutex_};
        return refused_;
    }
    std::uint64_t batches() const {
        const std::scoped_lock lock{mutex_};
        return batches_;
    }

private:
    void run() {
        std::unique_lock lock{mutex_};
        for (;;) {
            wake_.wait(lock, [this] { return stopping_ || !queue_.empty(); });
            if (queue_.empty()) return;
            if (!stopping_ && queue_.size() < options_.max_batch) {
                wake_.wait_for(lock, options_.linger, [this] {
                    return stopping_ || queue_.size() >= options_.max_batch;
                });
            }
            std::vector<Job> batch;
            const std::size_t count = std::min(queue_.size(), options_.max_batch);
            batch.reserve(count);
            for (std::size_t i = 0; i < count; ++i) {
                batch.push_back(std::move(queue_.front()));
                queue_.pop_front();
            }
            ++batches_;
            lock.unlock();
            commit_(std::move(batch));
            lock.lock();
        }
    }

    Options options_;
    Commit commit_;
    mutable std::mutex mutex_;
    std::condition_variable wake_;
    std::deque<Job> queue_;
    std::uint64_t refused_ = 0;
    std::uint64_t batches_ = 0;
    bool stopping_ = false;
    std::thread thread_;
};

}  // namespace fleet::checkin
