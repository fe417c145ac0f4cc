#include "fleet/mail/outbox.hpp"

#include <algorithm>
#include <condition_variable>
#include <deque>
#include <map>
#include <mutex>

#include "fleet/core/log.hpp"
#include "fleet/core/worker_pool.hpp"

namespace fleet::mail {
namespace {

using Steady = std::chrono::steady_clock;

constexpr std::size_t kMostWaiting = 1'000;
constexpr int kPostedAtOnce = 2;
constexpr int kDirectAtOnce = 2;

/// What the relay said, without the address that it may have repeated.
std::string reason_of(const Error& error, const std::string& address) {
    std::string out = error.fields.empty() ? error.message : error.fields.front().reason;
    if (address.empty()) return out;
    const std::string masked = masked_address(address);
    for (std::size_t at = out.find(address); at != std::string::npos;
         at = out.find(address, at + masked.size()))
        out.replace(at, address.size(), masked);
    return out;
}

}  // namespace

std::chrono::milliseconds RetryPlan::pause_after(int failures) const {
    std::chrono::milliseconds out = first_pause;
    for (int i = 1; i < failures && out < longest_pause; ++i)
        out *= 2;
    return std::min(out, longest_pause);
}

struct Outbox::State : std::enable_shared_from_this<Outbox::State> {
    State(Deps deps_in, RetryPlan plan_in) : deps{std::move(deps_in)}, plan{plan_in} {}

    struct Posted {
        SmtpSettings settings{};
        Message message{};
        int failures = 0;
        Steady::time_point give_up{};
        bool last_try = false;
    };

    const Deps deps;
    const RetryPlan plan;
    std::mutex mutex{};
    std::condition_variable changed{};                    // for the pacer
    std::deque<Posted> waiting{};                         // to be sent now
    std::multimap<Steady::time_point, Posted> resting{};  // until they are tried again
    int posting = 0;
    int direct = 0;
    bool stopped = false;
    Steady::time_point last_moment = Steady::time_point::max();

    bool is_full() const { return waiting.size() + resting.size() >= kMostWaiting; }

    /// Sees to it that somebody sends what waits; false when the pool takes no job.
    bool start_posting() {
        if (posting >= kPostedAtOnce) return true;
        if (deps.workers.submit([self = shared_from_this()] { self->drain(); })) {
            ++posting;
            return true;
        }
        return posting > 0;  // whoever sends already comes to it
    }

    /// A job of the pool: sends until nothing waits.
    void drain() {
        std::unique_lock lock{mutex};
        while (!waiting.empty()) {
            Posted next = std::move(waiting.front());
            waiting.pop_front();
            if (Steady::now() >= last_moment) {
                log_failure(next, "the server stopped");
                continue;
            }
            next.last_try = stopped;
            lock.unlock();
            const Attempt attempt = deps.deliver(next.settings, next.message, deps.clock.now());
            lock.lock();
            if (!attempt.sent) put_off(std::move(next), attempt);
        }
        --posting;
    }

    void put_off(Posted posted, const Attempt& attempt) {
        ++posted.failures;
        const std::string reason = reason_of(attempt.sent.error(), posted.message.to);
        const auto pause = plan.pause_after(posted.failures);
        const auto when = Steady::now() + pause;
        const bool again = attempt.may_work_later && !posted.last_try &&
                           posted.failures < plan.attempts && when <= posted.give_up;
        if (!again) return log_failure(posted, reason);
        if (stopped) return waiting.push_back(std::move(posted));  // for whoever calls this
        log::warn(
            "mail not sent yet",
            {{"to", masked_address(posted.message.to)},
             {"reason", reason},
             {"attempt", posted.failures},
             {"again_in_s", std::chrono::duration_cast<std::chrono::seconds>(pause).count()}}
        );
        resting.emplace(when, std::move(posted));
        changed.notify_all();
    }

    static void log_failure(const Posted& posted, const std::string& reason) {
        log::error(
            "mail not sent",
            {{"to", masked_address(posted.message.to)},
             {"subject", posted.message.subject},
             {"reason", reason},
             {"attempts", posted.failures}}
        );
    }

    /// The pacer's thread: lets mails wait again when their rest is over.
    void pace() {
        std::unique_lock lock{mutex};
        while (!stopped) {
            if (resting.empty()) {
                changed.wait(lock);
                continue;
            }
            const auto first = resting.begin();
            const Steady::time_point due = first->first;
            if (Steady::now() < due) {
                changed.wait_until(lock, due);
                continue;
            }
            waiting.push_back(std::move(first->second));
            resting.erase(first);
            if (start_posting()) continue;
            constexpr std::chrono::seconds kUntilThePoolHasRoom{1};
            resting.emplace(Steady::now() + kUntilThePoolHasRoom, std::move(waiting.back()));
            waiting.pop_back();
        }
    }

    void stop() {
        const std::scoped_lock lock{mutex};
        if (stopped) return;
        stopped = true;
        last_moment = Steady::now() + plan.last_tries;
        for (auto& [when, posted] : resting)
            waiting.push_back(std::move(posted));
        resting.clear();
        changed.notify_all();
        if (waiting.empty() || start_posting()) return;
        for (const Posted& posted : waiting)
            log_failure(posted, "the server stopped");
        waiting.clear();
    }
};

Outbox::Outbox(Deps deps, RetryPlan plan)
    : state_{std::make_shared<State>(std::move(deps), plan)}, pacer_{[state = state_] {
          state->pace();
      }} {}

Outbox::~Outbox() {
    stop();
}

void Outbox::stop() {
    state_->stop();
    if (pacer_.joinable()) pacer_.join();
}

bool Outbox::post(SmtpSettings settings, Message message) {
    State& state = *state_;
    const std::scoped_lock lock{state.mutex};
    if (state.stopped || state.is_full()) return false;
    state.waiting.push_back(
        {.settings = std::move(settings),
         .message = std::move(message),
         .failures = 0,
         .give_up = Steady::now() + state.plan.give_up_after}
    );
    if (state.start_posting()) return true;
    state.waiting.pop_back();
    return false;
}

Result<> Outbox::send_now(const SmtpSettings& settings, const Message& message) {
    {
        const std::lock_guard lock{state_->mutex};
        if (state_->direct >= kDirectAtOnce) {
            return fail(Error::unavailable("other mails are being sent; try again in a moment"));
        }
        ++state_->direct;
    }
    auto sent = state_->deps.deliver(settings, message, state_->deps.clock.now()).sent;
    const std::lock_guard lock{state_->mutex};
    --state_->direct;
    return sent;
}

}  // namespace fleet::mail
