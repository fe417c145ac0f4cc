#include "api/rest/host_csv.hpp"

#include <gtest/gtest.h>

namespace fleet::api::rest {
namespace {

std::vector<std::string> names(std::string_view list) {
    const auto columns = csv_columns(list);
    EXPECT_TRUE(columns) << columns.error();
    std::vector<std::string> out;
    for (const CsvColumn* column : *columns)
        out.emplace_back(column->name);
    return out;
}

std::string cell(std::string_view column, const service::HostView& view) {
    return csv_columns(column)->front()->cell(view);
}

TEST(HostCsv, QuotesOnlyWhatMustBeQuoted) {
    EXPECT_EQ(csv_cell("plain text"), "plain text");
    EXPECT_EQ(csv_cell("a,b"), "\"a,b\"");
    EXPECT_EQ(csv_cell("say \"hi\""), "\"say \"\"hi\"\"\"");
    EXPECT_EQ(csv_cell("two\nlines"), "\"two\nlines\"");
    EXPECT_EQ(csv_cell(" padded"), "\" padded\"");
    EXPECT_EQ(csv_cell(""), "");
}

TEST(HostCsv, AllColumnsWithoutAList) {
    const auto all = names("");
    EXPECT_EQ(all.front(), "created_at");
    EXPECT_EQ(all.back(), "display_name");
}

TEST(HostCsv, KeepsTheOrderOfTheList) {
    EXPECT_EQ(names("id,hostname,id"), (std::vector<std::string>{"id", "hostname", "id"}));
}

TEST(HostCsv, TakesTheNewerNames) {
    EXPECT_EQ(names("fleet_id,fleet_name"), (std::vector<std::string>{"team_id", "team_name"}));
}

TEST(HostCsv, NamesTheColumnThatDoesNotExist) {
    EXPECT_EQ(csv_columns("id,foo").error(), "invalid column name: \"foo\"");
    EXPECT_FALSE(csv_columns("id, hostname"));
}

TEST(HostCsv, FormatsValuesAsTheReferenceDoes) {
    service::HostView view;
    view.host.uptime = 86'400'000'000'000;
    view.host.refetch_requested = true;
    view.host.team_id = TeamId{3};
    view.host.percent_disk_space_available = 48;
    view.status = HostStatus::missing;

    EXPECT_EQ(cell("uptime", view), "24h0m0s");
    EXPECT_EQ(cell("refetch_requested", view), "true");
    EXPECT_EQ(cell("team_id", view), "3");
    EXPECT_EQ(cell("team_name", view), "");
    EXPECT_EQ(cell("percent_disk_space_available", view), "48");
    EXPECT_EQ(cell("status", view), "offline");
    EXPECT_EQ(cell("issues", view), "0");
}

}  // namespace
}  // namespace fleet::api::rest
