// Lists of hosts by their last sign of life, which memory knows, against what the database says of
// the same hosts: rest-api-a 13.1.5, 13.2, 13.3. Enough hosts that every way to find them is taken.
#include <sstream>

#include "integration/api/team_fixture.hpp"

namespace fleet::test {
namespace {

constexpr int kHosts = 6'500;

struct Choice {
    std::string request;  // after "?"
    std::string sql;      // the same as a condition
};

// Online for more than a day after each sign of life, so that nothing changes meanwhile.
const std::string kSeen = "COALESCE(s.seen_at, h.created_at)";
const std::string kOnline = kSeen +
                            " >= UTC_TIMESTAMP(6) - INTERVAL (30 + LEAST(h.distributed_interval, "
                            "h.config_tls_refresh)) SECOND";
const std::string kMissing = kSeen + " <= UTC_TIMESTAMP(6) - INTERVAL 30 DAY";
const std::string kStatus =
    "CASE WHEN " + kOnline + " THEN 0 WHEN " + kMissing + " THEN 2 ELSE 1 END";

const std::vector<Choice> kStatuses = {
    {"", "1 = 1"},
    {"&status=online", kOnline},
    {"&status=offline", "NOT (" + kOnline + ")"},
    {"&status=missing", kMissing},
    {"&status=mia", kMissing},
    {"&status=new", "h.created_at > UTC_TIMESTAMP(6) - INTERVAL 24 HOUR"}};

const std::vector<Choice> kOrders = {
    {"", "h.id"},
    {"&order_key=id", "h.id"},
    {"&order_key=seen_time", kSeen},
    {"&order_key=status", kStatus},
    {"&order_key=display_name", "h.display_name"},
    {"&order_key=hostname", "h.hostname"},
    {"&order_key=created_at", "h.created_at"},
    {"&order_key=team_name", "t.name"}};

std::vector<std::string> ids_of(const Response& response) {
    std::vector<std::string> out;
    EXPECT_EQ(response.status, 200) << response.text();
    const json answer = response.json();
    for (const auto& host : answer.at("hosts"))
        out.push_back(host["id"].dump());
    return out;
}

class HostStatusLists : public TeamTest {
protected:
    void SetUp() override {
        static const json one = seed();
        seeded = one;
        team = seeded[0]["id"].dump();
        other_team = seeded[1]["id"].dump();
        label = seeded[2];
    }

    /// Most hosts are online, some were seen days ago, some months ago, some never.
    json seed() {
        const json first = create(), second = create();
        const auto label_name = unique_name("seen");
        const json made =
            admin.post("/labels", {{"name", label_name}, {"hosts", json::array()}}).json();
        auto sql = stack.sql();
        sql.execute(
            R"sql(
            INSERT INTO hosts (osquery_host_id, node_key_digest, team_id, created_at, hostname,
                display_name, platform, generic_platform, distributed_interval, config_tls_refresh)
            WITH d (n) AS (SELECT 0 UNION ALL SELECT 1 UNION ALL SELECT 2 UNION ALL SELECT 3
                UNION ALL SELECT 4 UNION ALL SELECT 5 UNION ALL SELECT 6 UNION ALL SELECT 7
                UNION ALL SELECT 8 UNION ALL SELECT 9),
            numbers (n) AS (SELECT a.n + 10 * b.n + 100 * c.n + 1000 * e.n FROM d a, d b, d c, d e)
            SELECT CONCAT('seen-', n), UNHEX(SHA2(CONCAT('seen-', n), 256)), NULL,
                UTC_TIMESTAMP(6) - INTERVAL (n MOD 90) HOUR - INTERVAL 10 MINUTE,
                CONCAT('seen-', n * 7919 MOD 10007), CONCAT('Seen ', n * 31 MOD 500),
                ELT(1 + n MOD 2, 'ubuntu', 'darwin'), ELT(1 + n MOD 2, 'linux', 'darwin'),
                100000, 110000
            FROM numbers WHERE n < )sql" +
            std::to_string(kHosts)
        );
        sql.execute(
            "UPDATE hosts SET team_id = ELT(1 + id MOD 3, " + first["id"].dump() + ", " +
            second["id"].dump() + ", NULL)"
        );
        // Whole hours: many were seen at the same moment.
        sql.execute(R"sql(
            INSERT INTO host_seen (host_id, seen_at)
            SELECT id, UTC_TIMESTAMP() - INTERVAL CASE id MOD 13
                WHEN 0 THEN 24 * (31 + id MOD 20) WHEN 1 THEN 24 * (2 + id MOD 20)
                ELSE id MOD 20 END HOUR
            FROM hosts WHERE id MOD 50 <> 7)sql");
        sql.execute(
            "INSERT INTO label_membership (label_id, host_id) SELECT " +
            made["label"]["id"].dump() + ", id FROM hosts WHERE id MOD 5 <> 0"
        );
        stack.server().restart();
        return {first, second, made["label"]["id"].dump()};
    }

