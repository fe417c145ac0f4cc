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

std::vector<std::string> JobRunner::trigger_names() const {
    std::set<std::string> out;
    for (const Job& job : jobs_) {
        out.insert(job.name);
        if (!job.schedule.empty()) out.insert(job.schedule);
    }
    return {out.begin(), out.end()};
}

TriggerOutcome JobRunner::trigger(const std::string& name) {
    using Kind = TriggerOutcome::Kind;
    std::set<std::size_t> positions;
    for (std::size_t i = 0; i < jobs_.size(); ++i) {
        if (jobs_[i].name == name || jobs_[i].schedule == name) positions.insert(i);
    }
    if (positions.empty() || name.empty()) return {.kind = Kind::unknown};
    const Time now = deps_.clock.now();
    for (const std::size_t i : positions) {
        const auto since = deps_.store.running_since(jobs_[i].name, now);
        if (!since) continue;
        const auto age = std::chrono::duration_cast<std::chrono::seconds>(now - *since);
        return {.kind = Kind::running, .job = jobs_[i].name, .since = std::max(age, 0s)};
    }
    {
        const std::scoped_lock lock{mutex_};
        for (const std::size_t i : positions) {
            if (wanted_.contains(i)) return {.kind = Kind::running, .job = jobs_[i].name};
        }
        wanted_.insert(positions.begin(), positions.end());
    }
    wake_.notify_all();
    return {};
}

void JobRunner::loop() {
    std::unique_lock lock{mutex_};
    std::vector<std::chrono::steady_clock::time_point> next(jobs_.size());
    while (true) {
        wake_.wait_for(lock, kLook, [this] { return stopping_ || !wanted_.empty(); });
        if (stopping_) return;
        lock.unlock();
        run_wanted();
        for (std::size_t i = 0; i < jobs_.size(); ++i) {
            const auto now = std::chrono::steady_clock::now();
            if (now < next[i]) continue;
            next[i] = now + jobs_[i].every;
            run_if_due(jobs_[i]);
        }
        lock.lock();
    }
}

void JobRunner::run_wanted() {
    while (true) {
        std::size_t at = 0;
        {
            const std::scoped_lock lock{mutex_};
            if (stopping_ || wanted_.empty()) return;
            at = *wanted_.begin();
        }
        const Job& job = jobs_[at];
        try {
            if (deps_.store.take(job.name, holder_, deps_.clock.now(), 0s, kLease)) {
                run_one(job);
            } else {
                log::info("job not triggered, another instance runs it", {{"job", job.name}});
            }
        } catch (const std::exception& error) {
            log::warn("job not started", {{"job", job.name}, {"detail", error.what()}});
        }
        const std::scoped_lock lock{mutex_};
        wanted_.erase(at);
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
