// Six roles against every route that tells them apart: rest-api-a 7.1.
#include <map>

#include "integration/api/api_test.hpp"

namespace fleet::test {
namespace {

const std::vector<std::string> kRoles = {
    "admin", "maintainer", "technician", "observer_plus", "observer", "gitops"};

struct Row {
    const char* method;
    const char* path;  // {host} {query} {runnable} {user} {session} {name} are made fresh
    const char* body;
    const char* allowed;  // one letter a role of kRoles: Y allowed, - denied, . not asked
};

const Row kRows[] = {
    {"GET", "/me", "", "YYYYYY"},
    {"GET", "/version", "", "YYYYYY"},
    {"GET", "/users", "", "YYYYY-"},
    {"GET", "/users/{user}", "", "YYYYY-"},
    {"POST",
     "/users/admin",
     R"({"name":"n","email":"{name}@example.test","password":"Str0ng-passw0rd!","global_role":"observer"})",
     "Y-----"},
    {"PATCH", "/users/{user}", R"({"name":"renamed"})", "Y-----"},
    {"PATCH", "/users/{user}", R"({"global_role":"maintainer"})", "Y-----"},
    {"DELETE", "/users/{user}", "", "Y-----"},
    {"GET", "/users/{user}/sessions", "", "Y-----"},
    {"DELETE", "/users/{user}/sessions", "", "Y-----"},
    {"POST", "/users/{user}/require_password_reset", R"({"require":true})", "Y-----"},
    {"GET", "/sessions/{session}", "", "Y-----"},
    {"DELETE", "/sessions/{session}", "", "Y-----"},
    {"GET", "/spec/enroll_secret", "", "YY----"},
    {"POST",
     "/spec/enroll_secret",
     R"({"spec":{"secrets":[{"secret":"test-enroll-secret"}]}})",
     "YY---Y"},
    {"GET", "/hosts", "", "YYYYY-"},
    {"GET", "/hosts/count", "", "YYYYY-"},
    {"GET", "/host_summary", "", "YYYYY-"},
    {"GET", "/host_summary/history", "", "YYYYY-"},
    {"GET", "/host_summary/os_versions", "", "YYYYY-"},
    {"GET", "/hosts/report?format=csv", "", "YYYYY-"},
    {"POST", "/hosts/search", R"({"query":""})", "YYYYY-"},
    {"GET", "/hosts/{host}", "", "YYYYY-"},
    {"GET", "/hosts/identifier/{uuid}", "", "YYYYYY"},
    {"GET", "/hosts/{host}/software", "", "YYYYY-"},
    {"GET", "/software/versions", "", "YYYYYY"},
    {"GET", "/software/titles", "", "YYYYYY"},
    {"GET", "/software", "", "YYYYYY"},
    {"GET", "/software/count", "", "YYYYYY"},
    {"POST", "/hosts/{host}/refetch", "", "YYYYY-"},
    {"DELETE", "/hosts/{host}", "", "YY---Y"},
    {"POST", "/hosts/delete", R"({"ids":[{host}]})", "YY---Y"},
    {"GET", "/labels", "", "YYYYYY"},
    {"GET", "/labels/summary", "", "YYYYYY"},
    {"GET", "/labels/{label}", "", "YYYYYY"},
    {"GET", "/labels/{label}/hosts", "", "YYYYYY"},
    {"GET", "/spec/labels", "", "YYYYYY"},
    {"GET", "/spec/labels/{label_name}", "", "YYYYYY"},
    {"POST", "/labels", R"({"name":"{name}"})", "YYY--Y"},
    {"PATCH", "/labels/{label}", R"({"description":"d"})", "YYY--Y"},
    {"DELETE", "/labels/id/{label}", "", "YYY--Y"},
    {"DELETE", "/labels/{label_name}", "", "YYY--Y"},
    {"POST", "/spec/labels", R"({"specs":[{"name":"{name}","query":"SELECT 1"}]})", "YYY--Y"},
    {"POST", "/hosts/{host}/labels", R"({"labels":["{label_name}"]})", "YYY--Y"},
    {"DELETE", "/hosts/{host}/labels", R"({"labels":["{label_name}"]})", "YYY--Y"},
    {"GET", "/hosts/{host}/device_mapping", "", "YYYYY-"},
    {"PUT", "/hosts/{host}/device_mapping", R"({"email":"a@example.test"})", "YY---Y"},
    {"GET", "/hosts/{host}/mdm", "", "YYYYY-"},
    {"GET", "/hosts/summary/mdm", "", "YYYYY-"},
    {"GET", "/hosts/{host}/macadmins", "", "YYYYY-"},
    {"GET", "/macadmins", "", "YYYYY-"},
    {"GET", "/hosts/{host}/certificates", "", "YYYYY-"},
    {"GET", "/host_views", "", "YYYYY-"},
    {"POST", "/host_views", R"({"name":"{name}"})", "YYYYY-"},
    {"POST",
     "/translate",
     R"({"list":[{"type":"label","payload":{"identifier":"{label_name}"}}]})",
     "YYYYYY"},
    {"GET", "/queries", "", "YYYYYY"},
    {"GET", "/queries/{query}", "", "YYYYYY"},
    {"GET", "/queries/{query}/report", "", "YYYYY."},
    {"GET", "/spec/queries", "", "YYYYYY"},
    {"GET", "/spec/queries/{query_name}", "", "YYYYYY"},
    {"POST", "/queries", R"({"name":"{name}","query":"SELECT 1"})", "YY---Y"},
    {"PATCH", "/queries/{query}", R"({"description":"d"})", "YY---Y"},
    {"DELETE", "/queries/id/{query}", "", "YY---Y"},
    {"DELETE", "/queries/{query_name}", "", "YY---Y"},
    {"POST", "/queries/delete", R"({"ids":[{query}]})", "YY---Y"},
    {"POST", "/spec/queries", R"({"specs":[{"name":"{name}","query":"SELECT 1"}]})", "YY---Y"},
    {"POST", "/queries/run", R"({"query":"SELECT 1","selected":{"hosts":[{host}]}})", "YYYY--"},
    {"POST",
     "/queries/run_by_identifiers",
     R"({"query":"SELECT 1","selected":{"hosts":["{uuid}"]}})",
     "YYYY--"},
    {"POST", "/queries/run", R"({"query_id":{query},"selected":{"hosts":[{host}]}})", "YYYY--"},
    {"POST", "/queries/run", R"({"query_id":{runnable},"selected":{"hosts":[{host}]}})", "YYYYY-"},
    {"POST", "/hosts/{host}/query", R"({"query":"SELECT 1"})", "....--"},
    {"POST", "/queries/{query}/run", R"({"host_ids":[{host}]})", "....--"},
    {"POST", "/targets", R"({"selected":{}})", "YYYYY-"},
    {"POST", "/targets/count", R"({"selected":{"hosts":[{host}]}})", "YYYYY-"},
    {"GET", "/carves", "", "Y-----"},
    {"GET", "/status/live_query", "", "YYYYYY"},
    {"GET", "/status/result_store", "", "YYYYYY"},
};

class RoleTable : public ApiTest, public testing::WithParamInterface<std::size_t> {
protected:
    /// The text with each placeholder replaced by an object of its own.
    std::string filled(std::string text) {
        const auto replace = [&](const std::string& mark,
                                 const std::function<std::string()>& make) {
            if (const auto at = text.find(mark); at != std::string::npos)
                text.replace(at, mark.size(), make());
        };
        replace("{host}", [&] { return std::to_string(admin.host_id(new_host())); });
        replace("{uuid}", [&] { return new_host(); });
        replace("{query_name}", [&] { return admin_query({}).second; });
        replace("{query}", [&] { return admin_query({}).first; });
        replace("{runnable}", [&] { return admin_query({{"observer_can_run", true}}).first; });
        replace("{label_name}", [&] { return admin_label().second; });
        replace("{label}", [&] { return admin_label().first; });
        replace("{name}", [&] { return unique_name("by-role"); });
        replace("{user}", [&] { return std::to_string(user_id(admin.create_user("observer"))); });
        replace("{session}", [&] {
            const auto id = std::to_string(user_id(admin.create_user("observer")));
            return admin.get("/users/" + id + "/sessions")
                .json()["sessions"][0]["session_id"]
                .dump();
        });
        return text;
    }

