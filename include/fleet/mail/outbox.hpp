#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <thread>

#include "fleet/mail/mail.hpp"

namespace fleet {
class WorkerPool;
}

namespace fleet::mail {

/// How often and how long a mail is tried again after a failure that may pass.
struct RetryPlan {
    int attempts = 10;                             // in all
    std::chrono::milliseconds first_pause{5'000};  // each next one is twice as long,
    std::chrono::milliseconds longest_pause = std::chrono::minutes{5};  // at most this
    std::chrono::milliseconds give_up_after = std::chrono::minutes{30};
    /// After stop() each mail is tried once more, all together for so long.
    std::chrono::milliseconds last_tries{5'000};

    std::chrono::milliseconds pause_after(int failures) const;
};

/// Sends mail on the worker pool, a few at a time, so that a slow relay holds up nobody who asked
/// for a mail and leaves the pool to others. Lives in memory: what cannot be sent by the end of
/// the process is logged.
class Outbox {
public:
    using Deliver = std::function<Attempt(const SmtpSettings&, const Message&, Time)>;
    struct Deps {
        WorkerPool& workers;
        const Clock& clock;
        Deliver deliver = attempt;
    };

    explicit Outbox(Deps deps, RetryPlan plan = {});
    ~Outbox();
    Outbox(const Outbox&) = delete;
    Outbox& operator=(const Outbox&) = delete;

    /// Sends it soon, by the plan; that it failed in the end is logged. False when too many wait
    /// already: then it is not sent.
    bool post(SmtpSettings settings, Message message);
    /// Sends it now, on the caller's thread. `unavailable` when too many do so already.
    Result<> send_now(const SmtpSettings& settings, const Message& message);
    /// Takes no more; what waits is tried one last time on the pool, which is to be stopped after
    /// this. Idempotent.
    void stop();

private:
    struct State;
    std::shared_ptr<State> state_;
    std::thread pacer_;
};

}  // namespace fleet::mail
