// One filter for list, count, CSV and deletion; saved views of it: rest-api-a 13.2, 13.8, 13.13.
#include "integration/api/api_test.hpp"

namespace fleet::test {
namespace {

/// Four hosts of a stem nobody else has; labels a and b hold 0, 1 and 1, 2.
class HostFilters : public ApiTest {
protected:
    void SetUp() override {
        stem = unique_name("filter") + "x";
        for (const auto* platform : {"ubuntu", "darwin", "ubuntu", "windows"}) {
            auto machine = make_machine(stem + std::to_string(agents.size()), platform);
            agents.emplace_back(stack.server().endpoint(), machine, kEnrollSecret);
            agents.back().enroll();
            agents.back().check_in();
        }
        a = label({0, 1});
        b = label({1, 2});
    }
    std::string label(const std::vector<std::size_t>& members) {
        json hosts = json::array();
        for (const auto i : members)
            hosts.push_back(agents[i].machine().uuid);
        const auto name = unique_name("label");
        const auto made = admin.post("/labels", {{"name", name}, {"hosts", hosts}});
        EXPECT_EQ(made.status, 200) << made.text();
        return made.json()["label"]["id"].dump();
    }
    static std::string encoded(const std::string& text) {
        std::string out;
        for (const char c : text)
            out += c == ' ' ? "%20" : c == '\'' ? "%27" : std::string(1, c);
        return out;
    }
    /// Which of our hosts match, as digits; list, count and CSV must agree.
    std::string found(const std::string& more) {
        const auto filter = "query=" + stem + "&" + more;
        std::string out;
        const auto list = admin.get("/hosts?order_key=hostname&" + filter);
        EXPECT_EQ(list.status, 200) << list.text();
        const auto answer = list.json();
        for (const auto& host : answer.at("hosts"))
            out += host["hostname"].get<std::string>().substr(stem.size(), 1);
        EXPECT_EQ(admin.get("/hosts/count?" + filter).json()["count"], out.size()) << more;
        const auto csv = admin.get("/hosts/report?format=csv&columns=id&" + filter).text();
        EXPECT_EQ(std::count(csv.begin(), csv.end(), '\n'), 1 + static_cast<long>(out.size()));
        return out;
    }
    std::string labels(const std::string& expression) {
        return found("labels=" + encoded(expression));
    }

