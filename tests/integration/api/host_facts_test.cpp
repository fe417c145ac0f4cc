// Who uses a host, what device management knows, ids for names: rest-api-a 13.14 to 13.22, 18.
#include "integration/api/api_test.hpp"

namespace fleet::test {
namespace {

class HostFacts : public ApiTest {
protected:
    Response put_mapping(AdminClient& user, const json& body) {
        return user.send(
            {.method = "PUT",
             .target = "/api/latest/fleet" + path + "/device_mapping",
             .body = body.dump()}
        );
    }
    FakeAgent agent = stack.enrolled("facts");
    std::uint64_t id = admin.host_id(agent.machine().uuid);
    std::string path = "/hosts/" + std::to_string(id);
};

TEST_F(HostFacts, OneAddressOfEachSource) {
    EXPECT_TRUE(admin.get(path + "/device_mapping").json()["device_mapping"].is_null());
    ASSERT_EQ(put_mapping(admin, {{"email", "a@x.test"}}).status, 200);
    ASSERT_EQ(put_mapping(admin, {{"email", "b@x.test"}, {"source", "custom"}}).status, 200);
    const auto both = put_mapping(admin, {{"email", "bo"}, {"source", "idp"}}).json();
    EXPECT_EQ(both["host_id"], id);
    EXPECT_EQ(
        both["device_mapping"],
        (json::array(
            {{{"email", "b@x.test"}, {"source", "custom"}}, {{"email", "bo"}, {"source", "idp"}}}
        ))
    );
    const auto feed = admin.get(
        "/activities?per_page=1&order_key=id&order_direction=desc"
        "&activity_type=edited_host_idp_data"
    );
    EXPECT_EQ(feed.json()["activities"][0]["details"]["host_idp_username"], "bo");
    EXPECT_EQ(admin.del(path + "/device_mapping/idp").status, 204);
    EXPECT_EQ(admin.get(path + "/device_mapping").json()["device_mapping"].size(), 1U);
}

TEST_F(HostFacts, BadMappingsAreRefused) {
    expect_error(put_mapping(admin, json::object()), 422, "", "missing", "email");
    expect_error(
        put_mapping(admin, {{"email", "a@x.test"}, {"source", "guess"}}), 422, "", "", "source"
    );
    auto observer = admin.create_user("observer");
    expect_error(put_mapping(observer, {{"email", "a@x.test"}}), 403, "forbidden");
    expect_error(admin.get("/hosts/999999999/device_mapping"), 404, "Resource Not Found");
}

TEST_F(HostFacts, WithoutDeviceManagementTheAnswersAreEmpty) {
    EXPECT_EQ(admin.get(path + "/mdm").json(), nullptr);
    EXPECT_TRUE(admin.get(path + "/macadmins").json()["macadmins"].is_null());
    const auto summary = admin.get("/hosts/summary/mdm?platform=darwin");
    ASSERT_EQ(summary.status, 200) << summary.text();
    const auto counts = summary.json()["mobile_device_management_enrollment_status"];
    EXPECT_EQ(counts["hosts_count"], 0);
    EXPECT_EQ(counts["enrolled_manual_hosts_count"], 0);
    EXPECT_EQ(summary.json()["mobile_device_management_solution"], json::array());
    const auto mac = admin.get("/macadmins").json()["macadmins"];
    EXPECT_EQ(mac["munki_versions"], json::array());
    EXPECT_EQ(mac["mobile_device_management_enrollment_status"]["hosts_count"], 0);
    expect_error(admin.get(path + "/encryption_key"), 404, "Resource Not Found");
    expect_error(admin.get("/mdm" + path + "/encryption_key"), 404, "Resource Not Found");
    expect_error(admin.get("/hosts/999999999/mdm"), 404, "Resource Not Found");
    EXPECT_EQ(admin.get(path + "/certificates").json()["certificates"], json::array());
}

TEST_F(HostFacts, NamesBecomeIds) {
    const auto label = unique_name("label");
    const auto made = admin.post("/labels", {{"name", label}}).json()["label"]["id"];
    const auto item = [](const std::string& type, const std::string& name) {
        return json{{"type", type}, {"payload", {{"identifier", name}}}};
    };
    const auto answer = admin.post(
        "/translate",
        {{"list",
          {item("host", agent.machine().hostname),
           item("label", label),
           item("user", kAdminEmail)}}}
    );
    ASSERT_EQ(answer.status, 200) << answer.text();
    const auto list = answer.json()["list"];
    EXPECT_EQ(list[0]["payload"], (json{{"identifier", agent.machine().hostname}, {"id", id}}));
    EXPECT_EQ(list[1]["type"], "label");
    EXPECT_EQ(list[1]["payload"]["id"], made);
    EXPECT_TRUE(list[2]["payload"]["id"].is_number());

    const auto one = [&](const json& wanted) {
        return admin.post("/translate", {{"list", {wanted}}});
    };
    expect_error(one(item("host", "nobody")), 404, "Resource Not Found", "Host nobody");
    expect_error(one(item("team", "nothing")), 404, "Resource Not Found");
    const auto odd = one(item("car", "x"));
    EXPECT_EQ(odd.status, 422);
    EXPECT_EQ(odd.json()["code"], 3);
    expect_error(admin.post("/translate", json::object()), 400, "Bad request");
}

}  // namespace
}  // namespace fleet::test
