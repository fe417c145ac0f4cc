#include "fleet/mail/outbox.hpp"

#include <deque>
#include <mutex>

#include "fleet/core/log.hpp"
#include "fleet/core/worker_pool.hpp"

namespace fleet::mail {
namespace {

constexpr std::size_t kMostWaiting = 1'000;
constexpr int kPostedAtOnce = 2;
constexpr int kDirectAtOnce = 2;

}  // namespace

struct Outbox::State {
    explicit State(Deps deps_in) : deps{std::move(deps_in)} {}

    struct Posted {
        SmtpSettings settings{};
        Message message{};
    };

    Deps deps;
    std::mutex mutex{};
    std::deque<Posted> waiting{};
    int posting = 0;
    int direct = 0;
    bool stopped = false;

    /// A job of the pool: sends until nothing waits.
    void drain() {
        std::unique_lock lock{mutex};
        while (!waiting.empty() && !stopped) {
            const Posted next = std::move(waiting.front());
            waiting.pop_front();
            lock.unlock();
            deliver(next);
            lock.lock();
        }
        --posting;
    }

    void deliver(const Posted& posted) const {
        const auto sent = deps.deliver(posted.settings, posted.message, deps.clock.now());
        if (sent) return;
        const auto& fields = sent.error().fields;
        log::error(
            "mail not sent",
            {{"subject", posted.message.subject},
             {"reason", fields.empty() ? sent.error().message : fields.front().reason}}
        );
    }
};

Outbox::Outbox(Deps deps) : state_{std::make_shared<State>(std::move(deps))} {}

Outbox::~Outbox() {
    const std::lock_guard lock{state_->mutex};
    state_->stopped = true;
    state_->waiting.clear();
}

bool Outbox::post(SmtpSettings settings, Message message) {
    const std::lock_guard lock{state_->mutex};
    if (state_->waiting.size() >= kMostWaiting) return false;
    state_->waiting.push_back({std::move(settings), std::move(message)});
    if (state_->posting >= kPostedAtOnce) return true;
    if (state_->deps.workers.submit([state = state_] { state->drain(); })) {
        ++state_->posting;
        return true;
    }
    if (state_->posting > 0) return true;  // whoever sends already comes to it
    state_->waiting.pop_back();
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
    auto sent = state_->deps.deliver(settings, message, state_->deps.clock.now());
    const std::lock_guard lock{state_->mutex};
    --state_->direct;
    return sent;
}

}  // namespace fleet::mail
