#include <algorithm>

#include "fleet/store/pack_store.hpp"
#include "fleet/store/schedule_store.hpp"
#include "sql_where.hpp"

namespace fleet::store {
namespace {

const Sql kInsert{
    "insert_pack", "INSERT INTO packs (name, description, platform, disabled) VALUES (?, ?, ?, ?)"};
const Sql kUpdate{
    "update_pack",
    "UPDATE packs SET name = ?, description = ?, platform = ?, disabled = ? WHERE id = ?"};
const Sql kDelete{"delete_pack", "DELETE FROM packs WHERE id = ?"};
const Sql kDropLabels{"drop_pack_labels", "DELETE FROM pack_labels WHERE pack_id = ?"};
const Sql kDropHosts{"drop_pack_hosts", "DELETE FROM pack_hosts WHERE pack_id = ?"};
const Sql kDropTeams{"drop_pack_teams", "DELETE FROM pack_teams WHERE pack_id = ?"};
const Sql kDropQueries{"drop_pack_queries", "DELETE FROM pack_queries WHERE pack_id = ?"};
const Sql kInsertQuery{
    "insert_pack_query",
    "INSERT INTO pack_queries (pack_id, query_id, name, description, schedule_interval, snapshot, "
    "removed, denylist, shard, platform, version) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"};
const Sql kUpdateQuery{
    "update_pack_query",
    "UPDATE pack_queries SET query_id = ?, name = ?, description = ?, schedule_interval = ?, "
    "snapshot = ?, removed = ?, denylist = ?, shard = ?, platform = ?, version = ? WHERE id = ?"};
const Sql kDeleteQuery{"delete_pack_query", "DELETE FROM pack_queries WHERE id = ?"};

template <class Id>
void insert_targets(
    Session& session, const char* name, const char* head, PackId pack, std::vector<Id> ids
) {
    if (ids.empty()) return;
    std::sort(ids.begin(), ids.end());
    ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
    std::vector<Param> values;
    for (const Id id : ids) {
        for (Param& value : params(pack, id))
            values.push_back(std::move(value));
    }
    session.insert_many(name, head, "(?, ?)", "", values, 2);
}

void write_targets(Session& session, PackId pack, const PackTargets& targets) {
    for (const Sql* drop : {&kDropLabels, &kDropHosts, &kDropTeams})
        session.execute(*drop, pack);
    insert_targets(
        session,
        "insert_pack_labels",
        "INSERT INTO pack_labels (pack_id, label_id) VALUES ",
        pack,
        targets.labels
    );
    insert_targets(
        session,
        "insert_pack_hosts",
        "INSERT INTO pack_hosts (pack_id, host_id) VALUES ",
        pack,
        targets.hosts
    );
    insert_targets(
        session,
        "insert_pack_teams",
        "INSERT INTO pack_teams (pack_id, team_id) VALUES ",
        pack,
        targets.teams
    );
}

PackId insert_one(Session& session, const PackFields& fields) {
    const auto id = static_cast<PackId>(
        session.insert(kInsert, fields.name, fields.description, fields.platform, fields.disabled)
    );
    write_targets(session, id, fields.targets);
    return id;
}

void update_one(Session& session, PackId id, const PackFields& fields) {
    session.execute(kUpdate, fields.name, fields.description, fields.platform, fields.disabled, id);
    write_targets(session, id, fields.targets);
}

PackQueryId insert_query_row(Session& session, PackId pack, const PackQueryFields& fields) {
    return static_cast<PackQueryId>(session.insert(
        kInsertQuery,
        pack,
        fields.query,
        fields.name,
        fields.description,
        fields.interval,
        fields.snapshot,
        fields.removed,
        fields.denylist,
        fields.shard,
        fields.platform,
        fields.version
    ));
}

/// Runs a change; taken names and targets that are gone become errors that clients know.
template <class Body>
auto write_pack(Database& db, Body&& body) -> std::invoke_result_t<Body, Session&> {
    try {
        return with_write(db, [&](Session& session) {
            auto out = body(session);
            if (out) bump_revision(session);
            return out;
        });
    } catch (const DbError& error) {
        if (error.fault == DbFault::duplicate) return fail(Error::conflict("Pack", "name"));
        if (error.fault == DbFault::foreign_key) {
            return fail(
                Error::bad_request("pack payload verification: a target or query does not exist")
            );
        }
        throw;
    }
}

}  // namespace

Result<PackId> PackStore::insert(
    const PackFields& fields, const std::function<void(Session&, PackId)>& record
) {
    return write_pack(db_, [&](Session& session) -> Result<PackId> {
        const PackId id = insert_one(session, fields);
        record(session, id);
        return id;
    });
}

Result<> PackStore::update(PackId id, const PackFields& fields, const InTransaction& record) {
    return write_pack(db_, [&](Session& session) -> Result<> {
        update_one(session, id, fields);
        record(session);
        return {};
    });
}

void PackStore::remove(PackId id, const InTransaction& record) {
    db_.write([&](Session& session) {
        session.execute(kDelete, id);
        bump_revision(session);
        record(session);
    });
}

Result<> PackStore::apply(std::span<const PackUpsert> packs, const InTransaction& record) {
    return write_pack(db_, [&](Session& session) -> Result<> {
        // A handful of packs by hand, so a statement each is fine.
        for (const PackUpsert& pack : packs) {
            PackId id{};
            if (pack.existing) {
                id = *pack.existing;
                update_one(session, id, pack.fields);
                session.execute(kDropQueries, id);
            } else {
                id = insert_one(session, pack.fields);
            }
            for (const PackQueryFields& query : pack.queries)
                insert_query_row(session, id, query);
        }
        record(session);
        return {};
    });
}

Result<PackQueryId> PackStore::insert_query(
    PackId pack, const PackQueryFields& fields, const InTransaction& record
) {
    return write_pack(db_, [&](Session& session) -> Result<PackQueryId> {
        const PackQueryId id = insert_query_row(session, pack, fields);
        record(session);
        return id;
    });
}

Result<> PackStore::update_query(
    PackQueryId id, const PackQueryFields& fields, const InTransaction& record
) {
    return write_pack(db_, [&](Session& session) -> Result<> {
        session.execute(
            kUpdateQuery,
            fields.query,
            fields.name,
            fields.description,
            fields.interval,
            fields.snapshot,
            fields.removed,
            fields.denylist,
            fields.shard,
            fields.platform,
            fields.version,
            id
        );
        record(session);
        return {};
    });
}

void PackStore::remove_query(PackQueryId id, const InTransaction& record) {
    db_.write([&](Session& session) {
        session.execute(kDeleteQuery, id);
        bump_revision(session);
        record(session);
    });
}

}  // namespace fleet::store
