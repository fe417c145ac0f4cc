#pragma once

#include <array>
#include <memory>
#include <optional>
#include <string>

#include "perf/agent/verdict.hpp"
#include "perf/net/transport.hpp"
#include "perf/random.hpp"
#include "perf/run/host.hpp"
#include "perf/run/recorder.hpp"
#include "perf/run/shared.hpp"
#include "perf/run/timers.hpp"
#include "perf/sql/engine.hpp"

namespace fleet::perf {

class Desk;

/// A host brought to life for a moment: its names, and what its tables may ask.
struct Presence {
    Presence(const Host& host, const Desk& desk);
    Presence(const Presence&) = delete;
    Presence& operator=(const Presence&) = delete;

    Profile profile;
    std::vector<CarveOrder> carves{};
    HostContext context;
};

/// What a host makes of a reply.
struct Heard {
    bool ok{false};
    bool node_invalid{false};
    nlohmann::json document{};
};

/// What the activities of a thread's hosts share: clocks, timers, the wire, the SQL engines and
/// the counting.
class Desk {
public:
    using Clock = Timer::Clock;

    Desk(const Options& options, RunShared& shared, Recorder& recorder);

    void attach(Transport& transport) { transport_ = &transport; }

    Profile profile_of(const Host& host) const;
    Engine& engine_of(const Host& host);
    const AgentConfig& config_of(const Host& host) const;
    bool is_this_machine(const Host& host) const { return host.index == options_.hosts; }

    /// Sends a request with the host's key. `intended` is when the schedule wanted it.
    void send(
        Host& host,
        Endpoint endpoint,
        std::string body,
        Clock::time_point intended,
        std::uint32_t tag = 0
    );

    /// Counts the latency and every fault of the reply; reads it as osqueryd would.
    Heard hear(const Request& request, const Reply& reply);

    /// Counts an answer that is JSON but not what the endpoint should say.
    void complain(Endpoint endpoint, std::string_view text);

    /// Begins the next period of a poll that has ended.
    void rest(Host& host, Poll& poll, Activity activity, std::chrono::milliseconds interval);

    /// Tries an activity again after `attempt` squared seconds, as osquery does.
    void retry_later(const Host& host, Activity activity, unsigned attempt);
    void at(const Host& host, Activity activity, Clock::time_point when);

    /// A fresh id for a result line; empty when nobody counts them.
    std::string next_line_id(const Host& host);

    std::int64_t unix_now() const;

    const Options& options() const { return options_; }
    RunShared& shared() { return shared_; }
    const RunShared& shared() const { return shared_; }
    Recorder& recorder() { return recorder_; }
    Timers& timers() { return timers_; }
    Jitter& jitter() { return jitter_; }
    const ConfigBase& base() const { return base_; }

private:
    const Options& options_;
    RunShared& shared_;
    Recorder& recorder_;
    Transport* transport_{};
    Timers timers_{};
    Jitter jitter_;
    ConfigBase base_{};
    std::shared_ptr<const AgentConfig> initial_{};
    std::array<std::unique_ptr<Engine>, kFamilies> engines_{};
    std::optional<Profile> machine_{};
    std::uint64_t line_number_{};
};

}  // namespace fleet::perf
