#include "fleet/core/worker_pool.hpp"

#include <exception>
#include <utility>

#include "fleet/core/log.hpp"

namespace fleet {

WorkerPool::WorkerPool(std::size_t threads, std::size_t max_queued) : max_queued_{max_queued} {
    threads_.reserve(threads);
    for (std::size_t i = 0; i < threads; ++i) {
        threads_.emplace_back([this] { run(); });
    }
}

WorkerPool::~WorkerPool() {
    stop();
}

bool WorkerPool::submit(std::function<void()> job, Room room) {
    const std::size_t most = room == Room::half ? (max_queued_ + 1) / 2 : max_queued_;
    {
        const std::lock_guard lock{mutex_};
        if (stopping_ || queue_.size() >= most) {
            ++refused_;
            return false;
        }
        queue_.push_back(std::move(job));
    }
    wake_.notify_one();
    return true;
}

void WorkerPool::stop() {
    std::vector<std::thread> threads;
    {
        const std::lock_guard lock{mutex_};
        stopping_ = true;
        threads.swap(threads_);
    }
    wake_.notify_all();
    for (std::thread& thread : threads) {
        thread.join();
    }
}

std::size_t WorkerPool::queued() const {
    const std::lock_guard lock{mutex_};
    return queue_.size();
}

std::uint64_t WorkerPool::refused() const {
    const std::lock_guard lock{mutex_};
    return refused_;
}

void WorkerPool::run() {
    while (true) {
        std::function<void()> job;
        {
            std::unique_lock lock{mutex_};
            wake_.wait(lock, [this] { return stopping_ || !queue_.empty(); });
            if (queue_.empty()) return;
            job = std::move(queue_.front());
            queue_.pop_front();
        }
        try {
            job();
        } catch (const std::exception& e) {
            log::error("a background job threw", {{"error", e.what()}});
        }
    }
}

}  // namespace fleet
