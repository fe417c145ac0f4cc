#include "perf/run/run.hpp"

#include <fmt/format.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <cstdio>
#include <ctime>
#include <fstream>
#include <stdexcept>

#include "perf/run/pests.hpp"
#include "perf/run/report.hpp"
#include "perf/run/timeline.hpp"

namespace fleet::perf {
namespace {

using Clock = std::chrono::steady_clock;

/// Lets the process have as many files open as the system permits; returns that number.
std::size_t raise_file_limit() {
    rlimit limit{};
    getrlimit(RLIMIT_NOFILE, &limit);
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);
    getrlimit(RLIMIT_NOFILE, &limit);
    return static_cast<std::size_t>(std::min<rlim_t>(limit.rlim_cur, 1'000'000));
}

/// SIGINT and SIGTERM are waited for, not handled: threads started later inherit the mask.
sigset_t block_signals() {
    sigset_t set{};
    sigemptyset(&set);
    sigaddset(&set, SIGINT);
    sigaddset(&set, SIGTERM);
    pthread_sigmask(SIG_BLOCK, &set, nullptr);
    struct sigaction ignore {};
    ignore.sa_handler = SIG_IGN;
    sigaction(SIGPIPE, &ignore, nullptr);
    return set;
}

bool signal_within(const sigset_t& set, std::chrono::milliseconds wait) {
    const timespec limit{wait.count() / 1000, (wait.count() % 1000) * 1'000'000};
    return sigtimedwait(&set, nullptr, &limit) > 0;
}

Workers make_workers(
    const Options& options, RunShared& shared, const std::vector<ServerAddress>& servers
) {
    const auto files = raise_file_limit();
    const auto threads = std::min<std::uint32_t>(options.threads, std::max(options.hosts, 1U));
    const auto max_open = (files - std::min<std::size_t>(files / 2, 128)) / threads;
    Workers workers;
    for (std::uint32_t t = 0; t < threads && options.hosts > 0; ++t) {
        const HostRange range{t, threads, (options.hosts - t + threads - 1) / threads};
        workers.push_back(std::make_unique<Worker>(options, shared, servers, max_open, range));
    }
    if (options.this_machine) {
        // Reading real tables can take a while: a thread of its own keeps the others on time.
        const HostRange machine{options.hosts, 1, 1};
        workers.push_back(std::make_unique<Worker>(options, shared, servers, 64, machine));
    }
    shared.keys.forget();
    return workers;
}

/// The line of rates: rewritten in place on a terminal, a line of its own in a log.
class Ticker {
public:
    explicit Ticker(bool quiet) : terminal_{isatty(STDOUT_FILENO) != 0}, quiet_{quiet} {}

    void show(
        Clock::duration elapsed, const Recorder::Rates& now, std::chrono::duration<double> cpu
    ) {
        const auto seconds = std::chrono::duration<double>(elapsed).count();
        const auto period = seconds - last_seconds_;
        if (quiet_ || period < wanted_period(seconds)) return;
        if (now.sent < last_.sent) last_ = {};  // the warm-up has ended
        const auto rate = [&](std::uint64_t a, std::uint64_t b) {
            return static_cast<double>(a - b) / period;
        };
        fmt::print(
            "{}{:>6.0f} s  {:>8.1f} sent/s  {:>8.1f} answered/s  in flight {:<6} enrolled {:<7} "
            "errors {:<6} cpu {:>3.0f} %{}",
            terminal_ ? "\r" : "",
            seconds,
            rate(now.sent, last_.sent),
            rate(now.answered, last_.answered),
            now.sent - std::min(now.answered + now.lost, now.sent),
            now.enrolled,
            now.errors,
            100.0 * (cpu - last_cpu_).count() / period,
            terminal_ ? "" : "\n"
        );
        std::fflush(stdout);
        last_ = now;
        last_seconds_ = seconds;
        last_cpu_ = cpu;
    }

private:
    /// A log that runs for days gets a line a minute.
    double wanted_period(double seconds) const {
        if (terminal_) return 0.9;
        return seconds < 300 ? 9.9 : 59.9;
    }

