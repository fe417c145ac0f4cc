#include "perf/run/worker.hpp"

#include <pthread.h>

#include <csignal>

namespace fleet::perf {
namespace {

using Clock = Timer::Clock;

constexpr std::chrono::seconds kDrain{5};
constexpr std::uint32_t kStartsPerSecond = 100;

/// Timers a fraction of a millisecond apart fire together: every wait is a system call.
Clock::time_point on_grid(Clock::time_point when) {
    constexpr std::chrono::microseconds kGrid{500};
    if (when == Clock::time_point::max()) return when;
    const auto since = when.time_since_epoch();
    return when + (kGrid - since % kGrid) % kGrid;
}

std::chrono::milliseconds start_period(const Options& options) {
    if (options.start_period) return *options.start_period;
    return std::chrono::milliseconds{options.hosts * 1000ULL / kStartsPerSecond};
}

}  // namespace

Worker::Worker(
    const Options& options,
    RunShared& shared,
    const ServerAddress& address,
    std::size_t max_open,
    const std::vector<std::uint32_t>& indexes
)
    : options_{options},
      desk_{options, shared, recorder_},
      transport_{options, address, max_open, *this},
      enroller_{desk_},
      carver_{desk_, enroller_},
      config_{desk_, enroller_},
      distributed_{desk_, enroller_, carver_},
      logs_{desk_, enroller_} {
    desk_.attach(transport_);
    const auto begin = Clock::now();
    const auto period = start_period(options);
    hosts_.reserve(indexes.size());
    for (const auto index : indexes) {
        Host host;
        host.index = index;
        const bool machine = desk_.is_this_machine(host);
        if (!machine) host.flavor = flavor_at(options.platforms, index);
        host.node_key = shared.keys.find(desk_.profile_of(host).uuid);
        if (!host.node_key.empty()) host.enrolment = Host::Enrolment::done;
        positions_.emplace(index, hosts_.size());
        hosts_.push_back(std::move(host));
        const auto after =
            machine ? std::chrono::milliseconds{0} : period * index / std::max(options.hosts, 1U);
        desk_.timers().add({begin + after, index, Activity::start, false});
    }
}

void Worker::start() {
    thread_ = std::thread{[this] { run(); }};
}

void Worker::stop() {
    stopping_ = true;
    transport_.wake();
}

void Worker::end_warm_up() {
    reset_ = true;
    transport_.wake();
}

std::uint64_t Worker::lines_waiting() const {
    std::uint64_t count = 0;
    for (const auto& host : hosts_) {
        if (host.logger)
            count += host.logger->results.queue.size() + host.logger->statuses.queue.size();
    }
    return count;
}

void Worker::run() {
    auto& timers = desk_.timers();
    while (!stopping_) {
        if (reset_.exchange(false)) {
            recorder_.reset();
            transport_.reset_counters();
        }
        const auto now = Clock::now();
        while (timers.next() <= now && !stopping_)
            fire(timers.take());
        transport_.poll(std::min(on_grid(timers.next()), now + std::chrono::seconds{1}));
    }
    // What is on its way may still end; nothing new starts but what an answer brings.
    const auto limit = Clock::now() + kDrain;
    while (transport_.in_flight() > 0 && Clock::now() < limit)
        transport_.poll(limit);
}

void Worker::fire(const Timer& timer) {
    auto& host = hosts_[positions_.at(timer.host)];
    const bool tick = !timer.retry && timer.activity != Activity::start;
    if (tick) recorder_.slipped(Clock::now() - timer.at);
    switch (timer.activity) {
        case Activity::start:
            return start_host(host);
        case Activity::enroll:
            return enroller_.attempt(host);
        case Activity::config:
            return config_.due(host, timer);
        case Activity::read:
            return distributed_.due(host, timer);
        case Activity::write:
            return distributed_.write(host, timer.at);
        case Activity::log:
            return logs_.due(host, timer);
        case Activity::schedule:
            return config_.run_schedule(host, timer);
        case Activity::carve:
            return carver_.step(host);
    }
}

/// As osqueryd starts: configuration at once, distributed queries right after, logs later.
void Worker::start_host(Host& host) {
    auto& timers = desk_.timers();
    const auto now = Clock::now();
    host.started = true;
    timers.add({now, host.index, Activity::config, false});
    timers.add({now + std::chrono::milliseconds{50}, host.index, Activity::read, false});
    const auto logger = std::chrono::duration_cast<Clock::duration>(
        options_.logger_interval * desk_.jitter().fraction()
    );
    timers.add({now + logger, host.index, Activity::log, false});
}

void Worker::on_reply(Request request, Reply reply) {
    auto& host = hosts_[positions_.at(request.host)];
    switch (request.endpoint) {
        case Endpoint::enroll:
            return enroller_.on_reply(host, request, reply);
        case Endpoint::config:
            return config_.on_reply(host, request, reply);
        case Endpoint::read:
            return distributed_.on_read(host, request, reply);
        case Endpoint::write:
            return distributed_.on_write(host, request, reply);
        case Endpoint::log:
            return logs_.on_reply(host, request, reply);
        case Endpoint::carve_begin:
            return carver_.on_begin(host, request, reply);
        case Endpoint::carve_block:
            return carver_.on_block(host, request, reply);
    }
}

}  // namespace fleet::perf
