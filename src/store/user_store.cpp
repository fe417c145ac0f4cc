#include "fleet/store/user_store.hpp"

#include <algorithm>
#include <map>

#include "list_query.hpp"
#include "sql_list.hpp"
#include "viewer_rows.hpp"

namespace fleet::store {
namespace {

constexpr const char* kSelect = R"sql(
    SELECT u.id, u.name, u.email, u.global_role, u.position, u.gravatar_url, u.sso_enabled,
        u.mfa_enabled, u.api_only, u.force_password_reset, u.settings, u.created_at, u.updated_at,
        u.api_endpoints
    FROM users u)sql";

const Sql kAny{"any_user", "SELECT 1 FROM users LIMIT 1"};
const Sql kFind{"find_user", std::string{kSelect} + " WHERE u.id = ?"};
const Sql kLock{"lock_user", std::string{kSelect} + " WHERE u.id = ? FOR UPDATE"};
// Index users_email, whose collation ignores case.
const Sql kFindByEmail{"find_user_by_email", std::string{kSelect} + " WHERE u.email = ?"};
const Sql kPasswordHash{"user_password", "SELECT password_hash FROM users WHERE id = ?"};

const Sql kInsert{"insert_user", R"sql(
    INSERT INTO users (name, email, password_hash, global_role, position, gravatar_url,
        sso_enabled, mfa_enabled, api_only, force_password_reset, settings, api_endpoints)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
)sql"};
const Sql kUpdate{"update_user", R"sql(
    UPDATE users SET name = ?, email = ?, global_role = ?, position = ?, gravatar_url = ?,
        sso_enabled = ?, mfa_enabled = ?, force_password_reset = ?, settings = ?,
        api_endpoints = ?
    WHERE id = ?
)sql"};
const Sql kSetPassword{
    "set_user_password",
    "UPDATE users SET password_hash = ?, force_password_reset = ? WHERE id = ?"};
const Sql kRemove{"delete_user", "DELETE FROM users WHERE id = ?"};
const Sql kTeamByName{"team_id_by_name", "SELECT id FROM teams WHERE name = ?"};
const Sql kLockByEmail{
    "lock_user_by_email", std::string{kSelect} + " WHERE u.email = ? FOR UPDATE"};
const Sql kClearTeams{"clear_user_teams", "DELETE FROM user_teams WHERE user_id = ?"};
const Sql kLockAdmins{
    "lock_global_admins",
    "SELECT id FROM users WHERE global_role = 'admin' ORDER BY id FOR UPDATE"};

constexpr SortColumn kColumns[] = {
    {"id", "u.id"},
    {"name", "u.name"},
    {"email", "u.email"},
    {"global_role", "u.global_role"},
    {"position", "u.position"},
    {"api_only", "u.api_only"},
    {"created_at", "u.created_at"},
    {"updated_at", "u.updated_at"},
};

std::optional<std::string> role_text(std::optional<Role> role) {
    if (!role) return std::nullopt;
    return std::string{to_text(*role)};
}

std::optional<std::string> settings_text(const User& user) {
    if (user.settings.empty()) return std::nullopt;
    return user.settings;
}

User to_user(const Row& row) {
    return {
        .id = row.id<UserId>(0),
        .name = row.str(1),
        .email = row.str(2),
        .global_role = parse_role(row.str(3)),
        .teams = {},
        .position = row.str(4),
        .gravatar_url = row.str(5),
        .sso_enabled = row.boolean(6),
        .mfa_enabled = row.boolean(7),
        .api_only = row.boolean(8),
        .force_password_reset = row.boolean(9),
        .settings = row.str(10),
        .api_endpoints = parse_endpoints(row.opt_str(13)),
        .created_at = row.time(11),
        .updated_at = row.time(12),
    };
}

/// Fills in the team roles of all of them with one select for every thousand.
void add_teams(Session& session, std::span<User> users) {
    std::map<UserId, User*> by_id;
    std::vector<UserId> ids;
    for (User& user : users) {
        by_id[user.id] = &user;
        ids.push_back(user.id);
    }
    for (std::size_t at = 0; at < ids.size(); at += kMaxList) {
        const std::span<const UserId> some{ids.data() + at, std::min(kMaxList, ids.size() - at)};
        const auto values = id_params(some);
        const Sql sql{
            "user_teams",
            "SELECT ut.user_id, t.id, t.name, ut.role FROM user_teams ut "
            "JOIN teams t ON t.id = ut.team_id WHERE ut.user_id IN " +
                placeholders(values.size()) + " ORDER BY t.id"};
        session.select(sql, values, [&](const Row& row) {
            const auto role = parse_role(row.str(3));
            if (!role) return;
            by_id[row.id<UserId>(0)]->teams.push_back(
                {.team = row.id<TeamId>(1), .team_name = row.str(2), .role = *role}
            );
        });
    }
}

template <class Key>
std::optional<User> find_one(Session& session, const Sql& sql, const Key& key) {
    auto user = session.one(sql, to_user, key);
    if (user) add_teams(session, {&*user, 1});
    return user;
}

/// What a failed insert or update of account or roles means to the client.
Error to_error(const DbError& error) {
    if (error.fault == DbFault::duplicate) return Error::conflict("User", "email");
    return Error::invalid("teams.id", "no such team");
}

bool is_expected(const DbError& error) {
    return error.fault == DbFault::duplicate || error.fault == DbFault::foreign_key;
}

void insert_teams(Session& session, UserId id, std::span<const TeamRole> teams) {
    std::vector<Param> values;
    for (const TeamRole& team : teams) {
        for (const Param& value : params(id, team.team, to_text(team.role))) {
            values.push_back(value);
        }
    }
    session.insert_many(
        "insert_user_teams",
        "INSERT INTO user_teams (user_id, team_id, role) VALUES",
        "(?, ?, ?)",
        "ON DUPLICATE KEY UPDATE role = VALUES(role)",
        values,
        3
    );
}

}  // namespace