    std::string new_host() {
        auto agent = stack.agent("by-role");
        agent.enroll();
        return agent.machine().uuid;
    }

    std::pair<std::string, std::string> admin_query(const json& fields) {
        const auto name = unique_name("by-role");
        return {std::to_string(admin.create_query(name, fields)), name};
    }

    std::pair<std::string, std::string> admin_label() {
        const auto name = unique_name("by-role");
        const auto made = admin.post("/labels", {{"name", name}});
        return {made.json()["label"]["id"].dump(), name};
    }

    static std::uint64_t user_id(AdminClient&& user) { return user_id(user); }
    static std::uint64_t user_id(AdminClient& user) { return user.get("/me").json()["user"]["id"]; }
};

TEST_P(RoleTable, AllowsAndDeniesAsDocumented) {
    const auto index = GetParam();
    auto user = admin.create_user(kRoles[index]);
    for (const auto& row : kRows) {
        const char expected = row.allowed[index];
        if (expected == '.') continue;
        SCOPED_TRACE(std::string{row.method} + " " + row.path + " " + row.body);
        const auto response = user.send({
            .method = row.method,
            .target = "/api/latest/fleet" + filled(row.path),
            .body = filled(row.body),
        });
        if (expected == 'Y') {
            EXPECT_EQ(response.status, 200) << response.text();
        } else {
            expect_error(response, 403, "forbidden", "forbidden");
        }
    }
}

TEST_P(RoleTable, EverybodyMayHandleTheirOwnAccount) {
    auto user = admin.create_user(kRoles[GetParam()]);
    const auto id = std::to_string(user_id(user));
    EXPECT_EQ(user.get("/users/" + id).status, 200);
    EXPECT_EQ(user.patch("/users/" + id, {{"name", "My New Name"}}).status, 200);
    const auto sessions = user.get("/users/" + id + "/sessions");
    ASSERT_EQ(sessions.status, 200);
    const auto session = sessions.json()["sessions"][0]["session_id"].dump();
    EXPECT_EQ(user.get("/sessions/" + session).status, 200);
    if (kRoles[GetParam()] != "admin") {
        EXPECT_EQ(user.patch("/users/" + id, {{"global_role", "admin"}}).status, 403)
            << "no promoting oneself";
    }
    EXPECT_EQ(user.del("/users/" + id).status, 200);
    EXPECT_EQ(user.get("/me").status, 401);
}

INSTANTIATE_TEST_SUITE_P(
    Roles,
    RoleTable,
    testing::Range(std::size_t{0}, std::size_t{6}),
    [](const auto& test) { return kRoles[test.param]; }
);

}  // namespace
}  // namespace fleet::test
