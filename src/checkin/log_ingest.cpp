#include <algorithm>
#include <map>

#include "checkins_impl.hpp"
#include "fleet/core/log.hpp"

namespace fleet::checkin {
namespace {

/// One host's answer above these is not kept as its report row; the report says so.
constexpr std::size_t kMaxHostBytes = 512 << 10;
constexpr std::size_t kMaxHostRows = 50'000;
/// All hosts' answers to one query.
constexpr std::uint64_t kMaxReportBytes = 512ULL << 20;

constexpr int kTooLarge = 1;
constexpr int kReportFull = 2;

/// The newest snapshot of one query within a post.
struct Snapshot {
    std::int64_t unix_time = -1;
    bool events = false;  // rows come one a line
    std::string rows{};   // JSON array, or its members while events are collected
    std::uint32_t count = 0;
};

std::uint32_t count_rows(std::string_view rows_json) {
    return static_cast<std::uint32_t>(parse_rows(rows_json).size());
}

void collect(Snapshot& into, const ResultLine& line) {
    if (line.unix_time < into.unix_time) return;
    if (line.has_rows) {
        into = {line.unix_time, false, line.rows_json, count_rows(line.rows_json)};
        return;
    }
    if (line.unix_time > into.unix_time || !into.events) into = {line.unix_time, true, {}, 0};
    if (into.count > 0) into.rows += ',';
    into.rows += line.columns_json;
    ++into.count;
}

/// Lines of known queries say which one (agent-api B.6).
std::string with_query_id(std::string line, QueryId query) {
    const auto end = line.find_last_of('}');
    return line.insert(end, ",\"query_id\":" + std::to_string(raw(query)));
}

}  // namespace

void Checkins::Impl::log(HostRef entry, LogBody body, Reply reply) {
    if (body.log_type == "status") return forward(false, std::move(body.lines), std::move(reply));
    if (body.log_type == "result" || body.log_type == "snapshot") {
        return log_results(std::move(entry), std::move(body.lines), std::move(reply));
    }
    if (body.log_type.empty()) return reply(refusal(400, "log post has no log_type"));
    reply(refusal(500, "unknown log type: " + body.log_type));
}

/// agent-api B.6 and operations D.1: which lines are forwarded, and which become report rows.
void Checkins::Impl::log_results(HostRef entry, std::vector<std::string> lines, Reply reply) {
    const auto plan = schedule();
    const auto team = entry->with([](const HostFacts& facts) { return facts.team; });
    std::vector<std::string> forwarded;
    std::map<QueryId, Snapshot> snapshots;
    for (std::string& text : lines) {
        const auto line = parse_result_line(text);
        if (!line) continue;
        bool of_other_team = false;
        const store::ScheduledQuery* query = plan->find(line->name, team, &of_other_team);
        if (plan->reports_disabled() || (query == nullptr && !of_other_team)) {
            forwarded.push_back(std::move(text));
            continue;
        }
        if (query == nullptr || !plan->is_scheduled(*query)) continue;
        if (line->is_snapshot && plan->stores_report(*query)) collect(snapshots[query->id], *line);
        if (query->automations) forwarded.push_back(with_query_id(std::move(text), query->id));
    }
    if (snapshots.empty()) return forward(true, std::move(forwarded), std::move(reply));

    ReportJob job;
    const Time now = deps.clock.now();
    {
        const std::scoped_lock lock{report_mutex};
        for (auto& [query, snapshot] : snapshots) {
            store::ReportRow row;
            row.query = query;
            row.host = entry->id;
            row.fetched = now;
            row.rows_json = snapshot.events ? "[" + snapshot.rows + "]" : std::move(snapshot.rows);
            row.row_count = snapshot.count;
            std::uint64_t& stored = report_bytes[query];
            if (row.rows_json.size() > kMaxHostBytes || row.row_count > kMaxHostRows) {
                row.left_out = kTooLarge;
            } else if (stored + row.rows_json.size() > kMaxReportBytes) {
                row.left_out = kReportFull;
            } else {
                stored += row.rows_json.size();
            }
            job.rows.push_back(std::move(row));
        }
    }
    // Report first, log destination second: a resend replaces the report but would double lines.
    job.done = [this, lines_out = std::move(forwarded), reply](bool ok) mutable {
        if (!ok) return reply(refusal(500, kStoreDown));
        forward(true, std::move(lines_out), std::move(reply));
    };
    if (!reports.submit(std::move(job))) reply(refusal(503, kBusy));
}

void Checkins::Impl::forward(bool results, std::vector<std::string> lines, Reply reply) {
    if (lines.empty()) return reply({200, "{}", {}});
    GroupCommit<LineJob>& queue = results ? result_lines : status_lines;
    LineJob job{std::move(lines), std::move(reply)};
    if (!queue.submit(std::move(job))) job.reply(refusal(503, kBusy));
}

void Checkins::Impl::commit_reports(std::vector<ReportJob> batch) {
    std::vector<store::ReportRow> rows;
    // The newest answer of a host wins when a batch holds several.
    std::map<std::pair<QueryId, HostId>, std::size_t> positions;
    for (const ReportJob& job : batch) {
        for (const store::ReportRow& row : job.rows) {
            const auto [at, added] = positions.try_emplace({row.query, row.host}, rows.size());
            if (added) {
                rows.push_back(row);
            } else {
                rows[at->second] = row;
            }
        }
    }
    bool ok = true;
    try {
        deps.store.save_reports(rows);
    } catch (const std::exception& error) {
        fleet::log::error(
            "storing report rows failed", {{"detail", error.what()}, {"rows", rows.size()}}
        );
        const FailedBatch what = judge(error, batch.size());
        if (what == FailedBatch::alone) {
            for (ReportJob& job : batch) {
                std::vector<ReportJob> single;
                single.push_back(std::move(job));
                commit_reports(std::move(single));
            }
            return;
        }
        ok = what == FailedBatch::drop;  // its lines are still forwarded
    }
    for (ReportJob& job : batch)
        job.done(ok);
}

}  // namespace fleet::checkin
