#include <algorithm>

#include "fleet/store/policy_store.hpp"
#include "fleet/store/schedule_store.hpp"
#include "policy_rows.hpp"
#include "sql_where.hpp"

namespace fleet::store {
namespace {

const Sql kInsert{
    "insert_policy",
    "INSERT INTO policies (team_id, team_key, name, description, query, resolution, platform, "
    "critical, calendar_events_enabled, conditional_access_enabled, "
    "continuous_automations_enabled, software_title_id, software_installer_id, script_id, "
    "author_id, author_name, author_email) "
    "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"};
const Sql kUpdate{
    "update_policy",
    "UPDATE policies SET name = ?, description = ?, query = ?, resolution = ?, platform = ?, "
    "critical = ?, calendar_events_enabled = ?, conditional_access_enabled = ?, "
    "continuous_automations_enabled = ?, software_title_id = ?, software_installer_id = ?, "
    "script_id = ? WHERE id = ?"};
// After bump_revision(): the schedule that holds the change has this number.
const Sql kStamp{
    "stamp_policy",
    "UPDATE policies SET answers_since = (SELECT version FROM app_config WHERE id = 1), "
    "updated_at = updated_at WHERE id = ?"};
const Sql kDropCounts{"drop_policy_counts", "DELETE FROM policy_counts WHERE policy_id = ?"};
const Sql kDropEvents{
    "drop_policy_events", "DELETE FROM policy_automation_events WHERE policy_id = ?"};
const Sql kDropLabels{"drop_policy_labels", "DELETE FROM policy_labels WHERE policy_id = ?"};
const Sql kCleanUp{
    "note_policy_cleanup",
    "INSERT INTO policy_cleanups (policy_id) VALUES (?) "
    "ON DUPLICATE KEY UPDATE ticket = ticket + 1"};
const Sql kFailAgain{
    "fail_policy_again",
    "INSERT INTO policy_automation_events (policy_id, host_id, created_at) "
    "SELECT m.policy_id, m.host_id, ? FROM policy_membership m "
    "JOIN policies p ON p.id = m.policy_id AND m.revision >= p.answers_since "
    "WHERE m.policy_id = ? AND m.passes = 0 ORDER BY m.host_id "
    "ON DUPLICATE KEY UPDATE created_at = VALUES(created_at)"};

void write_labels(Session& session, PolicyId id, const PolicyLabels& labels) {
    session.execute(kDropLabels, id);
    std::vector<Param> values;
    for (const auto kind :
         {PolicyLabelKind::include_any,
          PolicyLabelKind::include_all,
          PolicyLabelKind::exclude_any,
          PolicyLabelKind::exclude_all}) {
        for (const LabelRef& label : labels_of(labels, kind)) {
            for (Param& value : params(id, label.id, kind))
                values.push_back(std::move(value));
        }
    }
    if (values.empty()) return;
    session.insert_many(
        "insert_policy_labels",
        "INSERT IGNORE INTO policy_labels (policy_id, label_id, kind) VALUES ",
        "(?, ?, ?)",
        "",
        values,
        3
    );
}

PolicyId insert_one(
    Session& session, std::optional<TeamId> team, const PolicyFields& f, const QueryAuthor& author
) {
    const auto row = team && raw(*team) != 0 ? team : std::nullopt;
    const auto id = static_cast<PolicyId>(session.insert(
        kInsert,
        row,
        team_key(team),
        f.name,
        f.description,
        f.sql,
        f.resolution,
        f.platform,
        f.critical,
        f.calendar_events,
        f.conditional_access,
        f.continuous_automations,
        f.software_title,
        f.software_installer,
        f.script,
        author.id,
        author.name,
        author.email
    ));
    write_labels(session, id, f.labels);
    return id;
}

void update_one(Session& session, PolicyId id, const PolicyFields& f) {
    session.execute(
        kUpdate,
        f.name,
        f.description,
        f.sql,
        f.resolution,
        f.platform,
        f.critical,
        f.calendar_events,
        f.conditional_access,
        f.continuous_automations,
        f.software_title,
        f.software_installer,
        f.script,
        id
    );
    write_labels(session, id, f.labels);
}

/// Those that are waited for by agents' answers too: taken in one order.
void lock_all(Session& session, std::vector<PolicyId> ids) {
    std::sort(ids.begin(), ids.end());
    for (std::size_t at = 0; at < ids.size(); at += kMaxList) {
        const std::span<const PolicyId> some{ids.data() + at, std::min(kMaxList, ids.size() - at)};
        const std::vector<Param> values = id_params(some);
        session.select(
            Sql{"lock_policies_to_change",
                "SELECT id FROM policies WHERE id IN " + placeholders(values.size()) +
                    " ORDER BY id FOR UPDATE"},
            values,
            [](const Row&) {}
        );
    }
}

/// What a change means for answers; after bump_revision().
void follow(Session& session, PolicyId id, PolicyChange change) {
    if (change == PolicyChange::keeps_answers) return;
    if (change == PolicyChange::drops_answers) {
        session.execute(kStamp, id);
        session.execute(kDropCounts, id);
        session.execute(kDropEvents, id);
    }
    session.execute(kCleanUp, id);
}

/// Runs a change; a name that is taken becomes the error that clients know.
template <class Body>
auto write_policy(Database& db, Body&& body) -> std::invoke_result_t<Body, Session&> {
    try {
        return with_write(db, std::forward<Body>(body));
    } catch (const DbError& error) {
        if (error.fault == DbFault::duplicate) return fail(Error::conflict("Policy", "name"));
        throw;
    }
}

}  // namespace

Result<PolicyId> PolicyStore::insert(
    std::optional<TeamId> team,
    const PolicyFields& fields,
    const QueryAuthor& author,
    const std::function<void(Session&, PolicyId)>& record
) {
    return write_policy(db_, [&](Session& session) -> Result<PolicyId> {
        const PolicyId id = insert_one(session, team, fields, author);
        bump_revision(session);
        session.execute(kStamp, id);
        record(session, id);
        return id;
    });
}

Result<> PolicyStore::update(
    PolicyId id, const PolicyFields& fields, PolicyChange change, const InTransaction& record
) {
    return write_policy(db_, [&](Session& session) -> Result<> {
        update_one(session, id, fields);
        bump_revision(session);
        follow(session, id, change);
        record(session);
        return {};
    });
}

Result<> PolicyStore::upsert(
    std::span<const PolicyUpsert> policies, const QueryAuthor& author, const InTransaction& record
) {
    return write_policy(db_, [&](Session& session) -> Result<> {
        std::vector<PolicyId> known;
        for (const PolicyUpsert& policy : policies) {
            if (policy.existing) known.push_back(*policy.existing);
        }
        lock_all(session, known);
        std::vector<std::pair<PolicyId, PolicyChange>> changes;
        for (const PolicyUpsert& policy : policies) {
            if (policy.existing) {
                update_one(session, *policy.existing, policy.fields);
                changes.emplace_back(*policy.existing, policy.change);
            } else {
                const PolicyId id = insert_one(session, policy.team, policy.fields, author);
                changes.emplace_back(id, PolicyChange::drops_answers);
            }
        }
        bump_revision(session);
        for (const auto& [id, change] : changes)
            follow(session, id, change);
        record(session);
        return {};
    });
}

void PolicyStore::remove(std::span<const PolicyId> ids, const InTransaction& record) {
    if (ids.empty()) return;
    db_.write([&](Session& session) {
        lock_all(session, {ids.begin(), ids.end()});
        for (std::size_t at = 0; at < ids.size(); at += kMaxList) {
            const std::vector<Param> values =
                id_params(ids.subspan(at, std::min(kMaxList, ids.size() - at)));
            session.run(
                Sql{"delete_policies",
                    "DELETE FROM policies WHERE id IN " + placeholders(values.size())},
                values
            );
        }
        // A statement each: people delete a handful at a time.
        for (const PolicyId id : ids)
            session.execute(kCleanUp, id);
        bump_revision(session);
        record(session);
    });
}

void PolicyStore::reset(PolicyId id) {
    db_.write([&](Session& session) {
        lock_all(session, {id});
        bump_revision(session);
        follow(session, id, PolicyChange::drops_answers);
    });
}

void PolicyStore::fail_again(std::span<const PolicyId> ids, Time now) {
    for (const PolicyId id : ids)
        db_.write([&](Session& session) { session.execute(kFailAgain, now, id); });
}

}  // namespace fleet::store
