#pragma once

#include <atomic>
#include <thread>

#include "perf/run/config_poller.hpp"
#include "perf/run/distributed_poller.hpp"
#include "perf/run/log_poster.hpp"

namespace fleet::perf {

/// One thread with its share of the hosts: an event loop over timers and connections.
class Worker : private ReplySink {
public:
    Worker(
        const Options& options,
        RunShared& shared,
        const std::vector<ServerAddress>& servers,
        std::size_t max_open,
        const HostRange& range
    );

    void start();
    void stop();
    /// Counting starts anew, soon.
    void end_warm_up();
    /// All connections are closed and opened again, soon.
    void reconnect();
    void join() { thread_.join(); }

    const Recorder& recorder() const { return recorder_; }
    Recorder& recorder() { return recorder_; }

    /// Only after `join`.
    const TransportCounters& transport_counters() const { return transport_.counters(); }
    std::uint64_t lines_waiting() const;
    std::size_t warm_hosts() const { return desk_.warm_hosts(); }

private:
    void run();
    void fire(const Timer& timer);
    void start_host(Host& host);
    void on_reply(const Request& request, const Reply& reply) override;

    const Options& options_;
    Recorder recorder_{};
    Desk desk_;
    Transport transport_;
    Enroller enroller_;
    Carver carver_;
    ConfigPoller config_;
    DistributedPoller distributed_;
    LogPoster logs_;
    std::atomic<bool> stopping_{false};
    std::atomic<bool> reset_{false};
    std::atomic<bool> reconnect_{false};
    std::thread thread_{};
};

}  // namespace fleet::perf
