#include "fleet/service/job_runner.hpp"

#include <algorithm>

#include "fleet/core/crypto.hpp"
#include "fleet/core/log.hpp"
#include "fleet/store/job_store.hpp"

namespace fleet::service {
namespace {

using namespace std::chrono_literals;

/// How often the runner looks whether something is due.
constexpr auto kLook = 1s;
/// A job that runs longer than this may be started by another instance as well.
constexpr auto kLease = 300s;

}  // namespace

JobRunner::JobRunner(Deps deps, std::vector<Job> jobs)
    : deps_{std::move(deps)}, jobs_{std::move(jobs)}, holder_{random_uuid()} {}

JobRunner::~JobRunner() {
    stop();
}

void JobRunner::start() {
    thread_ = std::thread{[this] { loop(); }};
}

void JobRunner::stop() {
    {
        const std::scoped_lock lock{mutex_};
        stopping_ = true;
    }
    wake_.notify_all();
    if (thread_.joinable()) thread_.join();
}

bool JobRunner::run_now(const std::string& name) {
    const auto job =
        std::find_if(jobs_.begin(), jobs_.end(), [&](const Job& j) { return j.name == name; });
    if (job == jobs_.end()) return false;
    run_one(*job);
    return true;
}

void JobRunner::loop() {
    std::unique_lock lock{mutex_};
    std::vector<std::chrono::steady_clock::time_point> next(jobs_.size());
    while (!wake_.wait_for(lock, kLook, [this] { return stopping_; })) {
        lock.unlock();
        for (std::size_t i = 0; i < jobs_.size(); ++i) {
            const auto now = std::chrono::steady_clock::now();
            if (now < next[i]) continue;
            next[i] = now + jobs_[i].every;
            run_if_due(jobs_[i]);
        }
        lock.lock();
    }
}

void JobRunner::run_if_due(const Job& job) {
    try {
        // Slightly less than the interval: this process's own timer must not miss by a hair.
        const auto every = std::max<std::chrono::seconds>(job.every - 1s, 0s);
        if (!deps_.store.take(job.name, holder_, deps_.clock.now(), every, kLease)) return;
    } catch (const std::exception& error) {
        log::warn("job not started", {{"job", job.name}, {"detail", error.what()}});
        return;
    }
    run_one(job);
}

void JobRunner::run_one(const Job& job) {
    const auto start = std::chrono::steady_clock::now();
    std::string failure;
    try {
        job.run();
    } catch (const std::exception& error) {
        failure = error.what();
        log::error("job failed", {{"job", job.name}, {"detail", failure}});
    }
    deps_.observe(job.name, std::chrono::steady_clock::now() - start, failure.empty());
    try {
        deps_.store.finish(job.name, holder_, deps_.clock.now(), failure);
    } catch (const std::exception& error) {
        log::warn("end of job not noted", {{"job", job.name}, {"detail", error.what()}});
    }
}

}  // namespace fleet::service
