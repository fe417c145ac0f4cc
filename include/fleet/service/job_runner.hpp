#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "fleet/core/time.hpp"

namespace fleet::store {
class JobStore;
}

namespace fleet::service {

/// One background job: runs on one instance at a time, at most once per interval.
struct Job {
    std::string name{};
    std::chrono::seconds every{60};
    std::function<void()> run{};
    std::string schedule{};  // the name under which clients trigger it, with others
};

/// How an order to run a job was taken.
struct TriggerOutcome {
    enum class Kind { started, unknown, running };
    Kind kind = Kind::started;
    std::string job{};              // the one that is running
    std::chrono::seconds since{0};  // for how long
};

/// Runs the jobs of this process one after the other on a thread of its own.
class JobRunner {
public:
    struct Deps {
        store::JobStore& store;
        const Clock& clock;
        /// Name, duration and whether it went well, for metrics.
        std::function<void(const std::string&, std::chrono::nanoseconds, bool ok)> observe;
    };

    JobRunner(Deps deps, std::vector<Job> jobs);
    ~JobRunner();

    void start();
    /// Waits for the job that is running. Idempotent.
    void stop();
    /// Runs a job now, due or not, on the caller's thread. False: no such job.
    bool run_now(const std::string& name);
    /// Runs a job, or all of a schedule, soon, due or not; returns at once.
    TriggerOutcome trigger(const std::string& name);
    /// What trigger() knows: schedules and jobs.
    std::vector<std::string> trigger_names() const;

private:
    void loop();
    void run_if_due(const Job& job);
    void run_wanted();
    void run_one(const Job& job);

    Deps deps_;
    std::vector<Job> jobs_;
    const std::string holder_;
    std::mutex mutex_{};
    std::condition_variable wake_{};
    bool stopping_ = false;
    std::set<std::size_t> wanted_{};  // positions of jobs that were triggered
    std::thread thread_{};
};

}  // namespace fleet::service
