#include "fleet/checkin/checkins.hpp"

#include "checkins_impl.hpp"
#include "fleet/core/json.hpp"
#include "fleet/core/log.hpp"
#include "fleet/core/worker_pool.hpp"

namespace fleet::checkin {

using namespace std::chrono_literals;

namespace {

/// Bodies up to this size are worth no detour; they carry one or two answers.
constexpr std::size_t kShortBytes = 2 << 10;
/// Bodies up to this size are parsed on the event loop; larger ones would hold it up.
constexpr std::size_t kLoopBytes = 64 << 10;
constexpr std::size_t kMostInLane = 5'000;

}  // namespace

AgentReply refusal(int status, std::string_view message, NodeInvalid node_invalid) {
    json::Value body = json::Value::object();
    body["error"] = message;
    body["node_invalid"] = node_invalid == NodeInvalid::yes;
    AgentReply out;
    out.status = status;
    out.body = json::dump(body);
    return out;
}

Checkins::Impl::Impl(CheckinOptions options_in, Deps deps_in)
    : options{options_in},
      deps{std::move(deps_in)},
      lane{deps.post, options.loop_threads, kMostInLane},
      instance{random_uuid()},
      status_log{deps.status_log, "status", "error writing status logs: "},
      result_log{
          deps.result_log,
          "result",
          "error writing result logs (if the logging destination is down, you can reduce "
          "frequency/size of osquery logs): "},
      enrollments{
          {.max_batch = 64, .max_queued = 5'000, .linger = 2ms},
          [this](std::vector<EnrollJob> batch) { commit_enrollments(std::move(batch)); }},
      writes{
          {.max_batch = 256, .max_queued = 20'000, .linger = 3ms},
          [this](std::vector<WriteJob> batch) { commit_writes(std::move(batch)); }},
      reports{
          {.max_batch = 256, .max_queued = 10'000, .linger = 3ms},
          [this](std::vector<ReportJob> batch) { commit_reports(std::move(batch)); }},
      status_lines{
          {.max_batch = 512, .max_queued = 10'000, .linger = 1ms},
          [this](std::vector<LineJob> batch) { status_log.commit(std::move(batch)); }},
      result_lines{
          {.max_batch = 512, .max_queued = 10'000, .linger = 1ms},
          [this](std::vector<LineJob> batch) { result_log.commit(std::move(batch)); }} {}

Checkins::Checkins(CheckinOptions options, Deps deps)
    : impl_{std::make_unique<Impl>(options, std::move(deps))} {
    // Before the event loop runs: it reads the hook without a lock.
    impl_->deps.campaigns.on_work([self = impl_.get()](const live::HostSet& set) {
        self->wake_hosts(set);
    });
}

Checkins::~Checkins() {
    stop();
}

void Checkins::start() {
    Impl& self = *impl_;
    self.synced_until = self.deps.clock.now();
    self.seen_flushed_until = self.synced_until;
    self.builtin_labels = self.deps.store.builtin_labels();
    self.reload_schedule();
    self.deps.store.load_all([&](HostFacts facts) { self.put_host(std::move(facts)); });
    self.subscribe();
    const auto now = std::chrono::steady_clock::now();
    self.last_seen_flush = self.last_announce = self.last_sync = now;
    self.ticker = std::thread{[&self] { self.run_ticker(); }};
    fleet::log::info("check-ins ready", {{"hosts", self.hosts.size()}});
}

void Checkins::drain() {
    impl_->drain();
}

void Checkins::stop() {
    Impl& self = *impl_;
    {
        const std::scoped_lock lock{self.ticker_mutex};
        self.stopping = true;
    }
    self.ticker_wake.notify_all();
    const bool was_running = self.ticker.joinable();
    if (was_running) self.ticker.join();
    self.host_messages.reset();
    self.seen_messages.reset();
    self.schedule_messages.reset();
    self.enrollments.stop();
    self.writes.stop();
    self.reports.stop();
    self.status_lines.stop();
    self.result_lines.stop();
    if (was_running) self.flush_seen();
}

void Checkins::enroll(AgentRequest request, Reply reply) {
    impl_->enroll(std::move(request), std::move(reply));
}

void Checkins::config(AgentRequest request, Reply reply) {
    auto body = parse_poll(request.body);
    if (!body) return reply(refusal(400, "config request is not valid JSON"));
    impl_->with_host(
        body->node_key,
        std::move(request.header_key),
        std::move(reply),
        [impl = impl_.get(), poll = *body](HostRef entry, const Reply& answer) {
            impl->config(std::move(entry), poll, answer);
        }
    );
}

void Checkins::distributed_read(AgentRequest request, Reply reply) {
    auto body = parse_poll(request.body);
    if (!body) return reply(refusal(400, "distributed read request is not valid JSON"));
    impl_->with_host(
        std::move(body->node_key),
        std::move(request.header_key),
        std::move(reply),
        [impl = impl_.get()](HostRef entry, Reply answer) {
            impl->read(std::move(entry), std::move(answer));
        }
    );
}

void Checkins::distributed_write(AgentRequest request, Reply reply) {
    const std::size_t size = request.body.size();
    auto work = [impl = impl_.get(), request = std::move(request), reply]() mutable {
        auto body = parse_write(request.body);
        if (!body) return reply(refusal(400, "distributed write is not valid: json decoder error"));
        // A copy: the argument's evaluation order must not empty the key first.
        std::string key = body->node_key;
        impl->with_host(
            std::move(key),
            request.header_key,
            std::move(reply),
            [impl, ip = request.client_ip, parsed = std::make_shared<WriteBody>(std::move(*body))](
                HostRef entry, Reply answer
            ) { impl->write(std::move(entry), std::move(*parsed), ip, std::move(answer)); }
        );
    };
    if (size <= kShortBytes) return work();
    if (size <= kLoopBytes) return impl_->lane.run(std::move(work));
    impl_->on_worker(reply, std::move(work));
}

void Checkins::log(AgentRequest request, Reply reply) {
    const bool here = request.body.size() <= kLoopBytes;
    auto work = [impl = impl_.get(), request = std::move(request), reply]() mutable {
        auto body = parse_log(request.body);
        if (!body) return reply(refusal(400, "log post is not valid: json decoder error"));
        std::string key = body->node_key;
        impl->with_host(
            std::move(key),
            request.header_key,
            std::move(reply),
            [impl, parsed = std::make_shared<LogBody>(std::move(*body))](
                HostRef entry, Reply answer
            ) { impl->log(std::move(entry), std::move(*parsed), std::move(answer)); }
        );
    };
    if (here) return work();
    impl_->on_worker(reply, std::move(work));
}

const HostTable& Checkins::hosts() const {
    return impl_->hosts;
}

Checkins::Stats Checkins::stats() const {
    const Impl& self = *impl_;
    Stats out;
    out.hosts = self.hosts.size();
    out.parked = self.parked.size();
    out.write_queue = self.writes.queued();
    out.log_queue = self.status_lines.queued() + self.result_lines.queued();
    out.report_queue = self.reports.queued();
    out.enroll_queue = self.enrollments.queued();
    out.refused = self.enrollments.refused() + self.writes.refused() + self.reports.refused() +
                  self.status_lines.refused() + self.result_lines.refused();
    out.commits = self.enrollments.batches() + self.writes.batches() + self.reports.batches();
    out.status_lines = {self.status_log.written(), self.status_log.refused()};
    out.result_lines = {self.result_log.written(), self.result_log.refused()};
    return out;
}

}  // namespace fleet::checkin
