// Answers to policies as agents bring them.
#include <algorithm>

#include "policy_answers.hpp"
#include "sql_list.hpp"

namespace fleet::store {
namespace {

std::optional<bool> to_passes(PolicyAnswer answer) {
    if (answer == PolicyAnswer::none) return std::nullopt;
    return answer == PolicyAnswer::pass;
}

PolicyAnswer to_answer(std::optional<bool> passes) {
    if (!passes) return PolicyAnswer::none;
    return *passes ? PolicyAnswer::pass : PolicyAnswer::fail;
}

/// Versions of the hosts' stored answers; hosts without any are left out.
std::map<HostId, std::uint64_t> stored_versions(Session& session, std::span<const HostId> hosts) {
    std::map<HostId, std::uint64_t> out;
    for (std::size_t at = 0; at < hosts.size(); at += kMaxList) {
        const std::vector<Param> values =
            id_params(hosts.subspan(at, std::min(kMaxList, hosts.size() - at)));
        session.select(
            Sql{"policy_state_versions",
                "SELECT host_id, version FROM host_policy_state WHERE host_id IN " +
                    placeholders(values.size())},
            values,
            [&](const Row& row) { out[row.id<HostId>(0)] = row.u64(1); }
        );
    }
    return out;
}

std::uint64_t schedule_revision(Session& session) {
    static const Sql sql{"policy_schedule_revision", "SELECT version FROM app_config WHERE id = 1"};
    return session.one(sql, [](const Row& row) { return row.u64(0); }).value_or(0);
}

/// Collects what a batch of reports changes, and writes it table by table.
class ReportWriter {
public:
    ReportWriter(const LockedPolicies& policies, PolicyCountChanges& counts)
        : policies_{policies}, counts_{counts} {}

    /// `stored`: the host's rows. Returns its answers as they are from now on.
    PolicyAnswers add(const HostUpdate& update, TeamId team, std::span<const StoredAnswer> stored) {
        const PolicyReport& report = *update.policies;
        PolicyAnswers standing;
        for (const StoredAnswer& row : stored) {
            if (!applies(report, row.policy)) {
                remove(row, team);
            } else if (store::counts(row, policies_)) {
                standing.set(row.policy, to_answer(row.passes));
            }
        }
        report.answers.each([&](PolicyId policy, PolicyAnswer answer) {
            const auto known = policies_.find(policy);
            // Deleted meanwhile, or asked with a query that has changed since.
            if (known == policies_.end() || known->second.answers_since > report.revision) return;
            const auto row = std::lower_bound(
                stored.begin(),
                stored.end(),
                policy,
                [](const StoredAnswer& one, PolicyId id) { return one.policy < id; }
            );
            const bool is_there = row != stored.end() && row->policy == policy;
            put(update, team, policy, answer, is_there ? &*row : nullptr);
            standing.set(policy, answer);
        });
        return standing;
    }

    bool changes(HostId host) const { return states_.contains(host); }

    void write(Session& session) {
        if (!upserts_.empty()) {
            session.insert_many(
                "save_policy_answers",
                "INSERT INTO policy_membership (host_id, policy_id, passes, revision, since) "
                "VALUES ",
                "(?, ?, ?, ?, ?)",
                " ON DUPLICATE KEY UPDATE passes = VALUES(passes), revision = VALUES(revision), "
                "since = VALUES(since)",
                upserts_,
                5
            );
        }
        delete_answers(session, deletes_);
        write_policy_states(session, states_);
        if (!events_.empty()) {
            session.insert_many(
                "note_policy_failures",
                "INSERT INTO policy_automation_events (policy_id, host_id, created_at) VALUES ",
                "(?, ?, ?)",
                " ON DUPLICATE KEY UPDATE created_at = VALUES(created_at)",
                events_,
                3
            );
        }
    }

private:
    /// A policy that is newer than the questions is left to those who know it.
    bool applies(const PolicyReport& report, PolicyId policy) const {
        const auto& asked = report.applicable->ids;
        if (std::binary_search(asked.begin(), asked.end(), policy)) return true;
        const auto known = policies_.find(policy);
        return known != policies_.end() && known->second.answers_since > report.revision;
    }