    /// What the database says; `conditions` of both the request and the viewer.
    std::vector<std::string> expected(
        const std::string& conditions, const std::string& order, const std::string& limit = ""
    ) {
        std::vector<std::string> out;
        for (const auto& row : stack.sql().query(
                 "SELECT h.id FROM hosts h LEFT JOIN host_seen s ON s.host_id = h.id "
                 "LEFT JOIN teams t ON t.id = h.team_id WHERE " +
                 conditions + " ORDER BY " + order + limit
             ))
            out.push_back(row[0]);
        return out;
    }

    /// Filters beside the status; the path comes with the first of them.
    std::vector<Choice> filters() const {
        return {
            {"/hosts?", "1 = 1"},
            {"/hosts?team_id=" + team, "h.team_id = " + team},
            {"/hosts?team_id=0", "h.team_id IS NULL"},
            {"/hosts?platform=darwin", "h.platform = 'darwin'"},
            {"/hosts?query=seen-77", "h.hostname LIKE '%seen-77%'"},
            {"/hosts?created_before=2100-01-01T00:00:00Z", "1 = 1"},
            {"/labels/" + label + "/hosts?", "h.id MOD 5 <> 0"}};
    }

    void compare(AdminClient& viewer, const std::string& visible) {
        std::size_t round = 0;
        for (const Choice& filter : filters()) {
            for (const Choice& status : kStatuses) {
                const std::string where = visible + " AND (" + filter.sql + ") AND (" + status.sql +
                                          ") AND h.osquery_host_id LIKE 'seen-%'";
                for (const std::size_t page : {0, 41}) {
                    const Choice& order = kOrders[(round * 7 + round / 48) % kOrders.size()];
                    const bool down = !order.request.empty() && round / 3 % 2 == 1;
                    ++round;
                    const std::string direction = down ? " DESC" : "";
                    const std::string request = filter.request + status.request + order.request +
                                                (down ? "&order_direction=desc" : "") +
                                                "&per_page=20&page=" + std::to_string(page);
                    SCOPED_TRACE(request);
                    EXPECT_EQ(
                        ids_of(viewer.get(request)),
                        expected(
                            where,
                            order.sql + direction + ", h.id" + direction,
                            " LIMIT 20 OFFSET " + std::to_string(20 * page)
                        )
                    );
                }
                if (!filter.request.starts_with("/hosts")) continue;
                const auto rest = filter.request.substr(filter.request.find('?'));
                EXPECT_EQ(
                    viewer.get("/hosts/count" + rest + status.request).json()["count"],
                    expected(where, "h.id").size()
                ) << filter.request
                  << status.request;
            }
        }
    }

