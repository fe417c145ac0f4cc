// The hosts as CSV: rest-api-a 13.13.
#include <sstream>

#include "integration/api/api_test.hpp"

namespace fleet::test {
namespace {

class HostCsv : public ApiTest {
protected:
    Response csv(const std::string& more) { return admin.get("/hosts/report?format=csv" + more); }

    static std::vector<std::string> lines(const Response& response) {
        std::vector<std::string> result;
        std::istringstream in{response.body};
        for (std::string line; std::getline(in, line);) {
            if (line.ends_with('\r')) line.pop_back();
            result.push_back(line);
        }
        return result;
    }

    FakeAgent agent = stack.enrolled("csv");
    std::string filter = "&query=" + agent.machine().uuid;
};

TEST_F(HostCsv, IsAnAttachmentWithAHeaderRow) {
    const auto response = csv(filter);
    EXPECT_EQ(response.status, 200);
    EXPECT_THAT(response.header("Content-Type"), StartsWith("text/csv"));
    EXPECT_THAT(
        response.header("Content-Disposition"),
        testing::MatchesRegex("attachment; filename=\"Hosts [0-9-]+\\.csv\"")
    );
    EXPECT_EQ(response.header("X-Content-Type-Options"), "nosniff");
    const auto rows = lines(response);
    ASSERT_EQ(rows.size(), 2U);
    EXPECT_THAT(
        rows[0], StartsWith("created_at,updated_at,software_updated_at,id,detail_updated_at")
    );
    EXPECT_THAT(rows[1], HasSubstr(agent.machine().hostname));
    EXPECT_THAT(response.body, Not(HasSubstr(agent.node_key())));
}

TEST_F(HostCsv, ColumnsAndTheirOrderAreTheCallers) {
    const auto rows =
        lines(csv(filter + "&columns=hostname,platform,uptime,refetch_requested,team_name"));
    ASSERT_EQ(rows.size(), 2U);
    EXPECT_EQ(rows[0], "hostname,platform,uptime,refetch_requested,team_name");
    EXPECT_EQ(rows[1], agent.machine().hostname + ",ubuntu,24h0m0s,false,");
}

TEST_F(HostCsv, CellsAreQuotedWhenNeeded) {
    const auto key = "fleet_detail_query_system_info";
    auto row = detail_rows(agent.machine(), "system_info")[0];
    row["hardware_model"] = "a \"b\", c\nd";
    agent.write({{"queries", {{key, json::array({row})}}}, {"statuses", {{key, 0}}}});
    EXPECT_THAT(csv(filter + "&columns=hardware_model").body, HasSubstr("\"a \"\"b\"\", c\nd\""));
}

TEST_F(HostCsv, FormulasDoNotReachASpreadsheetBare) {
    const auto key = "fleet_detail_query_system_info";
    auto row = detail_rows(agent.machine(), "system_info")[0];
    row["hardware_model"] = "plain";
    agent.write({{"queries", {{key, json::array({row})}}}, {"statuses", {{key, 0}}}});
    EXPECT_EQ(
        lines(csv(filter + "&columns=hardware_model,hostname"))[1],
        "plain," + agent.machine().hostname
    );
}

TEST_F(HostCsv, EmptyResultsKeepTheHeader) {
    EXPECT_EQ(
        lines(csv("&query=nobody-at-all&columns=id,hostname")),
        std::vector<std::string>{"id,hostname"}
    );
}

TEST_F(HostCsv, UnknownColumnsAndFormats) {
    const auto response = csv("&columns=id,foo");
    EXPECT_EQ(response.status, 400);
    EXPECT_EQ(response.json()["error"], "invalid column name: \"foo\"");
    const auto format = admin.get("/hosts/report?format=pdf").status;
    EXPECT_TRUE(format == 400 || format == 422) << format;
    const auto none = admin.get("/hosts/report").status;
    EXPECT_TRUE(none == 400 || none == 422) << none;
}

TEST_F(HostCsv, TakesALabel) {
    const auto label = stack.sql().value("SELECT id FROM labels WHERE name = 'macOS'");
    EXPECT_EQ(lines(csv(filter + "&label_id=" + label)).size(), 1U);
    const auto mine = stack.sql().value("SELECT id FROM labels WHERE name = 'Ubuntu Linux'");
    EXPECT_EQ(lines(csv(filter + "&label_id=" + mine)).size(), 2U);
}

}  // namespace
}  // namespace fleet::test