bool UserStore::any() {
    return with_read(db_, [&](Session& session) { return any(session); });
}

bool UserStore::any(Session& session) {
    return session.one(kAny, [](const Row&) { return true; }).value_or(false);
}

std::optional<User> UserStore::find(UserId id) {
    return with_read(db_, [&](Session& session) { return find(session, id); });
}

std::optional<User> UserStore::find(Session& session, UserId id) {
    return find_one(session, kFind, id);
}

std::optional<User> UserStore::lock(Session& session, UserId id) {
    return find_one(session, kLock, id);
}

std::optional<User> UserStore::find_by_email(const std::string& email) {
    return with_read(db_, [&](Session& session) { return find_one(session, kFindByEmail, email); });
}

std::optional<User> UserStore::lock_by_email(Session& session, const std::string& email) {
    return find_one(session, kLockByEmail, email);
}

std::optional<TeamId> UserStore::team_by_name(Session& session, const std::string& name) {
    return session.one(
        kTeamByName, [](const Row& row) { return row.id<TeamId>(0); }, name
    );
}

std::vector<User> UserStore::list(const Paging& paging, std::optional<TeamId> team) {
    ListQuery query{"list_users", kSelect};
    if (team) {
        query.where("u.id IN (SELECT user_id FROM user_teams WHERE team_id = ?)", *team);
    }
    if (!paging.query.empty()) {
        const std::string pattern = like_pattern(paging.query);
        query.where("u.name LIKE ? OR u.email LIKE ?", pattern, pattern);
    }
    query.page(paging, kColumns, kColumns[0], "u.id");
    return with_read(db_, [&](Session& session) {
        std::vector<User> users;
        session.select(query.sql(), query.values(), [&](const Row& row) {
            users.push_back(to_user(row));
        });
        add_teams(session, users);
        return users;
    });
}

std::string UserStore::password_hash(UserId id) {
    return with_read(db_, [&](Session& session) {
        return session
            .one(
                kPasswordHash, [](const Row& row) { return row.str(0); }, id
            )
            .value_or("");
    });
}

Result<UserId> UserStore::insert(
    Session& session, const User& user, const std::string& password_hash
) {
    try {
        const UserId id{session.insert(
            kInsert,
            user.name,
            user.email,
            password_hash,
            role_text(user.global_role),
            user.position,
            user.gravatar_url,
            user.sso_enabled,
            user.mfa_enabled,
            user.api_only,
            user.force_password_reset,
            settings_text(user),
            endpoints_text(user.api_endpoints)
        )};
        insert_teams(session, id, user.teams);
        return id;
    } catch (const DbError& error) {
        if (!is_expected(error)) throw;
        return fail(to_error(error));
    }
}

Result<> UserStore::update(Session& session, const User& user) {
    try {
        session.execute(
            kUpdate,
            user.name,
            user.email,
            role_text(user.global_role),
            user.position,
            user.gravatar_url,
            user.sso_enabled,
            user.mfa_enabled,
            user.force_password_reset,
            settings_text(user),
            endpoints_text(user.api_endpoints),
            user.id
        );
        session.execute(kClearTeams, user.id);
        insert_teams(session, user.id, user.teams);
        return {};
    } catch (const DbError& error) {
        if (!is_expected(error)) throw;
        return fail(to_error(error));
    }
}

void UserStore::set_password(
    Session& session, UserId id, const std::string& hash, bool must_reset
) {
    session.execute(kSetPassword, hash, must_reset, id);
}

bool UserStore::remove(Session& session, UserId id) {
    return session.execute(kRemove, id) > 0;
}

bool UserStore::has_other_global_admin(Session& session, UserId id) {
    const auto admins = session.rows(kLockAdmins, [](const Row& row) { return row.id<UserId>(0); });
    return std::any_of(admins.begin(), admins.end(), [&](UserId admin) { return admin != id; });
}

}  // namespace fleet::store
