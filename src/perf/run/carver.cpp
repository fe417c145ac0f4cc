#include "perf/run/carver.hpp"

namespace fleet::perf {
namespace {

/// osqueryd looks for carves about once a minute; a simulator need not keep people waiting.
constexpr std::chrono::seconds kStartAfter{2};
constexpr std::size_t kMaxJobs = 16;

}  // namespace

void Carver::add(Host& host, const Profile& profile, std::vector<CarveOrder> orders) {
    if (orders.empty()) return;
    auto& jobs = desk_.cold(host).carves;
    const bool idle = jobs.empty();
    for (auto& order : orders) {
        if (jobs.size() >= kMaxJobs) break;
        auto archive = synthetic_archive(order, profile);
        jobs.emplace_back(std::move(order), std::move(archive));
    }
    if (idle) desk_.at(host, Activity::carve, Desk::Clock::now() + kStartAfter);
}

void Carver::step(Host& host) {
    const auto& jobs = desk_.cold(host).carves;
    if (jobs.empty() || !enroller_.ready(host, Activity::carve)) return;
    const auto& job = jobs.front();
    const auto now = Desk::Clock::now();
    if (job.has_session()) return desk_.send(host, Endpoint::carve_block, job.block_body(), now);
    NodeKey::Buffer buffer;
    const auto body = job.begin_body(desk_.key_of(host, buffer));
    desk_.send(host, Endpoint::carve_begin, body, now);
}

void Carver::on_begin(Host& host, const Request& request, const Reply& reply) {
    const auto heard = desk_.hear(request, reply);
    if (heard.node_invalid) enroller_.invalidate(host, request);
    const auto session = heard.document.find("session_id");
    if (session == heard.document.end() || !session->is_string() ||
        session->get<std::string>().empty()) {
        if (heard.ok) desk_.complain(Endpoint::carve_begin, "no session_id");
        return next_job(host);
    }
    desk_.cold(host).carves.front().began(session->get<std::string>());
    step(host);
}

void Carver::on_block(Host& host, const Request& request, const Reply& reply) {
    desk_.hear(request, reply);
    // osquery does not look at what the answer to a block says.
    auto& job = desk_.cold(host).carves.front();
    job.next_block();
    if (!job.done()) return step(host);
    desk_.recorder().update([](RunStats& stats) { ++stats.carves; });
    next_job(host);
}

void Carver::next_job(Host& host) {
    auto& jobs = desk_.cold(host).carves;
    jobs.pop_front();
    if (jobs.empty())
        desk_.settle(host);
    else
        desk_.at(host, Activity::carve, Desk::Clock::now());
}

}  // namespace fleet::perf
