#pragma once

#include <array>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "perf/agent/verdict.hpp"
#include "perf/net/request_writer.hpp"
#include "perf/net/transport.hpp"
#include "perf/random.hpp"
#include "perf/run/config_shelf.hpp"
#include "perf/run/host.hpp"
#include "perf/run/recorder.hpp"
#include "perf/run/shared.hpp"
#include "perf/sql/engine.hpp"

namespace fleet::perf {

class Desk;

/// Which hosts a thread has: every `stride`-th one.
struct HostRange {
    std::uint32_t first{};
    std::uint32_t stride{1};
    std::uint32_t count{};
};

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

/// What the activities of a thread's hosts share: the hosts, clocks, timers, the wire, the SQL
/// engines and the counting.
class Desk {
public:
    using Clock = Timer::Clock;

    Desk(const Options& options, RunShared& shared, Recorder& recorder, const HostRange& range);

    void attach(Transport& transport) { transport_ = &transport; }

    std::span<Host> hosts() { return hosts_; }
    std::span<const Host> hosts() const { return hosts_; }
    Host& host(std::uint32_t place) { return hosts_[place]; }
    std::uint32_t place_of(const Host& host) const {
        return static_cast<std::uint32_t>(&host - hosts_.data());
    }
    /// The number that names and tables are made from.
    std::uint32_t index_of(const Host& host) const {
        return range_.first + range_.stride * place_of(host);
    }
    bool is_this_machine(const Host& host) const { return index_of(host) == options_.hosts; }

    Profile profile_of(const Host& host) const;
    Engine& engine_of(const Host& host);
    const AgentConfig& config_of(const Host& host) const { return *configs_.at(host.config); }
    ConfigShelf& configs() { return configs_; }

    /// The parts that few hosts have at a time. `cold` makes them, `warm` says whether they exist.
    ColdParts& cold(Host& host);
    const ColdParts* warm(const Host& host) const {
        return host.cold == 0 ? nullptr : cold_[host.cold].get();
    }
    ColdParts* warm(const Host& host) { return host.cold == 0 ? nullptr : cold_[host.cold].get(); }
    /// Frees them when nothing is going on.
    void settle(Host& host);
    std::size_t warm_hosts() const { return cold_.size() - 1 - free_cold_.size(); }

    std::string_view key_of(const Host& host, NodeKey::Buffer& buffer) const;
    void set_key(Host& host, std::string_view key);

    /// Asks the endpoint with nothing but the host's key and, if given, further members.
    void poll(
        Host& host, Endpoint endpoint, Clock::time_point intended, std::string_view more = {}
    );

    /// Sends a request with the host's key. `intended` is when the schedule wanted it.
    void send(
        Host& host,
        Endpoint endpoint,
        std::string_view body,
        Clock::time_point intended,
        std::uint32_t tag = 0
    );

    /// Asks for something that needs no key.
    void get(Host& host, Endpoint endpoint, Clock::time_point intended, std::uint32_t tag);

    /// Counts the latency and every fault of the reply; reads it as osqueryd would.
    Heard hear(const Request& request, const Reply& reply);

    /// The short way for an answer that is, to the byte, one that has been heard before and
    /// called `idle`: counts it. False when the reply has to be looked at.
    bool hear_idle(const Request& request, const Reply& reply);
    /// The answer was fine and gave nothing to do.
    void call_idle(const Request& request, const Reply& reply);

    /// Counts an answer that is JSON but not what the endpoint should say.
    void complain(Endpoint endpoint, std::string_view text);

    /// Begins the next period of a poll that has ended.
    void rest(Host& host, Activity poll, std::chrono::milliseconds interval);

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
    void spread_anew(double rate);
    Request request_for(const Host& host, Endpoint endpoint, Clock::time_point intended);
    bool hear_wrong_key(const Request& request, const Reply& reply, const Answer& answer);

    const Options& options_;
    RunShared& shared_;
    Recorder& recorder_;
    HostRange range_;
    std::vector<Host> hosts_;
    std::vector<std::unique_ptr<ColdParts>> cold_;
    std::vector<std::uint32_t> free_cold_;
    RequestWriter writer_;
    Transport* transport_{};
    Timers timers_;
    Jitter jitter_;
    double rate_ = 1;  // that the hosts' periods are for
    ConfigBase base_;
    ConfigShelf configs_;
    std::array<std::string, kEndpoints> idle_answers_{};
    std::array<std::unique_ptr<Engine>, kFamilies> engines_{};
    std::optional<Profile> machine_{};
    std::uint64_t line_number_{};
};

}  // namespace fleet::perf
