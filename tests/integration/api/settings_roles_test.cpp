// Six roles against the routes of settings, packs and jobs: rest-api-a 7.1.
#include "integration/api/api_test.hpp"

namespace fleet::test {
namespace {

const std::vector<std::string> kRoles = {
    "admin", "maintainer", "technician", "observer_plus", "observer", "gitops"};

struct Row {
    const char* method;
    const char* path;  // {pack} {entry} {query} {host} {name} are made fresh
    const char* body;
    const char* allowed;
    int status = 200;  // of the allowed
};

const Row kRows[] = {
    {"GET", "/config", "", "YYYYYY"},
    {"PATCH", "/config?dry_run=true", R"({"features":{}})", "Y----Y"},
    {"GET", "/config/certificate", "", "YYYYYY"},
    {"DELETE", "/logo", "", "Y-----", 400},
    {"GET", "/activities", "", "YYYYY-"},
    {"GET", "/hosts/{host}/activities", "", "YYYYY-"},
    {"GET", "/hosts/{host}/activities/upcoming", "", "YYYYY-"},
    {"DELETE", "/hosts/{host}/activities/upcoming/x", "", "YY----", 404},
    {"GET", "/packs", "", "YY---Y"},
    {"GET", "/packs/{pack}", "", "YY---Y"},
    {"POST", "/packs", R"({"name":"{name}"})", "YY---Y"},
    {"PATCH", "/packs/{pack}", R"({"description":"d"})", "YY---Y"},
    {"DELETE", "/packs/id/{pack}", "", "YY---Y"},
    {"GET", "/packs/{pack}/scheduled", "", "YY---Y"},
    {"GET", "/spec/packs", "", "YY---Y"},
    {"POST", "/spec/packs", R"({"specs":[{"name":"{name}"}]})", "YY---Y"},
    {"POST",
     "/packs/schedule",
     R"({"pack_id":{pack},"query_id":{query},"interval":60,"snapshot":true})",
     "YY---Y"},
    {"GET", "/schedule/{entry}", "", "YY---Y"},
    {"PATCH", "/packs/schedule/{entry}", R"({"interval":90})", "YY---Y"},
    {"DELETE", "/packs/schedule/{entry}", "", "YY---Y"},
    {"GET", "/schedule", "", "YYYYYY"},
    {"POST", "/schedule", R"({"query_id":{query},"interval":60})", "YY---Y"},
    {"GET", "/carves", "", "Y-----"},
    {"POST", "/trigger?name=nonsense", "", "Y-----", 404},
};

class SettingsRoles : public ApiTest, public testing::WithParamInterface<std::size_t> {
protected:
    std::string new_query() {
        return std::to_string(admin.create_query(unique_name("by-role"), {}));
    }
    std::string new_pack() {
        return admin.post("/packs", {{"name", unique_name("by-role")}}).json()["pack"]["id"].dump();
    }
    std::string new_entry() {
        const json body = {
            {"pack_id", std::stoull(new_pack())},
            {"query_id", std::stoull(new_query())},
            {"interval", 60},
            {"snapshot", true}};
        return admin.post("/packs/schedule", body).json()["scheduled"]["id"].dump();
    }
    std::string filled(std::string text) {
        const auto replace = [&](const std::string& mark, const auto& make) {
            if (const auto at = text.find(mark); at != std::string::npos)
                text.replace(at, mark.size(), make());
        };
        replace("{pack}", [&] { return new_pack(); });
        replace("{entry}", [&] { return new_entry(); });
        replace("{query}", [&] { return new_query(); });
        replace("{name}", [&] { return unique_name("by-role"); });
        replace("{host}", [&] {
            return std::to_string(admin.host_id(stack.enrolled("by-role").machine().uuid));
        });
        return text;
    }
};

TEST_P(SettingsRoles, AreAllowedAndDeniedAsDocumented) {
    auto user = admin.create_user(kRoles[GetParam()]);
    for (const auto& row : kRows) {
        SCOPED_TRACE(std::string{row.method} + " " + row.path);
        const auto response = user.send(
            {.method = row.method,
             .target = "/api/latest/fleet" + filled(row.path),
             .body = filled(row.body)}
        );
        if (row.allowed[GetParam()] == 'Y') {
            EXPECT_EQ(response.status, row.status) << response.text();
        } else {
            expect_error(response, 403, "forbidden", "forbidden");
        }
    }
}

INSTANTIATE_TEST_SUITE_P(
    Roles,
    SettingsRoles,
    testing::Range(std::size_t{0}, std::size_t{6}),
    [](const auto& test) { return kRoles[test.param]; }
);

}  // namespace
}  // namespace fleet::test