    json seeded;
    std::string team, other_team, label;
};

TEST_F(HostStatusLists, AreWhatTheDatabaseSays) {
    ASSERT_GT(expected(kOnline, "h.id").size(), 4'500U);
    ASSERT_GT(expected(kMissing, "h.id").size(), 100U);
    compare(admin, "1 = 1");
}

TEST_F(HostStatusLists, AreLimitedToTheViewersTeam) {
    auto viewer = member(seeded[0], "observer");
    const std::string visible = "h.team_id = " + team;
    for (const Choice& status : kStatuses) {
        for (const Choice& order : kOrders) {
            SCOPED_TRACE(status.request + order.request);
            EXPECT_EQ(
                ids_of(viewer.get("/hosts?per_page=30&page=1" + status.request + order.request)),
                expected(
                    visible + " AND (" + status.sql + ")",
                    order.sql + ", h.id",
                    " LIMIT 30 OFFSET 30"
                )
            );
        }
        EXPECT_EQ(
            viewer.get("/hosts/count?" + status.request.substr(status.request.empty() ? 0 : 1))
                .json()["count"],
            expected(visible + " AND (" + status.sql + ")", "h.id").size()
        );
    }
    expect_error(viewer.get("/hosts?status=online&team_id=" + other_team), 403, "forbidden");
    EXPECT_TRUE(ids_of(viewer.get("/hosts?status=online&team_id=0")).empty());
}

TEST_F(HostStatusLists, GoOnAfterACursor) {
    const auto moment = [&](const std::string& before) {
        return stack.sql().value(
            "SELECT DATE_FORMAT(UTC_TIMESTAMP() - INTERVAL " + before + ", '%Y-%m-%dT%H:%i:%sZ')"
        );
    };
    const auto after = moment("10 DAY");
    EXPECT_EQ(
        ids_of(admin.get("/hosts?order_key=seen_time&per_page=25&after=" + after)),
        expected(kSeen + " > '" + after.substr(0, 19) + "'", kSeen + ", h.id", " LIMIT 25")
    );
    EXPECT_EQ(
        ids_of(admin.get("/hosts?order_key=id&per_page=25&status=offline&after=3000")),
        expected("h.id > 3000 AND NOT (" + kOnline + ")", "h.id", " LIMIT 25")
    );
    EXPECT_EQ(
        ids_of(admin.get("/hosts?order_key=hostname&per_page=25&status=online&after=seen-500")),
        expected("h.hostname > 'seen-500' AND " + kOnline, "h.hostname, h.id", " LIMIT 25")
    );
    EXPECT_EQ(
        admin.get("/hosts?order_key=nonsense&status=missing").status,
        admin.get("/hosts?order_key=nonsense").status
    );
}

TEST_F(HostStatusLists, AreTheSameAsCsv) {
    for (const auto* more : {"", "&platform=darwin"}) {
        const auto condition =
            kOnline + (*more == '\0' ? std::string{} : " AND h.platform = 'darwin'");
        std::istringstream csv{
            admin.get(std::string{"/hosts/report?format=csv&columns=id&status=online"} + more)
                .body};
        std::vector<std::string> found;
        for (std::string line; std::getline(csv, line);) {
            if (line.ends_with('\r')) line.pop_back();
            found.push_back(line);
        }
        ASSERT_FALSE(found.empty());
        found.erase(found.begin());
        EXPECT_EQ(found, expected(condition, "h.id")) << more;
    }
}

TEST_F(HostStatusLists, TheSameHostsAreDeleted) {
    const auto kept = expected("NOT (" + kMissing + " AND h.team_id <=> " + team + ")", "h.id");
    const json filters{{"status", "missing"}, {"team_id", seeded[0]["id"]}};
    const auto done = admin.post("/hosts/delete", {{"filters", filters}});
    ASSERT_LT(done.status, 300) << done.text();
    EXPECT_TRUE(eventually([&] { return expected("1 = 1", "h.id") == kept; }));
    EXPECT_EQ(admin.get("/hosts/count?status=missing&team_id=" + team).json()["count"], 0);
    EXPECT_EQ(admin.get("/hosts/count").json()["count"], kept.size());
}

TEST(HostStatusOfAnotherServer, IsKnownHere) {
    Stack two{{.servers = 2}};
    auto there = two.enrolled("elsewhere", "ubuntu", 0);
    auto here = two.enrolled("here", "ubuntu", 1);
    // Online for long enough, whatever this machine is busy with.
    two.sql().execute(
        "UPDATE hosts SET distributed_interval = 600, config_tls_refresh = 600, "
        "identity_changed_at = UTC_TIMESTAMP(6)"
    );
    for (std::size_t server : {0U, 1U}) {
        auto admin = two.admin(server);
        const auto ids = [&](const std::string& more) {
            return ids_of(admin.get("/hosts?" + more));
        };
        EXPECT_TRUE(eventually([&] {
            return ids("status=online").size() == 2 && ids("status=offline").empty();
        })) << server;
        EXPECT_EQ(ids("order_key=seen_time").size(), 2U);
        EXPECT_EQ(admin.get("/hosts/count?status=online").json()["count"], 2);
        EXPECT_EQ(admin.get("/hosts/count?status=offline").json()["count"], 0);
    }
}

}  // namespace
}  // namespace fleet::test
