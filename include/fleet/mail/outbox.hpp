#pragma once

#include <functional>
#include <memory>

#include "fleet/mail/mail.hpp"

namespace fleet {
class WorkerPool;
}

namespace fleet::mail {

/// Sends mail on the worker pool, a few at a time, so that a slow relay holds up nobody who asked
/// for a mail and leaves the pool to others.
class Outbox {
public:
    using Deliver = std::function<Result<>(const SmtpSettings&, const Message&, Time)>;
    struct Deps {
        WorkerPool& workers;
        const Clock& clock;
        Deliver deliver = send;
    };

    explicit Outbox(Deps deps);
    ~Outbox();
    Outbox(const Outbox&) = delete;
    Outbox& operator=(const Outbox&) = delete;

    /// Sends it soon; failures are logged. False when too many wait already: then it is not sent.
    bool post(SmtpSettings settings, Message message);
    /// Sends it now, on the caller's thread. `unavailable` when too many do so already.
    Result<> send_now(const SmtpSettings& settings, const Message& message);

private:
    struct State;
    std::shared_ptr<State> state_;
};

}  // namespace fleet::mail
