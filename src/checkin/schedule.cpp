#include "fleet/checkin/schedule.hpp"

#include <algorithm>
#include <charconv>

#include "fleet/core/json.hpp"
#include "fleet/core/log.hpp"
#include "schedule_options.hpp"

namespace fleet::checkin {
namespace {

std::uint64_t key_of(std::optional<TeamId> team) {
    return team ? raw(*team) : 0;
}

template <class Id>
bool contains(const std::vector<Id>& sorted, Id id) {
    return std::binary_search(sorted.begin(), sorted.end(), id);
}

bool reaches(
    const store::ScheduledPack& pack,
    std::optional<TeamId> team,
    const std::vector<LabelId>& labels,
    HostId host
) {
    return (team && contains(pack.teams, *team)) || contains(pack.hosts, host) ||
           std::any_of(pack.labels.begin(), pack.labels.end(), [&](LabelId id) {
               return contains(labels, id);
           });
}

/// A pack of the old kind as agents read it (agent-api B.4).
json::Value pack_json(const store::ScheduledPack& pack) {
    json::Value queries = json::Value::object();
    for (const store::ScheduledPackQuery& query : pack.queries) {
        json::Value entry = json::Value::object();
        entry["query"] = query.sql;
        entry["interval"] = query.interval;
        if (query.platform) entry["platform"] = *query.platform;
        if (query.version) entry["version"] = *query.version;
        if (query.removed) entry["removed"] = *query.removed;
        if (query.snapshot) entry["snapshot"] = *query.snapshot;
        if (query.shard) entry["shard"] = *query.shard;
        if (query.denylist) entry["denylist"] = *query.denylist;
        queries[query.name] = std::move(entry);
    }
    return {{"platform", pack.platform}, {"queries", std::move(queries)}};
}

/// Agent-api B.7: CentOS reports itself as rhel on some releases.
std::string label_platform(const std::string& raw_platform, const std::string& os_version) {
    const bool centos = raw_platform == "rhel" && os_version.find("CentOS") != std::string::npos;
    return centos ? "centos" : raw_platform;
}

}  // namespace

std::optional<AgentQueryName> parse_agent_query_name(std::string_view name) {
    constexpr std::string_view kPack = "pack";
    if (!name.starts_with(kPack)) return std::nullopt;
    const std::string_view rest = name.substr(kPack.size());
    // The delimiter is whatever stands before "Global" or "team-<id>", and stands again after it.
    for (std::size_t at = 1; at < rest.size(); ++at) {
        const std::string_view delimiter = rest.substr(0, at);
        std::string_view tail = rest.substr(at);
        AgentQueryName out;
        if (tail.starts_with("Global")) {
            tail.remove_prefix(6);
        } else if (tail.starts_with("team-")) {
            tail.remove_prefix(5);
            std::uint64_t id = 0;
            const auto [end, error] = std::from_chars(tail.data(), tail.data() + tail.size(), id);
            if (error != std::errc{}) continue;
            tail.remove_prefix(static_cast<std::size_t>(end - tail.data()));
            out.team = TeamId{id};
        } else {
            continue;
        }
        if (!tail.starts_with(delimiter)) continue;
        tail.remove_prefix(delimiter.size());
        if (tail.empty()) return std::nullopt;
        out.query = tail;
        return out;
    }
    return std::nullopt;
}

Schedule::Schedule(store::ScheduleData data)
    : data_{std::move(data)},
      options_{std::make_unique<Options>(data_)},
      policies_{std::make_unique<const PolicyPlan>(data_)} {
    reports_disabled_ = options_->reports_disabled;
    for (std::size_t i = 0; i < data_.queries.size(); ++i) {
        const store::ScheduledQuery& query = data_.queries[i];
        by_name_[{key_of(query.team), query.name}] = i;
        const bool scoped =
            !query.labels_any.empty() || !query.labels_all.empty() || !query.labels_exclude.empty();
        if (!is_scheduled(query) || !scoped) continue;
        label_scoped_.push_back(i);
        leaves_out_labels_ = leaves_out_labels_ || !query.labels_exclude.empty();
    }
}

Schedule::~Schedule() = default;

bool Schedule::is_scheduled(const store::ScheduledQuery& query) const {
    return query.interval > 0 && (query.automations || stores_report(query));
}

bool Schedule::stores_report(const store::ScheduledQuery& query) const {
    return !reports_disabled_ && !query.discard_data && query.logging == "snapshot";
}

bool Schedule::has_holds() const {
    return !options_->holds.empty();
}

std::optional<std::chrono::milliseconds> Schedule::hold_for(std::optional<TeamId> team) const {
    const auto& holds = options_->holds;
    auto found = holds.end();
    if (team) found = holds.find(raw(*team));
    if (found == holds.end()) found = holds.find(0);
    if (found == holds.end()) return std::nullopt;
    return found->second;
}

const store::ScheduledQuery* Schedule::find(
    std::string_view agent_name, std::optional<TeamId> team, bool* of_other_team
) const {
    const auto parsed = parse_agent_query_name(agent_name);
    if (!parsed) return nullptr;
    if (parsed->team && parsed->team != team) {
        if (of_other_team != nullptr) *of_other_team = true;
        return nullptr;
    }
    const auto found = by_name_.find({key_of(parsed->team), std::string{parsed->query}});
    return found == by_name_.end() ? nullptr : &data_.queries[found->second];
}

bool Schedule::in_scope(
    const store::ScheduledQuery& query, const std::vector<LabelId>& labels, Time asked
) const {
    const auto has = [&](LabelId id) { return contains(labels, id); };
    const auto may_have = [&](LabelId id) {
        const store::LabelQuery* label = find_label(id);
        return has(id) || (label != nullptr && label->asked_since > asked);
    };
    const auto& excluded = query.labels_exclude;
    if (std::any_of(excluded.begin(), excluded.end(), may_have)) return false;
    const auto& all = query.labels_all;
    if (!all.empty()) return std::all_of(all.begin(), all.end(), has);
    const auto& any = query.labels_any;
    return any.empty() || std::any_of(any.begin(), any.end(), has);
}

// Labels come sorted by id.
const store::LabelQuery* Schedule::find_label(LabelId id) const {
    const auto found = std::lower_bound(
        data_.labels.begin(),
        data_.labels.end(),
        id,
        [](const store::LabelQuery& label, LabelId wanted) { return label.id < wanted; }
    );
    return found != data_.labels.end() && found->id == id ? &*found : nullptr;
}

bool Schedule::is_dynamic_label(LabelId id) const {
    return find_label(id) != nullptr;
}

Schedule::LabelNews Schedule::label_news_since(const Schedule& before) const {
    LabelNews out;
    std::map<LabelId, std::uint64_t> known;
    for (const store::LabelVersion& label : before.data_.label_versions)
        known.emplace(label.id, label.version);
    for (const store::LabelVersion& label : data_.label_versions) {
        const auto found = known.find(label.id);
        const std::uint64_t was = found == known.end() ? 0 : found->second;
        if (label.version != was) out.changed.push_back(label.id);
        if (found != known.end()) known.erase(found);
    }
    for (const auto& [id, version] : known)
        out.gone.push_back(id);
    for (const store::LabelQuery& label : data_.labels) {
        const store::LabelQuery* was = before.find_label(label.id);
        out.to_ask = out.to_ask || was == nullptr || was->asked_since != label.asked_since;
    }
    return out;
}

std::shared_ptr<const ConfigDocument> Schedule::config_for(
    std::optional<TeamId> team,
    const std::string& raw_platform,
    const std::vector<LabelId>& labels,
    Time asked,
    HostId host
) const {
    Scope scope{.queries = std::vector<bool>(data_.queries.size(), true)};
    std::string scope_key;
    for (const std::size_t position : label_scoped_) {
        scope.queries[position] = in_scope(data_.queries[position], labels, asked);
        scope_key += scope.queries[position] ? '1' : '0';
    }
    for (const store::ScheduledPack& pack : data_.packs) {
        scope.packs.push_back(reaches(pack, team, labels, host));
        scope_key += scope.packs.back() ? '1' : '0';
    }
    const auto key = std::tuple{key_of(team), raw_platform, scope_key};
    const std::scoped_lock lock{mutex_};
    auto& slot = documents_[key];
    if (!slot) slot = build(team, raw_platform, scope);
    return slot;
}

std::shared_ptr<const LabelWork> Schedule::labels_for(
    std::optional<TeamId> team,
    const std::string& raw_platform,
    Platform platform,
    const std::string& os_version
) const {
    const std::string name = label_platform(raw_platform, os_version);
    const std::scoped_lock lock{mutex_};
    auto& slot = label_work_[{key_of(team), name}];
    if (slot) return slot;
    auto work = std::make_shared<LabelWork>();
    for (const store::LabelQuery& label : data_.labels) {
        if (label.team && label.team != team) continue;
        const bool applies =
            label.platform.empty() || label.platform == name || label.platform == to_text(platform);
        if (!applies) continue;
        const std::string query_name = std::string{kLabelPrefix} + to_text(label.id);
        append_member(work->queries, query_name, label.sql);
        append_member(work->discovery, query_name, "SELECT 1");
        work->ids.push_back(label.id);
        work->changed = std::max(work->changed, label.asked_since);
    }
    slot = std::move(work);
    return slot;
}

std::shared_ptr<const DetailText> Schedule::details_for(
    std::optional<TeamId> team, Platform platform
) const {
    const DetailSettings& settings = options_->details_of(team);
    const std::scoped_lock lock{mutex_};
    auto& slot = details_[{&settings, platform}];
    if (!slot) slot = std::make_shared<const DetailText>(detail_text(platform, settings));
    return slot;
}

bool Schedule::collects_software(std::optional<TeamId> team) const {
    return options_->details_of(team).software;
}

std::shared_ptr<const ConfigDocument> Schedule::build(
    std::optional<TeamId> team, const std::string& raw_platform, const Scope& scope
) const {
    json::Value document = options_->config_for(team, raw_platform);
    json::Value packs = json::Value::object();
    for (std::size_t i = 0; i < data_.packs.size(); ++i) {
        if (scope.packs[i]) packs[data_.packs[i].name] = pack_json(data_.packs[i]);
    }
    for (std::size_t i = 0; i < data_.queries.size(); ++i) {
        const store::ScheduledQuery& query = data_.queries[i];
        if (!scope.queries[i] || !is_scheduled(query) || (query.team && query.team != team))
            continue;
        json::Value entry = json::Value::object();
        entry["query"] = query.sql;
        entry["interval"] = query.interval;
        entry["platform"] = query.platform;
        entry["version"] = query.min_version;
        if (query.logging == "differential") {
            entry["removed"] = true;
        } else if (query.logging == "differential_ignore_removals") {
            entry["removed"] = false;
        } else {
            entry["snapshot"] = true;
        }
        const std::string pack = query.team ? "team-" + to_text(*query.team) : "Global";
        packs[pack]["queries"][query.name] = std::move(entry);
    }
    if (!packs.empty()) document["packs"] = std::move(packs);

    auto out = std::make_shared<ConfigDocument>();
    read_intervals(document, *out);
    auto body = std::make_shared<std::string>(json::dump(document));
    constexpr std::size_t kAgentLimit = 1 << 20;  // a larger one empties the agent's schedule
    if (body->size() >= kAgentLimit) {
        log::error(
            "agent configuration is larger than osquery accepts; agents will drop their schedule",
            {{"bytes", body->size()}, {"limit", kAgentLimit}}
        );
    }
    out->etag = to_hex(sha256(*body));
    auto tagged = std::make_shared<std::string>(*body);
    const std::string member = "\"etag\":\"" + out->etag + "\"";
    tagged->insert(tagged->size() - 1, (document.empty() ? "" : ",") + member);
    out->body = std::move(body);
    out->body_with_etag = std::move(tagged);
    return out;
}

}  // namespace fleet::checkin
