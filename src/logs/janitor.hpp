#pragma once

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <thread>

#include "fleet/logs/destination.hpp"

namespace fleet::logs {

/// Compresses and deletes rotated files of one log on a thread of its own, because both take long
/// and writers must not wait.
class Janitor {
public:
    explicit Janitor(FileOptions options);
    ~Janitor();
    Janitor(const Janitor&) = delete;
    Janitor& operator=(const Janitor&) = delete;

    /// Something was rotated.
    void wake();
    /// Gives up a compression that runs (the next start finishes it) and joins. Idempotent.
    void stop();

private:
    void run();
    void tidy();

    FileOptions options_;
    std::mutex mutex_;
    std::condition_variable changed_;
    bool work_ = true;  // what an earlier process left behind
    std::atomic<bool> stop_ = false;
    std::thread thread_;
};

}  // namespace fleet::logs
