#include "integration/contract/fixtures.hpp"

#include <atomic>
#include <stdexcept>

namespace fleet::test {

namespace {

std::string random_uuid_text() {
    static std::atomic<int> counter{0};
    std::string digits = std::to_string(++counter);
    digits.insert(0, 12 - digits.size(), '0');
    return "5eed0000-0000-4000-8000-" + digits;
}

}  // namespace

Fixtures::Fixtures(Stack& stack, Hosts hosts)
    : stack_{stack}, hosts_{hosts}, sql_{stack.sql()}, team_name_{unique_name("team")} {
    team_id_ = make_team(team_name_);
}

std::string Fixtures::insert(const std::string& sql) {
    sql_.execute(sql);
    return sql_.value("SELECT LAST_INSERT_ID()");
}

std::string Fixtures::make_host(const std::string& uuid, Where where) {
    const std::string team = where == Where::team ? team_id_ : "NULL";
    return insert(
        "INSERT INTO hosts (osquery_host_id, uuid, hostname, display_name, platform, team_id) "
        "VALUES ('" +
        uuid + "', '" + uuid + "', 'h-" + uuid + "', 'h-" + uuid + "', 'ubuntu', " + team + ")"
    );
}

std::string Fixtures::make_team(const std::string& name) {
    const auto answer = stack_.admin().post("/teams", {{"name", name}});
    if (answer.status != 200) throw std::runtime_error("create team: " + answer.text());
    return answer.json().at("team").at("id").dump();
}

std::string Fixtures::make_policy(Where where) {
    const bool in_team = where == Where::team;
    return insert(
        "INSERT INTO policies (team_id, team_key, name, description, query) VALUES (" +
        (in_team ? team_id_ + ", " + team_id_ : "NULL, -1") + ", '" + unique_name("policy") +
        "', '', 'SELECT 1')"
    );
}

std::string Fixtures::make_pack(const std::string& name) {
    return insert("INSERT INTO packs (name, description) VALUES ('" + name + "', '')");
}

std::string Fixtures::make_pack_query() {
    return insert(
        "INSERT INTO pack_queries (pack_id, query_id, name, description, schedule_interval) VALUES "
        "(" +
        make_pack(unique_name("pack")) + ", " + make_query(unique_name("query"), Where::global) +
        ", 'q', '', 60)"
    );
}

std::string Fixtures::make_invite() {
    const auto name = unique_name("invited");
    return insert(
        "INSERT INTO invites (token_digest, email, name, global_role, invited_by) VALUES "
        "(UNHEX(SHA2('" +
        name + "', 256)), '" + name + "@example.test', 'n', 'observer', 1)"
    );
}

/// "ID/tokens/TOKEN" of somebody.
std::string Fixtures::make_user_token() {
    const auto user = make_user(Where::global, true);
    const auto token = insert(
        "INSERT INTO api_tokens (user_id, name, token_digest, read_only) VALUES (" + user +
        ", 't', UNHEX(SHA2('" + unique_name("token") + "', 256)), 1)"
    );
    return user + "/tokens/" + token;
}

std::string Fixtures::make_query(
    const std::string& name, Where where, bool runnable, int interval
) {
    const bool in_team = where == Where::team;
    return insert(
        "INSERT INTO queries (team_id, team_key, name, description, query, observer_can_run, "
        "schedule_interval) VALUES (" +
        (in_team ? team_id_ : "NULL") + ", " + (in_team ? team_id_ : "0") + ", '" + name +
        "', '', 'SELECT 1', " + (runnable ? "1" : "0") + ", " + std::to_string(interval) + ")"
    );
}

std::string Fixtures::make_label(const std::string& name, Where where, int membership) {
    return insert(
        "INSERT INTO labels (name, query, membership, team_id) VALUES ('" + name + "', '" +
        (membership == 0 ? "SELECT 1" : "") + "', " + std::to_string(membership) + ", " +
        (where == Where::team ? team_id_ : "NULL") + ")"
    );
}

std::string Fixtures::make_user(Where where, bool api_only) {
    const bool in_team = where == Where::team;
    const auto id = insert(
        "INSERT INTO users (name, email, password_hash, global_role, api_only) VALUES ('n', '" +
        unique_name("made") + "@example.test', 'x', " + (in_team ? "NULL" : "'observer'") + ", " +
        (api_only ? "1" : "0") + ")"
    );
    if (in_team) {
        sql_.execute(
            "INSERT INTO user_teams (user_id, team_id, role) VALUES (" + id + ", " + team_id_ +
            ", 'observer')"
        );
    }
    return id;
}

std::string Fixtures::make_session(Where where) {
    return insert(
        "INSERT INTO sessions (user_id, token_digest) VALUES (" + make_user(where) +
        ", UNHEX(SHA2('" + unique_name("session") + "', 256)))"
    );
}

std::string Fixtures::make_carve(Where where) {
    const auto id = insert(
        "INSERT INTO carves (host_id, name, block_count, block_size, carve_size, carve_id, "
        "request_id, session_id, max_block) VALUES (" +
        make_host(random_uuid_text(), where) + ", 'c', 1, 3, 3, 'c', 'r', '" +
        unique_name("carve") + "', 0)"
    );
    sql_.execute(
        "INSERT INTO carve_blocks (carve_id, block_id, data) VALUES (" + id + ", 0, 'abc')"
    );
    return id;
}

/// One software with its title, counted on a host of everybody and of the team.
std::string Fixtures::make_software(const char* table) {
    const auto name = unique_name("software");
    const std::string digest = "UNHEX(MD5('" + name + "'))";
    const auto title = insert(
        "INSERT INTO software_titles (digest, name, source) VALUES (" + digest + ", '" + name +
        "', 'deb_packages')"
    );
    const auto version = insert(
        "INSERT INTO software (digest, title_digest, name, version, source) VALUES (" + digest +
        ", " + digest + ", '" + name + "', '1.0', 'deb_packages')"
    );
    for (const auto& team : {std::string{"-1"}, team_id_}) {
        sql_.execute(
            "INSERT INTO software_counts (kind, team_key, item_id, hosts_count) VALUES (0, " +
            team + ", " + version + ", 1), (1, " + team + ", " + title + ", 1)"
        );
    }
    return std::string{table} == "software" ? version : title;
}

std::string Fixtures::fill(std::string text, Where where) {
    const bool in_team = where == Where::team;
    const auto replace = [&](const std::string& mark, const std::function<std::string()>& make) {
        for (std::size_t at = 0; (at = text.find(mark, at)) != std::string::npos;)
            text.replace(at, mark.size(), make());
    };
    const auto uuid_of_host = [&] {
        if (hosts_ == Hosts::enrolled) return stack_.enrolled("contract").machine().uuid;
        const auto uuid = random_uuid_text();
        make_host(uuid, where);
        return uuid;
    };
    replace("{uuid}", uuid_of_host);
    replace("{host}", [&] {
        if (hosts_ == Hosts::rows) return make_host(random_uuid_text(), where);
        return sql_.value("SELECT id FROM hosts WHERE uuid = '" + uuid_of_host() + "'");
    });
    replace("{query_name}", [&] {
        const auto name = unique_name("query");
        make_query(name, where);
        return name;
    });
    replace("{query}", [&] { return make_query(unique_name("query"), where); });
    replace("{runnable}", [&] { return make_query(unique_name("query"), where, true); });
    const auto named = [&](const char* stem, const auto& make) {
        return [=] {
            const auto name = unique_name(stem);
            make(name);
            return name;
        };
    };
    replace("{label}", [&] { return make_label(unique_name("label"), where); });
    replace("{label_name}", named("label", [&](const auto& name) { make_label(name, where); }));
    replace("{manual_label_name}", named("label", [&](const auto& name) {
                make_label(name, where, 1);
            }));
    replace("{global_query}", [&] { return make_query(unique_name("query"), Where::global); });
    replace("{team_query}", [&] {
        return make_query(unique_name("query"), Where::team, false, 60);
    });
    replace("{scheduled_query}", [&] {
        return make_query(unique_name("query"), Where::global, false, 60);
    });
    replace("{policy}", [&] { return make_policy(where); });
    replace("{global_policy}", [&] { return make_policy(Where::global); });
    replace("{team_policy}", [&] { return make_policy(Where::team); });
    replace("{pack}", [&] { return make_pack(unique_name("pack")); });
    replace("{pack_name}", named("pack", [&](const auto& name) { make_pack(name); }));
    replace("{pack_query}", [&] { return make_pack_query(); });
    replace("{invite}", [&] { return make_invite(); });
    replace("{program}", [&] { return make_user(where, true); });
    replace("{user_token}", [&] { return make_user_token(); });
    replace("{member}", [&] { return make_user(Where::team); });
    replace("{other_team}", [&] { return make_team(unique_name("team")); });
    replace("{user}", [&] { return make_user(where); });
    replace("{session}", [&] { return make_session(where); });
    replace("{carve}", [&] { return make_carve(where); });
    replace("{software}", [&] { return make_software("software"); });
    replace("{title}", [&] { return make_software("title"); });
    replace("{name}", [&] { return unique_name("new"); });
    replace("{team_name}", [&] { return team_name_; });
    replace("{team}", [&] { return team_id_; });
    replace("{?team}", [&] { return in_team ? "?team_id=" + team_id_ : std::string{}; });
    replace("{\"team\"}", [&] { return "\"team_id\":" + (in_team ? team_id_ : "null"); });
    replace("{spec_team}", [&] { return in_team ? team_name_ : std::string{}; });
    replace("{role}", [&] {
        return in_team ? "\"teams\":[{\"id\":" + team_id_ + ",\"role\":\"observer\"}]"
                       : std::string{"\"global_role\":\"observer\""};
    });
    return text;
}

AdminClient Fixtures::user(const std::string& role, Where where) {
    AdminClient admin = stack_.admin();
    if (where == Where::global) return admin.create_user(role);
    // Made as a global one, so that there is a password or a token; then moved to the team.
    AdminClient user = admin.create_user(role);
    const auto id = user.get("/me").json().at("user").at("id").dump();
    sql_.execute("UPDATE users SET global_role = NULL WHERE id = " + id);
    sql_.execute(
        "INSERT INTO user_teams (user_id, team_id, role) VALUES (" + id + ", " + team_id_ + ", '" +
        role + "')"
    );
    return user;
}

}  // namespace fleet::test
