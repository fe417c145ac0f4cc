#pragma once

#include <functional>
#include <string>

#include "integration/api/api_test.hpp"

namespace fleet::test {

/// Makes what the requests of role_rows.hpp need, straight in the database: hundreds of objects.
class Fixtures {
public:
    enum class Where { global, team };
    enum class Hosts {
        rows,     // made quickly
        enrolled  // real ones that have told everything about themselves; of no team
    };

    explicit Fixtures(Stack& stack, Hosts hosts = Hosts::rows);

    /// The text with each placeholder replaced by an object of its own.
    std::string fill(std::string text, Where where);
    /// A client logged in as a new user with that role, globally or on the team.
    AdminClient user(const std::string& role, Where where);

    [[nodiscard]] const std::string& team_id() const { return team_id_; }

private:
    std::string insert(const std::string& sql);
    std::string make_host(const std::string& uuid, Where where);
    std::string make_query(
        const std::string& name, Where where, bool runnable = false, int interval = 0
    );
    std::string make_label(const std::string& name, Where where, int membership = 0);
    std::string make_policy(Where where);
    std::string make_pack(const std::string& name);
    std::string make_pack_query();
    std::string make_invite();
    std::string make_team(const std::string& name);
    std::string make_user(Where where, bool api_only = false);
    std::string make_user_token();
    std::string make_session(Where where);
    std::string make_carve(Where where);
    std::string make_software(const char* table);

    Stack& stack_;
    Hosts hosts_;
    SqlClient sql_;
    std::string team_name_;
    std::string team_id_;
};

}  // namespace fleet::test
