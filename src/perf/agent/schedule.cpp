#include "perf/agent/schedule.hpp"

#include <algorithm>
#include <iterator>

#include "perf/text.hpp"

namespace fleet::perf {
namespace {

std::vector<std::string> difference(
    const std::vector<std::string>& a, const std::vector<std::string>& b
) {
    std::vector<std::string> result;
    std::set_difference(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(result));
    return result;
}

std::size_t size_of(const std::vector<std::string>& rows) {
    std::size_t size = 0;
    for (const auto& row : rows)
        size += row.size();
    return size;
}

}  // namespace

std::string decorate(const AgentConfig& config, Engine::Batch& batch) {
    std::string out = "{";
    for (const auto& sql : config.decorators) {
        const auto outcome = batch.run(sql);
        if (outcome.rows.empty() || outcome.rows.front().size() <= 2) continue;
        const std::string_view row = outcome.rows.front();
        if (out.size() > 1) out += ',';
        out += row.substr(1, row.size() - 2);
    }
    return out + '}';
}

void HostSchedule::configure(
    std::shared_ptr<const AgentConfig> config,
    const Profile& profile,
    std::string_view osquery_version,
    Engine::Batch& batch,
    Jitter& jitter,
    Clock::time_point now
) {
    std::vector<char> active;
    for (const auto& pack : config->packs) {
        bool on = pack.only.covers(profile, osquery_version);
        for (const auto& sql : pack.discovery)
            on = on && !batch.run(sql).rows.empty();
        active.push_back(on ? 1 : 0);
    }
    std::vector<State> next;
    for (const auto& query : config->queries) {
        if (query.pack && active[*query.pack] == 0) continue;
        if (!query.only.covers(profile, osquery_version)) continue;
        State state;
        const auto old = std::find_if(queries_.begin(), queries_.end(), [&](const State& known) {
            return known.query->name == query.name;
        });
        if (old != queries_.end()) state = std::move(*old);
        const bool same = old != queries_.end() && old->query->interval == query.interval;
        state.query = &query;
        if (!same) {
            // osquery keeps a splayed interval a query; the first run falls anywhere within it.
            const auto splay = config->settings.schedule_splay_percent / 100.0;
            const auto factor = 1.0 + splay * (2.0 * jitter.fraction() - 1.0);
            const auto wanted = static_cast<std::int64_t>(query.interval * 1000 * factor);
            state.interval = std::chrono::milliseconds{std::max<std::int64_t>(wanted, 1000)};
            const auto first = static_cast<double>(state.interval.count()) * jitter.fraction();
            state.due = now + std::chrono::milliseconds{static_cast<std::int64_t>(first)};
        }
        next.push_back(std::move(state));
    }
    queries_ = std::move(next);
    config_ = std::move(config);
}

HostSchedule::Clock::time_point HostSchedule::next_due() const {
    auto first = Clock::time_point::max();
    for (const auto& state : queries_)
        first = std::min(first, state.due);
    return first;
}

HostSchedule::Output HostSchedule::run_due(
    Clock::time_point now,
    Engine::Batch& batch,
    LineHead head,
    const std::function<std::string()>& next_id
) {
    Output out;
    if (config_ != nullptr) head.decorations = decorate(*config_, batch);
    for (auto& state : queries_) {
        if (state.due > now) continue;
        run(state, batch, head, next_id, out);
        state.due += state.interval;
        if (state.due <= now) state.due = now + state.interval;
    }
    return out;
}

void HostSchedule::run(
    State& state,
    Engine::Batch& batch,
    const LineHead& head,
    const std::function<std::string()>& next_id,
    Output& out
) {
    auto outcome = batch.run(state.query->sql, MemberOrder::sorted);
    ++state.executions;
    state.last_executed = head.unix_time;
    state.wall_ms += std::max<std::int64_t>(outcome.wall.count() / 1000, 1);
    if (!outcome.ok()) {
        const auto text =
            "Error executing scheduled query " + state.query->name + ": " + outcome.message;
        out.statuses.push_back({status_line(head, 2, text), {}});
        return;
    }
    state.output_size += static_cast<std::int64_t>(size_of(outcome.rows));
    if (!state.query->snapshot) {
        emit_changes(state, std::move(outcome.rows), head, next_id, out);
        return;
    }
    const auto id = next_id();
    if (config_->settings.snapshot_event_type) {
        for (const auto& row : outcome.rows) {
            const auto own = out.results.empty() || id.empty() ? id : next_id();
            const auto shown = own.empty() ? row : with_line_id(row, own);
            out.results.push_back({event_line(head, state.query->name, 0, shown, "snapshot"), own});
        }
        return;
    }
    auto marked = head;
    if (!id.empty()) {
        for (auto& row : outcome.rows)
            row = with_line_id(row, id);
        // An empty snapshot has no row to carry the id.
        if (outcome.rows.empty()) marked.decorations = with_line_id(head.decorations, id);
    }
    out.results.push_back({snapshot_line(marked, state.query->name, outcome.rows), id});
}

void HostSchedule::emit_changes(
    State& state,
    std::vector<std::string> rows,
    const LineHead& head,
    const std::function<std::string()>& next_id,
    Output& out
) {
    std::sort(rows.begin(), rows.end());
    const bool first = !state.ran;
    const auto added = difference(rows, state.previous);
    auto removed =
        state.query->removed ? difference(state.previous, rows) : std::vector<std::string>{};
    state.previous = std::move(rows);
    state.ran = true;
    if (!first && added.empty() && removed.empty()) return;
    if (!first) ++state.counter;
    const auto& name = state.query->name;
    if (!config_->settings.logger_event_type) {
        const auto id = next_id();
        auto marked = head;
        if (!id.empty()) marked.decorations = with_line_id(head.decorations, id);
        out.results.push_back({batch_line(marked, name, state.counter, added, removed), id});
        return;
    }
    const auto emit = [&](const std::vector<std::string>& list, const char* action) {
        for (const auto& row : list) {
            auto id = next_id();
            auto line = event_line(
                head, name, state.counter, id.empty() ? row : with_line_id(row, id), action
            );
            out.results.push_back({std::move(line), std::move(id)});
        }
    };
    emit(added, "added");
    emit(removed, "removed");
}

std::vector<ScheduleRow> HostSchedule::rows() const {
    std::vector<ScheduleRow> rows;
    for (const auto& state : queries_) {
        rows.push_back({
            state.query->name,
            state.query->sql,
            state.query->interval,
            state.executions,
            state.last_executed,
            state.output_size,
            state.wall_ms,
        });
    }
    return rows;
}

}  // namespace fleet::perf
