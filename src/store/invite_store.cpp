#include "fleet/store/invite_store.hpp"

#include <algorithm>
#include <map>

#include "list_query.hpp"
#include "sql_list.hpp"

namespace fleet::store {
namespace {

constexpr const char* kSelect = R"sql(
    SELECT i.id, i.email, i.name, i.position, i.sso_enabled, i.mfa_enabled, i.global_role,
        i.invited_by, i.created_at, i.updated_at
    FROM invites i)sql";

const Sql kFind{"find_invite", std::string{kSelect} + " WHERE i.id = ?"};
const Sql kLock{"lock_invite", std::string{kSelect} + " WHERE i.id = ? FOR UPDATE"};
// Index invites_token.
const Sql kFindByToken{"find_invite_by_token", std::string{kSelect} + " WHERE i.token_digest = ?"};
const Sql kLockByToken{
    "lock_invite_by_token", std::string{kSelect} + " WHERE i.token_digest = ? FOR UPDATE"};
// Index invites_email, whose collation ignores case.
const Sql kByEmail{"invite_of_email", "SELECT 1 FROM invites WHERE email = ?"};
const Sql kInsert{"insert_invite", R"sql(
    INSERT INTO invites (token_digest, email, name, position, sso_enabled, mfa_enabled,
        global_role, invited_by, created_at)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
)sql"};
const Sql kUpdate{"update_invite", R"sql(
    UPDATE invites SET email = ?, name = ?, position = ?, sso_enabled = ?, mfa_enabled = ?,
        global_role = ?
    WHERE id = ?
)sql"};
const Sql kRemove{"delete_invite", "DELETE FROM invites WHERE id = ?"};
const Sql kClearTeams{"clear_invite_teams", "DELETE FROM invite_teams WHERE invite_id = ?"};

constexpr SortColumn kColumns[] = {
    {"id", "i.id"},
    {"name", "i.name"},
    {"email", "i.email"},
    {"global_role", "i.global_role"},
    {"created_at", "i.created_at"},
    {"updated_at", "i.updated_at"},
};

std::optional<std::string> role_text(std::optional<Role> role) {
    if (!role) return std::nullopt;
    return std::string{to_text(*role)};
}

Invite to_invite(const Row& row) {
    return {
        .id = row.id<InviteId>(0),
        .email = row.str(1),
        .name = row.str(2),
        .position = row.str(3),
        .sso_enabled = row.boolean(4),
        .mfa_enabled = row.boolean(5),
        .global_role = parse_role(row.str(6)),
        .teams = {},
        .invited_by = row.id<UserId>(7),
        .created_at = row.time(8),
        .updated_at = row.time(9),
    };
}

/// Fills in the team roles of all of them with one select for every thousand.
void add_teams(Session& session, std::span<Invite> invites) {
    std::map<InviteId, Invite*> by_id;
    std::vector<InviteId> ids;
    for (Invite& invite : invites) {
        by_id[invite.id] = &invite;
        ids.push_back(invite.id);
    }
    for (std::size_t at = 0; at < ids.size(); at += kMaxList) {
        const std::span<const InviteId> some{ids.data() + at, std::min(kMaxList, ids.size() - at)};
        const auto values = id_params(some);
        const Sql sql{
            "invite_teams",
            "SELECT it.invite_id, t.id, t.name, it.role FROM invite_teams it "
            "JOIN teams t ON t.id = it.team_id WHERE it.invite_id IN " +
                placeholders(values.size()) + " ORDER BY t.id"};
        session.select(sql, values, [&](const Row& row) {
            const auto role = parse_role(row.str(3));
            if (!role) return;
            by_id[row.id<InviteId>(0)]->teams.push_back(
                {.team = row.id<TeamId>(1), .team_name = row.str(2), .role = *role}
            );
        });
    }
}

template <class Key>
std::optional<Invite> find_one(Session& session, const Sql& sql, const Key& key) {
    auto invite = session.one(sql, to_invite, key);
    if (invite) add_teams(session, {&*invite, 1});
    return invite;
}

void insert_teams(Session& session, InviteId id, std::span<const TeamRole> teams) {
    std::vector<Param> values;
    for (const TeamRole& team : teams) {
        for (const Param& value : params(id, team.team, to_text(team.role)))
            values.push_back(value);
    }
    session.insert_many(
        "insert_invite_teams",
        "INSERT INTO invite_teams (invite_id, team_id, role) VALUES",
        "(?, ?, ?)",
        "ON DUPLICATE KEY UPDATE role = VALUES(role)",
        values,
        3
    );
}

/// Runs a write; what it may collide with becomes an error for the client.
template <class Write>
auto taken_or_missing(Write&& write) -> decltype(write()) {
    try {
        return write();
    } catch (const DbError& error) {
        if (error.fault == DbFault::duplicate) return fail(Error::conflict("Invite", "email"));
        if (error.fault != DbFault::foreign_key) throw;
        return fail(Error::invalid("teams.id", "no such team"));
    }
}

}  // namespace

std::optional<Invite> InviteStore::find(const Digest& token) {
    return with_read(db_, [&](Session& session) { return find_one(session, kFindByToken, token); });
}

std::vector<Invite> InviteStore::list(const Paging& paging) {
    ListQuery query{"list_invites", kSelect};
    if (!paging.query.empty()) {
        const std::string pattern = like_pattern(paging.query);
        query.where("i.name LIKE ? OR i.email LIKE ?", pattern, pattern);
    }
    query.page(paging, kColumns, kColumns[0], "i.id");
    return with_read(db_, [&](Session& session) {
        std::vector<Invite> invites;
        session.select(query.sql(), query.values(), [&](const Row& row) {
            invites.push_back(to_invite(row));
        });
        add_teams(session, invites);
        return invites;
    });
}

bool InviteStore::invites(const std::string& email) {
    return with_read(db_, [&](Session& session) { return invites(session, email); });
}

bool InviteStore::invites(Session& session, const std::string& email) {
    return session
        .one(
            kByEmail, [](const Row&) { return true; }, email
        )
        .value_or(false);
}

std::optional<Invite> InviteStore::find(Session& session, InviteId id) {
    return find_one(session, kFind, id);
}

std::optional<Invite> InviteStore::lock(Session& session, InviteId id) {
    return find_one(session, kLock, id);
}

std::optional<Invite> InviteStore::lock(Session& session, const Digest& token) {
    return find_one(session, kLockByToken, token);
}

Result<InviteId> InviteStore::insert(Session& session, const Invite& invite, const Digest& token) {
    return taken_or_missing([&]() -> Result<InviteId> {
        const InviteId id{session.insert(
            kInsert,
            token,
            invite.email,
            invite.name,
            invite.position,
            invite.sso_enabled,
            invite.mfa_enabled,
            role_text(invite.global_role),
            invite.invited_by,
            invite.created_at
        )};
        insert_teams(session, id, invite.teams);
        return id;
    });
}

Result<> InviteStore::update(Session& session, const Invite& invite) {
    return taken_or_missing([&]() -> Result<> {
        session.execute(
            kUpdate,
            invite.email,
            invite.name,
            invite.position,
            invite.sso_enabled,
            invite.mfa_enabled,
            role_text(invite.global_role),
            invite.id
        );
        session.execute(kClearTeams, invite.id);
        insert_teams(session, invite.id, invite.teams);
        return {};
    });
}

bool InviteStore::remove(Session& session, InviteId id) {
    return session.execute(kRemove, id) > 0;
}

}  // namespace fleet::store