    bool terminal_;
    bool quiet_;
    Recorder::Rates last_{};
    double last_seconds_{};
    std::chrono::duration<double> last_cpu_{};
};

/// Where counting began.
struct Beginning {
    Clock::time_point at{Clock::now()};
    std::chrono::duration<double> cpu{cpu_time()};
};

std::vector<ServerAddress> resolve_all(const Options& options) {
    std::vector<ServerAddress> servers{ServerAddress::resolve(options.host, options.port)};
    for (const auto& [host, port] : options.more_servers)
        servers.push_back(ServerAddress::resolve(host, port));
    return servers;
}

/// A line for scripts that measure the server meanwhile.
void say(std::string_view event) {
    fmt::print("{}\n", event);
    std::fflush(stdout);
}

/// Returns where the counted part began: at the start, or after the warm-up.
Beginning wait_for_end(
    const Options& options,
    const Workers& workers,
    RunShared& shared,
    const sigset_t& signals,
    const std::function<bool()>& enough
) {
    using std::chrono::milliseconds;
    const auto start = Clock::now();
    Beginning counted;
    bool warming = options.warm_up.count() > 0;
    Ticker ticker{options.quiet};
    Timeline timeline{options, shared, workers};
    while (!enough || !enough()) {
        auto wait = milliseconds{enough ? 50 : 250};
        const auto phase = warming ? options.warm_up : options.duration;
        if (phase.count() > 0) {
            const auto left =
                std::chrono::duration_cast<milliseconds>(counted.at + phase - Clock::now());
            if (left.count() <= 0) {
                if (!std::exchange(warming, false)) break;
                for (const auto& worker : workers)
                    worker->end_warm_up();
                counted = {};
                say("counting");
                continue;
            }
            wait = std::min(wait, left);
        }
        if (signal_within(signals, wait)) break;
        if (!warming)
            timeline.advance(std::chrono::duration_cast<milliseconds>(Clock::now() - counted.at));
        ticker.show(Clock::now() - start, total_rates(workers), cpu_time());
        shared.keys.save();
    }
    return counted;
}

Report collect(const Workers& workers, const Beginning& begin, Clock::time_point end) {
    Report report;
    for (const auto& worker : workers) {
        report.stats.merge(worker->recorder().snapshot());
        const auto& counters = worker->transport_counters();
        report.transport.connections += counters.connections;
        report.transport.resent += counters.resent;
        report.transport.queued_polls += counters.queued_polls;
        report.transport.queued_others += counters.queued_others;
        report.transport.bytes_in += counters.bytes_in;
        report.transport.bytes_out += counters.bytes_out;
        report.transport.reconnected += counters.reconnected;
        report.transport.all_back = std::max(report.transport.all_back, counters.all_back);
        report.lines_waiting += worker->lines_waiting();
        report.warm_hosts += worker->warm_hosts();
    }
    report.elapsed = end - begin.at;
    report.cpu = cpu_time() - begin.cpu;
    report.max_rss_kib = max_rss_kib();
    return report;
}

}  // namespace

int run(const Options& options, const std::function<bool()>& enough) {
    const auto signals = block_signals();
    RunShared shared{options};
    shared.started_at = static_cast<std::int64_t>(std::time(nullptr));
    shared.run_id =
        fmt::format("{:x}", std::chrono::system_clock::now().time_since_epoch().count());

    const auto servers = resolve_all(options);
    const auto workers = make_workers(options, shared, servers);
    Pests pests{options, servers.front()};
    for (const auto& worker : workers)
        worker->start();
    const auto begin = wait_for_end(options, workers, shared, signals, enough);
    const auto end = Clock::now();
    if (options.warm_up.count() > 0) say("counted");
    for (const auto& worker : workers)
        worker->stop();
    for (const auto& worker : workers)
        worker->join();
    shared.keys.save();

    auto report = collect(workers, begin, end);
    report.pests = pests.stop();
    fmt::print("{}", to_table(report, options));
    if (!options.json_file.empty()) {
        std::ofstream out{options.json_file};
        out << to_json(report, options);
        if (!out.flush()) throw std::runtime_error("cannot write " + options.json_file);
    }
    return report.stats.error_count() > 0 ? 1 : 0;
}

}  // namespace fleet::perf
