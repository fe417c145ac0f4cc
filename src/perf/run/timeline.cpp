#include "perf/run/timeline.hpp"

#include <fmt/format.h>

namespace fleet::perf {

Recorder::Rates total_rates(const Workers& workers) {
    Recorder::Rates sum;
    for (const auto& worker : workers) {
        const auto rates = worker->recorder().rates();
        sum.sent += rates.sent;
        sum.answered += rates.answered;
        sum.lost += rates.lost;
        sum.errors += rates.errors;
        sum.enrolled += rates.enrolled;
    }
    return sum;
}

Timeline::Timeline(const Options& options, RunShared& shared, const Workers& workers)
    : shared_{shared},
      workers_{workers},
      plan_{RatePlan::parse(options.rate_plan).value()},
      reconnect_at_{options.reconnect_at},
      file_{open_lines(options.timeline_file)} {}

void Timeline::advance(std::chrono::milliseconds since_start) {
    shared_.rate_factor = plan_.factor_at(since_start);
    if (reconnect_at_ && since_start >= *reconnect_at_) {
        reconnect_at_.reset();
        for (const auto& worker : workers_)
            worker->reconnect();
    }
    if (since_start < next_line_) return;
    write_line(since_start);
    while (next_line_ <= since_start)
        next_line_ += std::chrono::seconds{1};
}

void Timeline::write_line(std::chrono::milliseconds since_start) {
    Histogram polls;
    for (const auto& worker : workers_)
        polls.merge(worker->recorder().take_recent());
    const auto now = total_rates(workers_);
    if (file_ == nullptr) return;
    const auto millis = [&](double percent) {
        return static_cast<double>(polls.percentile(percent).count()) / 1000.0;
    };
    const auto line = fmt::format(
        "{:.1f} {} {} {} {:.2f} {:.2f} {}\n",
        static_cast<double>(since_start.count()) / 1000.0,
        now.sent - last_.sent,
        now.answered - last_.answered,
        now.errors - last_.errors,
        millis(50),
        millis(99),
        shared_.rate_factor.load()
    );
    std::fputs(line.c_str(), file_.get());
    std::fflush(file_.get());
    last_ = now;
}

}  // namespace fleet::perf
