#include "fleet/checkin/software_ingest.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "fleet/checkin/detail_queries.hpp"
#include "fleet/checkin/ingest.hpp"
#include "fleet/core/software_facts.hpp"
#include "fleet/sql/linter.hpp"
#include "fleet/store/software_catalog.hpp"

namespace fleet::checkin {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

std::shared_ptr<SoftwareReport> report_of(
    std::string_view main, std::string_view python = "[]", std::string_view name = "software_linux"
) {
    const store::SoftwareCatalog nothing_known;
    SoftwareAnswers answers;
    answers.add("software_python_packages", python);
    answers.add(name, main);
    return answers.report(nothing_known);
}

std::vector<std::string> names(const SoftwareReport& report) {
    std::vector<std::string> out;
    for (const auto& [digest, software] : report.news)
        out.push_back(software.name);
    return out;
}

TEST(SoftwareAnswers, ExtrasWithoutTheMainQuerySayNothing) {
    SoftwareAnswers answers;
    answers.add("software_vscode_extensions", "[]");
    EXPECT_FALSE(answers.complete());
    answers.add("software_macos", "[]");
    EXPECT_TRUE(answers.complete());
}

TEST(SoftwareAnswers, OrderAndRepetitionDoNotMatter) {
    const auto one = report_of(R"([{"name":"a","source":"s"},{"name":"b","source":"s"}])");
    const auto two = report_of(
        R"([{"source":"s","name":"b"},{"name":"a","source":"s","x":{}},{"name":"b","source":"s"}])"
    );
    EXPECT_EQ(one->digest, two->digest);
    EXPECT_EQ(two->members.size(), 2U);
    EXPECT_NE(one->digest, report_of(R"([{"name":"a","source":"s"}])")->digest);
}

TEST(SoftwareAnswers, WhatMovesByItselfIsNotPartOfTheSet) {
    const auto one = report_of(R"([{"name":"a","last_opened_at":"5","installed_path":"/a"}])");
    const auto two = report_of(R"([{"name":"a","last_opened_at":"9.5","installed_path":"/b"}])");
    EXPECT_EQ(one->digest, two->digest);
    EXPECT_EQ(unpack_opened(two->opened).at(0).second, 9);
    EXPECT_EQ(unpack_paths(two->paths).at(0).second, "/b");
}

TEST(SoftwareAnswers, RowsThatNameNothingAreSkipped) {
    const auto report = report_of(R"([{"name":""},{"version":"1"},null,3,["x"],{"name":"a"}])");
    ASSERT_TRUE(report);
    EXPECT_THAT(names(*report), ElementsAre("a"));
}

TEST(SoftwareAnswers, TextThatIsNoJsonIsNoReport) {
    EXPECT_FALSE(report_of(R"([{"name":"a"},)"));
    EXPECT_FALSE(report_of("{}"));
    EXPECT_FALSE(report_of(""));
}

TEST(SoftwareAnswers, KeepsTextOnlyOfWhatIsUnknown) {
    store::SoftwareCatalog catalog;
    const auto first = report_of(R"([{"name":"a"}])");
    store::SoftwareCatalog::Learned learned;
    learned.software[first->members.front()] = {.id = 7};
    catalog.learn(std::move(learned));
    SoftwareAnswers answers;
    answers.add("software_linux", R"([{"name":"a"},{"name":"b"}])");

    const auto report = answers.report(catalog);

    EXPECT_EQ(report->members.size(), 2U);
    EXPECT_THAT(names(*report), ElementsAre("b"));
}

TEST(SoftwareAnswers, TextIsCutToItsColumn) {
    const auto report = report_of(R"([{"name":")" + std::string(300, 'n') + R"("}])");
    EXPECT_EQ(report->news.front().second.name, std::string(255, 'n'));
}

TEST(SoftwareAnswers, TimesThatAreNoneAreNotKept) {
    const auto report = report_of(
        R"([{"name":"a","last_opened_at":"-1"},{"name":"b","last_opened_at":""},)"
        R"({"name":"c","last_opened_at":"99999999999999999999"},{"name":"d","last_opened_at":null}])"
    );
    EXPECT_EQ(report->opened, "");
}

TEST(SoftwareAnswers, PythonIsRenamedOnlyWhereTheDistributionHasPackages) {
    constexpr auto kPython = R"([{"name":"Requests","source":"python_packages"},
                                 {"name":"Six","source":"python_packages"}])";
    const auto packaged = report_of(R"([{"name":"python3-six","source":"deb_packages"}])", kPython);
    EXPECT_THAT(names(*packaged), UnorderedElementsAre("python3-six", "python3-requests"));
    const auto mac = report_of(R"([{"name":"A.app","source":"apps"}])", kPython, "software_macos");
    EXPECT_THAT(names(*mac), UnorderedElementsAre("A.app", "Requests", "Six"));
}

TEST(SoftwareAnswers, TheHashOfTheTextTellsAnswersApart) {
    const auto hash = [](std::string_view main, std::string_view extra) {
        SoftwareAnswers answers;
        answers.add("software_linux", main);
        answers.add("software_vscode_extensions", extra);
        return answers.text_hash();
    };
    EXPECT_EQ(hash("[1]", "[2]"), hash("[1]", "[2]"));
    EXPECT_NE(hash("[1]", "[2]"), hash("[2]", "[1]"));
    EXPECT_NE(hash("[1]", "[2]"), hash("[1]", "[3]"));
}

TEST(DropUnchanged, TellsThePartsOfSoftwareApart) {
    const auto report = report_of(R"([{"name":"a","installed_path":"/a"}])");
    HostDigests known{};
    HostUpdate first;
    EXPECT_TRUE(drop_unchanged(*report, known, first));
    for (const auto& [kind, digest] : first.digests)
        known[static_cast<std::size_t>(kind)] = digest;

    const auto moved = report_of(R"([{"name":"a","installed_path":"/b"}])");
    HostUpdate second;
    EXPECT_TRUE(drop_unchanged(*moved, known, second));
    EXPECT_FALSE(moved->set_changed);
    EXPECT_TRUE(moved->paths_changed);
    EXPECT_THAT(moved->news, IsEmpty()) << "not needed, so not kept";

    const auto same = report_of(R"([{"name":"a","installed_path":"/a"}])");
    HostUpdate third;
    EXPECT_FALSE(drop_unchanged(*same, known, third));
    EXPECT_THAT(third.digests, IsEmpty());
}

TEST(SoftwareQueries, AreSqlThatOsqueryUnderstands) {
    for (const DetailQuery& query : detail_queries()) {
        if (!is_software_query(query.name)) continue;
        for (const sql::Warning& warning : sql::lint(query.sql))
            ADD_FAILURE() << query.name << ": " << warning.message;
    }
}

TEST(SoftwareQueries, AreLeftOutWhenTheFeatureIsOff) {
    DetailSettings settings;
    EXPECT_NE(
        detail_text(Platform::darwin, settings).queries.find("software_macos"), std::string::npos
    );
    settings.software = false;
    EXPECT_EQ(detail_text(Platform::darwin, settings).queries.find("software_"), std::string::npos);
}

}  // namespace
}  // namespace fleet::checkin
