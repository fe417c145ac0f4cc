#pragma once

#include <atomic>
#include <thread>
#include <unordered_map>

#include "perf/run/config_poller.hpp"
#include "perf/run/distributed_poller.hpp"
#include "perf/run/log_poster.hpp"

namespace fleet::perf {

/// One thread with its share of the hosts: an event loop over timers and connections.
class Worker : private ReplySink {
public:
    /// `indexes` are the hosts of this worker.
    Worker(
        const Options& options,
        RunShared& shared,
        const ServerAddress& address,
        std::size_t max_open,
        const std::vector<std::uint32_t>& indexes
    );

    void start();
    void stop();
    /// Counting starts anew, soon.
    void end_warm_up();
    void join() { thread_.join(); }

    const Recorder& recorder() const { return recorder_; }

    /// Only after `join`.
    const TransportCounters& transport_counters() const { return transport_.counters(); }
    std::uint64_t lines_waiting() const;

private:
    void run();
    void fire(const Timer& timer);
    void start_host(Host& host);
    void on_reply(Request request, Reply reply) override;

    const Options& options_;
    Recorder recorder_{};
    Desk desk_;
    Transport transport_;
    Enroller enroller_;
    Carver carver_;
    ConfigPoller config_;
    DistributedPoller distributed_;
    LogPoster logs_;
    std::unordered_map<std::uint32_t, std::size_t> positions_;
    std::vector<Host> hosts_;
    std::atomic<bool> stopping_{false};
    std::atomic<bool> reset_{false};
    std::thread thread_{};
};

}  // namespace fleet::perf
