#include <algorithm>
#include <iterator>

#include "fleet/store/label_store.hpp"
#include "fleet/store/schedule_store.hpp"
#include "host_columns.hpp"
#include "label_criteria_sql.hpp"
#include "sql_list.hpp"

namespace fleet::store {
namespace {

const Sql kInsert{
    "insert_label",
    "INSERT INTO labels (name, description, query, platform, label_type, membership, criteria, "
    "team_id, author_id, asked_since, fill_pending) VALUES (?, ?, ?, ?, 0, ?, ?, ?, ?, ?, ?)"};
const Sql kUpdate{"update_label", "UPDATE labels SET name = ?, description = ? WHERE id = ?"};
const Sql kReplace{
    "replace_label",
    "UPDATE labels SET name = ?, description = ?, query = ?, platform = ?, membership = ?, "
    "criteria = ?, team_id = ? WHERE id = ?"};
// Times of change are for what people write, not for what follows from it.
const Sql kStartOver{
    "start_label_over",
    "UPDATE labels SET asked_since = ?, fill_pending = ?, updated_at = updated_at WHERE id = ?"};
const Sql kMoveVersion{
    "move_label_version",
    "UPDATE labels SET membership_version = membership_version + 1, updated_at = updated_at "
    "WHERE id = ?"};
const Sql kLock{"lock_label", "SELECT id FROM labels WHERE id = ? FOR UPDATE"};
const Sql kMembers{
    "members_of_label", "SELECT host_id FROM label_membership WHERE label_id = ? ORDER BY host_id"};
const Sql kRemove{"delete_label", "DELETE FROM labels WHERE id = ?"};
const Sql kFilled{
    "label_filled",
    "UPDATE labels SET fill_pending = 0, membership_version = membership_version + 1, "
    "updated_at = updated_at WHERE id = ?"};

std::optional<std::string> if_any(const std::optional<std::string>& text) {
    return text && !text->empty() ? text : std::nullopt;
}

LabelId insert_one(Session& session, const Label& label, Time now) {
    return LabelId{session.insert(
        kInsert,
        label.name,
        label.description,
        label.query,
        label.platform,
        static_cast<std::int64_t>(label.membership),
        if_any(label.criteria),
        label.team,
        label.author,
        now,
        label.membership == LabelMembership::host_vitals
    )};
}

HostId to_host(const Row& row) {
    return row.id<HostId>(0);
}

/// Turns the members `now` into those that are `wanted`, both sorted. Returns who joined or left.
std::vector<HostId> write_difference(
    Session& session, LabelId id, const std::vector<HostId>& now, const std::vector<HostId>& wanted
) {
    LabelChanges changes;
    LabelChange& change = changes[id];
    std::set_difference(
        wanted.begin(), wanted.end(), now.begin(), now.end(), std::back_inserter(change.joined)
    );
    std::set_difference(
        now.begin(), now.end(), wanted.begin(), wanted.end(), std::back_inserter(change.left)
    );
    std::vector<HostId> touched = change.joined;
    touched.insert(touched.end(), change.left.begin(), change.left.end());
    if (!touched.empty()) write_label_changes(session, changes);
    return touched;
}

/// Makes the sorted `wanted` the members; the label is locked. Returns who joined or left.
std::vector<HostId> replace_members(
    Session& session, LabelId id, const std::vector<HostId>& wanted
) {
    const std::vector<HostId> now = session.rows(kMembers, to_host, id);
    std::vector<HostId> touched = write_difference(session, id, now, wanted);
    if (!touched.empty()) session.execute(kMoveVersion, id);
    return touched;
}

/// Judges the next hosts after `after` by the label's criteria; nothing when there are no more.
std::optional<HostId> fill_some(Database& db, LabelId id, HostId after) {
    static const Sql next{
        "hosts_to_judge", "SELECT id FROM hosts WHERE id > ? ORDER BY id LIMIT 1000 FOR UPDATE"};
    static const Sql members{
        "members_between",
        "SELECT host_id FROM label_membership WHERE label_id = ? AND host_id BETWEEN ? AND ? "
        "ORDER BY host_id"};
    return with_write(db, [&](Session& session) -> std::optional<HostId> {
        const auto label = criteria_label(session, id);
        if (!label) return std::nullopt;  // gone meanwhile, or no longer of this kind
        const std::vector<HostId> hosts = session.rows(next, to_host, after);
        if (hosts.empty()) return std::nullopt;
        const std::vector<HostId> now =
            session.rows(members, to_host, id, hosts.front(), hosts.back());
        write_difference(session, id, now, hosts_that_meet(session, *label, hosts));
        return hosts.back();
    });
}

/// A name that is taken, or a team that is gone, becomes the error that clients know.
template <class Body>
auto write_label(Database& db, Body&& body) -> std::invoke_result_t<Body, Session&> {
    try {
        return with_write(db, std::forward<Body>(body));
    } catch (const DbError& error) {
        if (error.fault == DbFault::duplicate) return fail(Error::conflict("Label", "name"));
        if (error.fault == DbFault::foreign_key) return fail(Error::not_found("Team", ""));
        throw;
    }
}

}  // namespace

Result<LabelId> LabelStore::insert(
    const Label& label, std::span<const HostId> members, Time now, const WithId& record
) {
    return write_label(db_, [&](Session& session) -> Result<LabelId> {
        const LabelId id = insert_one(session, label, now);
        replace_members(session, id, {members.begin(), members.end()});
        bump_revision(session);
        record(session, id);
        return id;
    });
}

Result<std::vector<HostId>> LabelStore::update(
    LabelId id,
    const std::string& name,
    const std::string& description,
    const std::optional<std::vector<HostId>>& members,
    const InTransaction& record
) {
    return write_label(db_, [&](Session& session) -> Result<std::vector<HostId>> {
        if (!session.one(kLock, to_host, id)) return fail(Error::not_found("Label", to_text(id)));
        session.execute(kUpdate, name, description, id);
        std::vector<HostId> touched;
        if (members) touched = replace_members(session, id, *members);
        bump_revision(session);
        record(session);
        return touched;
    });
}

Result<> LabelStore::upsert(
    std::span<const LabelUpsert> labels,
    std::optional<UserId> author,
    Time now,
    const std::function<void(Session&, const LabelUpsert&, LabelId, bool changed)>& record
) {
    return write_label(db_, [&](Session& session) -> Result<> {
        for (const LabelUpsert& upsert : labels) {
            Label label = upsert.label;
            label.author = author;
            LabelId id{};
            bool changed = !upsert.existing || upsert.changed;
            if (upsert.existing) {
                id = *upsert.existing;
                session.one(kLock, to_host, id);
                session.execute(
                    kReplace,
                    label.name,
                    label.description,
                    label.query,
                    label.platform,
                    static_cast<std::int64_t>(label.membership),
                    if_any(label.criteria),
                    label.team,
                    id
                );
                const bool by_criteria = label.membership == LabelMembership::host_vitals;
                if (upsert.starts_over) {
                    session.execute(kStartOver, now, by_criteria, id);
                    // Criteria are judged host by host; what SQL or people said no longer counts.
                    if (!by_criteria) replace_members(session, id, {});
                }
            } else {
                id = insert_one(session, label, now);
            }
            if (upsert.hosts && !replace_members(session, id, *upsert.hosts).empty()) {
                changed = true;
            }
            record(session, upsert, id, changed);
        }
        bump_revision(session);
        return {};
    });
}

Result<> LabelStore::remove(const Label& label, const InTransaction& record) {
    try {
        db_.write([&](Session& session) {
            session.execute(kRemove, label.id);
            bump_revision(session);
            record(session);
        });
    } catch (const DbError& error) {
        if (error.fault != DbFault::foreign_key) throw;
        return fail(Error::invalid(
            "name",
            "label \"" + label.name +
                "\" is in use: take it out of the queries and policies that it limits first"
        ));
    }
    return {};
}

void LabelStore::fill(LabelId id) {
    // The label is already there for check-ins, so a host is judged either here, with its row
    // locked, or by the transaction that changes the row: none is missed.
    HostId last{};
    while (const auto reached = fill_some(db_, id, last))
        last = *reached;
    db_.write([&](Session& session) {
        session.execute(kFilled, id);
        bump_revision(session);
    });
}

std::vector<LabelId> LabelStore::unfilled() {
    static const Sql sql{
        "unfilled_labels", "SELECT id FROM labels WHERE membership = 2 AND fill_pending = 1"};
    return with_read(db_, [](Session& session) {
        return session.rows(sql, [](const Row& row) { return row.id<LabelId>(0); });
    });
}

std::optional<std::optional<TeamId>> LabelStore::team_of_host(HostId host) {
    static const Sql sql{"team_of_labelled_host", "SELECT team_id FROM hosts WHERE id = ?"};
    return with_read(db_, [&](Session& session) {
        return session.one(
            sql, [](const Row& row) { return row.opt_id<TeamId>(0); }, host
        );
    });
}

bool LabelStore::change_host(
    HostId host, std::span<const LabelId> joined, std::span<const LabelId> left, Time now
) {
    static const Sql lock{"lock_host", "SELECT id FROM hosts WHERE id = ? FOR UPDATE"};
    // Lets other instances find the host when they miss the message.
    static const Sql touch{
        "touch_host_labels", "UPDATE hosts SET identity_changed_at = ? WHERE id = ?"};
    return with_write(db_, [&](Session& session) {
        if (!session.one(lock, to_host, host)) return false;
        LabelChanges changes;
        for (const LabelId label : joined)
            changes[label].joined.push_back(host);
        for (const LabelId label : left)
            changes[label].left.push_back(host);
        write_label_changes(session, changes);
        session.execute(touch, now, host);
        return true;
    });
}

}  // namespace fleet::store
