#include <algorithm>
#include <charconv>

#include "checkins_impl.hpp"
#include "fleet/checkin/detail_queries.hpp"
#include "fleet/checkin/ingest.hpp"
#include "fleet/checkin/software_ingest.hpp"
#include "fleet/core/json.hpp"
#include "fleet/core/log.hpp"
#include "fleet/core/utf8.hpp"

namespace fleet::checkin {
namespace {

std::optional<std::uint64_t> id_after(std::string_view name, std::string_view prefix) {
    const std::string_view text = name.substr(prefix.size());
    std::uint64_t out = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return out;
}

/// Waits for the live part and the stored part of one write, then answers once.
class BothDone {
public:
    explicit BothDone(Reply reply) : reply_{std::move(reply)} {}
    void finish(bool ok) {
        if (!ok) failed_.store(true);
        if (left_.fetch_sub(1) != 1) return;
        if (failed_) return reply_(refusal(503, kStoreDown));
        reply_({200, "{}", {}});
    }

private:
    Reply reply_;
    std::atomic<int> left_{2};
    std::atomic<bool> failed_{false};
};

void set_label(
    HostUpdate& update,
    const HostFacts& facts,
    const std::vector<LabelId>& applicable,
    LabelId label,
    bool matched
) {
    // Applies not: the host has changed its team or platform since it was asked.
    const bool applies = std::find(applicable.begin(), applicable.end(), label) != applicable.end();
    const bool member = matched && applies;
    const bool was = std::binary_search(facts.labels.begin(), facts.labels.end(), label);
    if (member && !was) update.joined.push_back(label);
    if (!member && was) update.left.push_back(label);
}

live::LiveAnswer live_answer(
    const WriteResult& result, const HostFacts& facts, std::uint64_t campaign
) {
    live::LiveAnswer out;
    out.id = CampaignId{campaign};
    out.host = facts.id;
    out.hostname = facts.hostname;
    out.display_name = facts.display_name.empty() ? facts.hostname : facts.display_name;
    out.rows_json = result.rows_json;
    out.stats_json = result.stats_json;
    out.row_count = result.row_count;
    if (result.status != 0) {
        out.error = result.message.empty() ? "the query failed on the host" : result.message;
    }
    return out;
}

/// A query that failed says nothing; rows mean that the host passes (agent-api B.7.1).
PolicyAnswer policy_answer(const WriteResult& result) {
    if (result.status != 0) return PolicyAnswer::none;
    return result.row_count > 0 ? PolicyAnswer::pass : PolicyAnswer::fail;
}

void report_failure(const WriteResult& result, HostId host) {
    if (result.message == "distributed query is denylisted") {
        fleet::log::warn(
            "host has put a query on its denylist", {{"host_id", raw(host)}, {"query", result.name}}
        );
    } else if (!result.message.starts_with("no such table")) {
        fleet::log::debug(
            "query failed on host",
            {{"host_id", raw(host)}, {"query", result.name}, {"message", result.message}}
        );
    }
}

}  // namespace

/// Built-in labels follow the platform; they are decided here instead of being asked.
void Checkins::Impl::builtin_diff(
    const HostVitals& vitals, const HostFacts& facts, HostUpdate& update
) const {
    if (!vitals.platform) return;
    const Platform family = generic_platform(*vitals.platform, vitals.platform_like.value_or(""));
    const bool centos = *vitals.platform == "rhel" && vitals.os_version &&
                        vitals.os_version->find("CentOS") != std::string::npos;
    const std::string_view platform = centos ? std::string_view{"centos"} : *vitals.platform;
    for (const store::BuiltinLabel& label : builtin_labels) {
        const bool member = label.platform.empty() || label.platform == platform ||
                            (family != Platform::unknown && label.platform == to_text(family));
        const bool was = std::binary_search(facts.labels.begin(), facts.labels.end(), label.id);
        if (member && !was) update.joined.push_back(label.id);
        if (!member && was) update.left.push_back(label.id);
    }
}

void Checkins::Impl::add_software(
    const SoftwareAnswers& answers, const HostFacts& facts, HostUpdate& update
) const {
    if (!answers.complete()) return;
    const std::uint64_t text = answers.text_hash();
    if (text == facts.software_text) return;
    auto report = answers.report(deps.store.catalog());
    if (!report) return;
    update.software_text = text;
    if (drop_unchanged(*report, facts.digests, update)) update.software = std::move(report);
}

void Checkins::Impl::write(
    HostRef entry, WriteBody body, const std::string& client_ip, Reply reply
) {
    const auto plan = schedule();
    HostFacts facts = entry->with([](const HostFacts& f) { return f; });
    const auto labels =
        plan->labels_for(facts.team, facts.raw_platform, facts.platform, facts.os_version);
    const ResolveQuery resolve = [&](std::string_view name) -> std::optional<QueryId> {
        const store::ScheduledQuery* query = plan->find(name, facts.team);
        return query == nullptr ? std::nullopt : std::optional{query->id};
    };

    HostUpdate update;
    update.host = entry->id;
    update.at = deps.clock.now();
    std::vector<live::LiveAnswer> answers;
    json::Value additional = json::Value::object();
    SoftwareAnswers software;
    PolicyAnswers policies;
    bool known = false;
    for (WriteResult& result : body.results) {
        const std::string_view name = result.name;
        const bool ok = result.status == 0;
        if (!ok) report_failure(result, entry->id);
        if (name.starts_with(kLivePrefix)) {
            if (const auto id = id_after(name, kLivePrefix)) {
                answers.push_back(live_answer(result, facts, *id));
            }
        } else if (name.starts_with(kLabelPrefix)) {
            const auto id = id_after(name, kLabelPrefix);
            if (!id) continue;
            update.labels_fetched = true;
            update.labels_handed = facts.label_handed;
            // Who is in other kinds of labels is not for the host to say.
            if (ok && plan->is_dynamic_label(LabelId{*id})) {
                set_label(update, facts, labels->ids, LabelId{*id}, result.row_count > 0);
            }
        } else if (name == kPolicyWildcard) {
            update.policies_fetched = true;
        } else if (name.starts_with(kPolicyPrefix)) {
            update.policies_fetched = true;
            if (const auto id = id_after(name, kPolicyPrefix)) {
                policies.set(PolicyId{*id}, policy_answer(result));
            }
        } else if (name.starts_with(kDetailPrefix)) {
            known = true;
            if (!ok) continue;
            const std::string_view detail = name.substr(kDetailPrefix.size());
            if (is_software_query(detail)) {
                if (plan->collects_software(facts.team)) software.add(detail, result.rows_json);
                continue;
            }
            ingest_detail(detail, parse_rows(result.rows_json), resolve, update);
        } else if (name.starts_with(kAdditionalPrefix)) {
            if (!ok) continue;
            json::Value rows = json::Value::parse(result.rows_json, nullptr, false);
            if (rows.is_array()) {
                additional[std::string{name.substr(kAdditionalPrefix.size())}] = std::move(rows);
            }
        } else {
            fleet::log::debug(
                "answer to a query that the server never asked",
                {{"host_id", raw(entry->id)}, {"query", name}}
            );
        }
    }
    if (!additional.empty()) update.additional = json::dump(additional);
    if (update.details_fetched) update.vitals.public_ip = client_ip;
    // agent-api B.7.1 step 5: any write clears it.
    update.clear_refetch = facts.refetch;
    builtin_diff(update.vitals, facts, update);
    add_policies(std::move(policies), facts, *plan, update);
    drop_unchanged(update, facts.digests);
    add_software(software, facts, update);

    const bool stores = known || update.labels_fetched || update.policies_fetched ||
                        update.clear_refetch || update.additional;
    auto both = std::make_shared<BothDone>(std::move(reply));
    if (answers.empty()) {
        both->finish(true);
    } else {
        deps.post([this, both, answers = std::move(answers)]() mutable {
            deps.campaigns.deliver(std::move(answers), [both](bool ok) { both->finish(ok); });
        });
    }
    if (!stores) return both->finish(true);
    WriteJob job{std::move(update), std::move(entry), [both](bool ok) { both->finish(ok); }};
    if (!writes.submit(std::move(job))) both->finish(false);
}

void Checkins::Impl::commit_writes(std::vector<WriteJob> batch) {
    // Two writes of one host must not share a transaction: the second one's changes of labels
    // could not be told from the first one's. Nor must all the software of many new hosts: what
    // one transaction has stored the next one need not, and agents do not wait for ever.
    constexpr std::size_t kMostNewSoftware = 20'000;
    std::size_t begin = 0;
    std::size_t new_software = 0;
    std::vector<HostId> in_batch;
    for (std::size_t i = 0; i < batch.size(); ++i) {
        const HostUpdate& update = batch[i].update;
        if (new_software >= kMostNewSoftware ||
            std::find(in_batch.begin(), in_batch.end(), update.host) != in_batch.end()) {
            commit_updates(std::span{batch}.subspan(begin, i - begin));
            begin = i;
            new_software = 0;
            in_batch.clear();
        }
        in_batch.push_back(update.host);
        new_software += deps.store.unknown_software(update);
    }
    commit_updates(std::span{batch}.subspan(begin));
}

FailedBatch judge(const std::exception& error, std::size_t jobs) {
    using store::DbFault;
    if (dynamic_cast<const std::bad_alloc*>(&error) != nullptr) return FailedBatch::later;
    const auto* db = dynamic_cast<const store::DbError*>(&error);
    const DbFault fault = db == nullptr ? DbFault::rejected : db->fault;
    if (fault == DbFault::gone || fault == DbFault::busy || fault == DbFault::deadlock) {
        return FailedBatch::later;
    }
    if (jobs > 1) return FailedBatch::alone;
    // A failure of unknown kind may pass: asking again costs less than losing what was said.
    return fault == DbFault::other ? FailedBatch::later : FailedBatch::drop;
}

void Checkins::Impl::commit_updates(std::span<WriteJob> batch) {
    if (batch.empty()) return;
    std::vector<HostUpdate> updates;
    updates.reserve(batch.size());
    for (const WriteJob& job : batch)
        updates.push_back(job.update);
    std::vector<PolicyStanding> standings;
    try {
        store::CheckinStore::Applied applied = deps.store.apply(updates);
        take_verdicts(batch, applied.labels);
        standings = std::move(applied.policies);
    } catch (const std::exception& error) {
        fleet::log::error(
            "writing host answers failed", {{"detail", error.what()}, {"hosts", batch.size()}}
        );
        const FailedBatch what = judge(error, batch.size());
        for (std::size_t i = 0; i < batch.size(); ++i) {
            if (what == FailedBatch::alone) {
                commit_updates(batch.subspan(i, 1));
            } else {
                batch[i].done(what == FailedBatch::drop);
            }
        }
        return;
    }
    // After a restart most hosts of a batch have one: no search for each.
    std::unordered_map<HostId, const PolicyStanding*> by_host;
    for (const PolicyStanding& standing : standings)
        by_host.emplace(standing.host, &standing);
    std::vector<HostId> ids;
    for (const WriteJob& job : batch) {
        const auto standing = by_host.find(job.update.host);
        remember(job, standing == by_host.end() ? nullptr : standing->second);
        ids.push_back(job.update.host);
    }
    announce("changed", ids);
    for (WriteJob& job : batch)
        job.done(true);
}

/// Memory is told of the labels that the store has decided on.
void Checkins::Impl::take_verdicts(
    std::span<WriteJob> batch, const std::vector<store::CriteriaVerdict>& verdicts
) {
    if (verdicts.empty()) return;
    std::unordered_map<HostId, HostUpdate*> by_host;
    for (WriteJob& job : batch)
        by_host.emplace(job.update.host, &job.update);
    for (const store::CriteriaVerdict& verdict : verdicts) {
        const auto found = by_host.find(verdict.host);
        if (found == by_host.end()) continue;
        auto& labels = verdict.member ? found->second->joined : found->second->left;
        labels.push_back(verdict.label);
    }
}

/// Brings memory up to what was just committed.
void Checkins::Impl::remember(const WriteJob& job, const PolicyStanding* standing) {
    const HostUpdate& update = job.update;
    job.entry->with([&](HostFacts& facts) {
        if (update.details_fetched) facts.detail_updated = update.at;
        if (update.labels_fetched) {
            facts.label_updated = update.at;
            facts.label_asked = std::max(facts.label_asked, update.labels_handed);
        }
        if (update.policies_fetched) facts.policy_updated = update.at;
        if (update.clear_refetch) facts.refetch = false;
        const HostVitals& v = update.vitals;
        if (v.hostname && facts.hostname != *v.hostname) facts.hostname = SharedText{*v.hostname};
        if (v.hostname || v.computer_name) {
            std::string computer{clipped(v.computer_name.value_or(""), 255)};
            if (computer == facts.hostname.str()) computer.clear();
            if (facts.display_name != computer) {
                facts.display_name = SharedText{std::move(computer)};
            }
        }
        if (v.platform) {
            if (facts.raw_platform != *v.platform) {
                facts.raw_platform = SharedText::common(*v.platform);
            }
            const Platform family = generic_platform(*v.platform, v.platform_like.value_or(""));
            if (family != Platform::unknown) facts.platform = family;
        }
        // Looked up when it is new only: all hosts share the lock of the common texts.
        if (v.os_version && facts.os_version != *v.os_version) {
            facts.os_version = SharedText::common(*v.os_version);
        }
        if (v.distributed_interval) facts.distributed_interval = *v.distributed_interval;
        if (v.config_tls_refresh) facts.config_tls_refresh = *v.config_tls_refresh;
        if (v.logger_tls_period) facts.logger_tls_period = *v.logger_tls_period;
        for (const LabelId label : update.joined) {
            const auto at = std::lower_bound(facts.labels.begin(), facts.labels.end(), label);
            if (at == facts.labels.end() || *at != label) facts.labels.insert(at, label);
        }
        for (const LabelId label : update.left)
            std::erase(facts.labels, label);
        remember_policies(update, standing, facts);
        if (update.software_text != 0) facts.software_text = update.software_text;
        for (const auto& [kind, digest] : update.digests) {
            facts.digests[static_cast<std::size_t>(kind)] = digest;
        }
    });
    if (update.details_fetched || update.labels_fetched || update.policies_fetched) {
        job.entry->turn_us = 0;
    }
    job.entry->due_us.store(0, std::memory_order_relaxed);
}

}  // namespace fleet::checkin
