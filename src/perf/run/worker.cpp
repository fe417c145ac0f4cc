#include "perf/run/worker.hpp"

#include <algorithm>

namespace fleet::perf {
namespace {

using Clock = Timer::Clock;

constexpr std::chrono::seconds kDrain{5};
constexpr std::uint32_t kStartsPerSecond = 100;

std::chrono::milliseconds start_period(const Options& options) {
    if (options.start_period) return *options.start_period;
    return std::chrono::milliseconds{options.hosts * 1000ULL / kStartsPerSecond};
}

}  // namespace

Worker::Worker(
    const Options& options,
    RunShared& shared,
    const std::vector<ServerAddress>& servers,
    std::size_t max_open,
    const HostRange& range
)
    : options_{options},
      desk_{options, shared, recorder_, range},
      transport_{options, servers, max_open, *this},
      enroller_{desk_},
      carver_{desk_, enroller_},
      config_{desk_, enroller_},
      distributed_{desk_, enroller_, carver_},
      logs_{desk_, enroller_} {
    desk_.attach(transport_);
    const auto begin = Clock::now();
    const auto period = start_period(options);
    for (auto& host : desk_.hosts()) {
        if (shared.keys.on()) {
            desk_.set_key(host, shared.keys.find(desk_.profile_of(host).uuid));
            NodeKey::Buffer buffer;
            if (!desk_.key_of(host, buffer).empty()) host.enrolment = Host::Enrolment::done;
        }
        const auto after = desk_.is_this_machine(host)
                               ? std::chrono::milliseconds{0}
                               : period * desk_.index_of(host) / std::max(options.hosts, 1U);
        // The first tick of the config poll is the start of the host.
        desk_.timers().tick(desk_.place_of(host), Activity::config, begin + after);
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

void Worker::reconnect() {
    reconnect_ = true;
    transport_.wake();
}

std::uint64_t Worker::lines_waiting() const {
    std::uint64_t count = 0;
    for (const auto& host : desk_.hosts()) {
        const auto* warm = desk_.warm(host);
        if (warm != nullptr && warm->logger)
            count += warm->logger->results.queue.size() + warm->logger->statuses.queue.size();
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
        if (reconnect_.exchange(false)) transport_.reconnect_all();
        const auto now = Clock::now();
        for (Timer timer; timers.take(now, timer) && !stopping_;)
            fire(timer);
        transport_.poll(timers.next(now + std::chrono::seconds{1}));
    }
    // What is on its way may still end; nothing new starts but what an answer brings.
    const auto limit = Clock::now() + kDrain;
    while (transport_.in_flight() > 0 && Clock::now() < limit)
        transport_.poll(limit);
}

void Worker::fire(const Timer& timer) {
    auto& host = desk_.host(timer.host);
    if (!host.started) return start_host(host);
    if (!timer.retry && !host.was_overdue(timer.activity))
        recorder_.slipped(Clock::now() - timer.at);
    switch (timer.activity) {
        case Activity::config:
            return config_.due(host, timer);
        case Activity::read:
            return distributed_.due(host, timer);
        case Activity::log:
            return logs_.due(host, timer);
        case Activity::enroll:
            return enroller_.attempt(host);
        case Activity::write:
            return distributed_.write(host, timer.at);
        case Activity::schedule:
            return config_.run_schedule(host);
        case Activity::carve:
            return carver_.step(host);
    }
}

/// As osqueryd starts: configuration at once, distributed queries right after, logs later.
void Worker::start_host(Host& host) {
    auto& timers = desk_.timers();
    const auto now = Clock::now();
    const auto place = desk_.place_of(host);
    host.started = true;
    timers.tick(place, Activity::config, now);
    timers.tick(place, Activity::read, now + std::chrono::milliseconds{50});
    const auto logger = std::chrono::duration_cast<Clock::duration>(
        options_.logger_interval * desk_.jitter().fraction()
    );
    timers.tick(place, Activity::log, now + logger);
}

void Worker::on_reply(const Request& request, const Reply& reply) {
    auto& host = desk_.host(request.host);
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
        case Endpoint::version:
            return logs_.on_version(host, request, reply);
    }
}

}  // namespace fleet::perf