    void put(
        const HostUpdate& update,
        TeamId team,
        PolicyId policy,
        PolicyAnswer answer,
        const StoredAnswer* row
    ) {
        const std::optional<bool> passes = to_passes(answer);
        const bool known = row != nullptr && store::counts(*row, policies_);
        const bool was_failing = known && row->passes == false;
        if (passes == false) note_failure(update, policy, was_failing);
        if (known && row->passes == passes) return;
        if (known) count_answer(counts_, policy, team, row->passes, -1);
        count_answer(counts_, policy, team, passes, 1);
        const bool counted_as_failing = row != nullptr && row->passes == false;
        states_[update.host].failing += (passes == false ? 1 : 0) - (counted_as_failing ? 1 : 0);
        const Param value = passes ? Param{std::int64_t{*passes ? 1 : 0}} : Param{nullptr};
        for (Param& one : params(update.host, policy, value, update.policies->revision, update.at))
            upserts_.push_back(std::move(one));
    }

    void remove(const StoredAnswer& row, TeamId team) {
        if (store::counts(row, policies_)) count_answer(counts_, row.policy, team, row.passes, -1);
        states_[row.host].failing -= row.passes == false ? 1 : 0;
        deletes_.emplace_back(row.host, row.policy);
    }

    void note_failure(const HostUpdate& update, PolicyId policy, bool was_failing) {
        const auto& automated = update.policies->applicable->automated;
        const auto found = std::find_if(automated.begin(), automated.end(), [&](const auto& one) {
            return one.policy == policy;
        });
        if (found == automated.end() || (was_failing && !found->continuous)) return;
        for (Param& one : params(policy, update.host, update.at))
            events_.push_back(std::move(one));
    }

    const LockedPolicies& policies_;
    PolicyCountChanges& counts_;
    std::vector<Param> upserts_{}, events_{};
    std::vector<std::pair<HostId, PolicyId>> deletes_{};
    std::map<HostId, StateChange> states_{};
};

/// The updates that may change something: all others say what is stored already.
std::vector<const HostUpdate*> news(
    Session& session,
    std::span<const HostUpdate* const> updates,
    std::map<HostId, std::uint64_t>& versions
) {
    std::vector<const HostUpdate*> out;
    std::vector<HostId> hosts;
    for (const HostUpdate* update : updates) {
        if (!update->policies) continue;
        out.push_back(update);
        hosts.push_back(update->host);
    }
    if (out.empty()) return out;
    versions = stored_versions(session, hosts);
    std::erase_if(out, [&](const HostUpdate* update) {
        const auto stored = versions.find(update->host);
        const std::uint64_t version = stored == versions.end() ? 0 : stored->second;
        return !update->policies->changed && version == update->policies->version;
    });
    return out;
}

}  // namespace

std::vector<PolicyStanding> write_policy_reports(
    Session& session,
    std::span<const HostUpdate* const> updates,
    const std::map<HostId, TeamId>& teams,
    PolicyCountChanges& count_changes
) {
    std::map<HostId, std::uint64_t> versions;
    const std::vector<const HostUpdate*> wanted = news(session, updates, versions);
    if (wanted.empty()) return {};
    // Before the answers are read: what is dropped after this has a higher number.
    const std::uint64_t revision = schedule_revision(session);
    std::vector<HostId> hosts;
    std::vector<PolicyId> ids;
    for (const HostUpdate* update : wanted) {
        hosts.push_back(update->host);
        update->policies->answers.each([&](PolicyId policy, PolicyAnswer) { ids.push_back(policy); }
        );
    }
    const std::vector<StoredAnswer> stored = stored_answers(session, hosts);
    for (const StoredAnswer& answer : stored)
        ids.push_back(answer.policy);
    const LockedPolicies policies = lock_policies(session, std::move(ids));

    ReportWriter writer{policies, count_changes};
    std::vector<PolicyStanding> out;
    auto rows = stored.begin();
    for (const HostUpdate* update : wanted) {
        const auto end = std::find_if(rows, stored.end(), [&](const StoredAnswer& one) {
            return one.host != update->host;
        });
        PolicyStanding& standing = out.emplace_back();
        standing.host = update->host;
        standing.revision = revision;
        standing.answers = writer.add(*update, teams.at(update->host), {rows, end});
        const auto version = versions.find(update->host);
        standing.version = (version == versions.end() ? 0 : version->second) +
                           (writer.changes(update->host) ? 1 : 0);
        rows = end;
    }
    writer.write(session);
    return out;
}

}  // namespace fleet::store