    std::string stem, a, b;
    std::vector<FakeAgent> agents;
};

TEST_F(HostFilters, LabelsCombine) {
    EXPECT_EQ(labels(a), "01");
    EXPECT_EQ(labels(a + " and " + b), "1");
    EXPECT_EQ(labels(a + " or " + b), "012");
    EXPECT_EQ(labels(a + " and not " + b), "0");
    EXPECT_EQ(labels("not (" + a + " or " + b + ")"), "3");
    EXPECT_EQ(labels("'macOS' and " + a), "1");
    EXPECT_EQ(found("platform=ubuntu&labels=" + encoded(a + " or " + b)), "02");
    EXPECT_EQ(found("status=online&labels=" + a), "01");
}

TEST_F(HostFilters, BadLabelsAreRefused) {
    const auto refused = [&](const std::string& text, const std::string& reason) {
        expect_error(admin.get("/hosts?labels=" + encoded(text)), 400, "Bad request", reason);
    };
    refused("1 and", "Invalid labels: a label is missing at the end");
    refused("laptops", "Invalid labels: unexpected text at position 1");
    refused("999999999", "Invalid labels: there is no label 999999999");
    refused("not 'no such label'", "Invalid labels: there is no label no such label");
}

TEST_F(HostFilters, MomentsNarrow) {
    const std::string past = "2020-01-01T00:00:00Z";
    const std::string future = "2100-01-01T00:00:00Z";
    EXPECT_EQ(found("seen_after=" + past), "0123");
    EXPECT_EQ(found("seen_after=" + future), "");
    EXPECT_EQ(found("seen_before=" + future), "0123");
    EXPECT_EQ(found("seen_before=" + past), "");
    EXPECT_EQ(found("created_after=" + past + "&created_before=" + future), "0123");
    EXPECT_EQ(found("created_before=" + past), "");
    expect_error(
        admin.get("/hosts?seen_after=today"), 400, "Bad request", "Invalid seen_after: today"
    );
}

TEST_F(HostFilters, TheSameFilterDeletes) {
    const json filters{{"query", stem}, {"labels", a + " and not " + b}, {"status", "online"}};
    const auto done = admin.post("/hosts/delete", {{"filters", filters}});
    EXPECT_EQ(done.status, 200) << done.text();
    EXPECT_EQ(found(""), "123");
    expect_error(
        admin.post("/hosts/delete", {{"filters", {{"labels", "not 999999999"}}}}),
        400,
        "Bad request",
        "Invalid labels"
    );
    expect_error(
        admin.post("/hosts/delete", {{"filters", {{"order_key", "id"}}}}),
        400,
        "Bad request",
        "unsupported key provided: \"order_key\""
    );
    EXPECT_EQ(found(""), "123");
}

TEST_F(HostFilters, AddressesAreFoundAndShown) {
    const auto path = "/hosts/" + std::to_string(admin.host_id(agents[2].machine().uuid));
    const auto email = unique_name("bo") + "@corp.test";
    const auto set = admin.send(
        {.method = "PUT",
         .target = "/api/latest/fleet" + path + "/device_mapping",
         .body = json{{"email", email}}.dump()}
    );
    ASSERT_EQ(set.status, 200) << set.text();
    EXPECT_EQ(
        set.json()["device_mapping"], (json::array({{{"email", email}, {"source", "custom"}}}))
    );
    const auto hosts = admin.get("/hosts?device_mapping=true&query=" + email).json()["hosts"];
    ASSERT_EQ(hosts.size(), 1U);
    EXPECT_EQ(hosts[0]["device_mapping"][0]["email"], email);
    EXPECT_THAT(
        admin.get("/hosts/report?format=csv&columns=device_mapping&query=" + email).text(),
        HasSubstr(email)
    );
    EXPECT_EQ(admin.get(path).json()["host"]["end_users"][0]["other_emails"][0]["email"], email);
}

class HostViews : public ApiTest {
protected:
    json create(AdminClient& user, const json& body) {
        const auto response = user.post("/host_views", body);
        EXPECT_EQ(response.status, 200) << response.text();
        return response.json()["host_view"];
    }
    static std::string path(const json& view) { return "/host_views/" + view["id"].dump(); }
    static bool lists(AdminClient& user, const json& view) {
        const auto views = user.get("/host_views").json()["host_views"];
        return std::any_of(views.begin(), views.end(), [&](const json& one) {
            return one["id"] == view["id"];
        });
    }
    std::string name = unique_name("view");
};

TEST_F(HostViews, KeepFiltersPerUser) {
    auto bo = admin.create_user("observer");
    const json filters{{"status", "online"}, {"label_id", 7}, {"order_key", "hostname"}};
    const auto view = create(bo, {{"name", name}, {"filters", filters}});
    EXPECT_EQ(view["name"], name);
    EXPECT_EQ(view["filters"], filters);
    EXPECT_EQ(view["shared"], false);
    EXPECT_EQ(view["own"], true);
    EXPECT_TRUE(lists(bo, view));
    EXPECT_FALSE(lists(admin, view));
    expect_error(admin.get(path(view)), 404, "Resource Not Found");

    const auto shared = bo.patch(path(view), {{"shared", true}}).json()["host_view"];
    EXPECT_EQ(shared["filters"], filters) << "absent stays";
    EXPECT_TRUE(lists(admin, view));
    EXPECT_EQ(admin.get(path(view)).json()["host_view"]["own"], false);

    auto other = admin.create_user("maintainer");
    expect_error(other.patch(path(view), {{"name", "mine now"}}), 403, "forbidden");
    expect_error(other.del(path(view)), 403, "forbidden");
    EXPECT_EQ(bo.del(path(view)).status, 200);
    expect_error(bo.get(path(view)), 404, "Resource Not Found");
}

TEST_F(HostViews, BadOnesAreRefused) {
    create(admin, {{"name", name}});
    expect_error(admin.post("/host_views", {{"name", name}}), 409, "Resource Already Exists");
    expect_error(admin.post("/host_views", {{"name", " "}}), 422, "", "missing", "name");
    const auto with = [&](const json& filters) {
        return admin.post("/host_views", {{"name", unique_name("view")}, {"filters", filters}});
    };
    expect_error(with({{"colour", "red"}}), 400, "", "unsupported key provided: \"colour\"");
    expect_error(with({{"status", "asleep"}}), 400, "", "Invalid status: asleep");
    expect_error(with({{"label_id", "7"}}), 400, "", "json decoder error");
    expect_error(with({{"labels", "1 and"}}), 400, "", "Invalid labels");
    expect_error(with("all"), 400, "", "json decoder error");
    expect_error(admin.create_user("gitops").get("/host_views"), 403, "forbidden");
}

}  // namespace
}  // namespace fleet::test
