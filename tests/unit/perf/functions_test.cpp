#include <gtest/gtest.h>

#include "virtual_host.hpp"

namespace fleet::perf {
namespace {

struct Case {
    const char* name;
    const char* sql;
    const char* expected;
};

class FunctionTest : public ::testing::TestWithParam<Case> {};

TEST_P(FunctionTest, Gives) {
    testing::VirtualHost host{Flavor::ubuntu};

    EXPECT_EQ(host.value(std::string{"SELECT "} + GetParam().sql), GetParam().expected);
}

INSTANTIATE_TEST_SUITE_P(
    All,
    FunctionTest,
    ::testing::Values(
        Case{"SplitPiece", "split('172.16.0.1', '.', 1)", "16"},
        Case{"SplitSkipsEmptyPieces", "split('a,, b', ',', 1)", "b"},
        Case{"SplitBeyondTheEnd", "split('a', '.', 3)", ""},
        Case{"SplitOfNull", "split(NULL, '.', 0)", ""},
        Case{"RegexMatchGroup", "regex_match('version 12.4', '([0-9]+)\\.([0-9]+)', 2)", "4"},
        Case{"RegexMatchNothing", "regex_match('abc', '[0-9]', 0)", ""},
        Case{"RegexSplit", "regex_split('a1b22c', '[0-9]+', 2)", "c"},
        Case{"Concat", "concat('a', NULL, 1)", "a1"},
        Case{"ConcatWithSeparator", "concat_ws('-', 'a', NULL, 'b')", "a-b"},
        Case{"VersionCompare", "version_compare('1.10.0', '1.9.9')", "1"},
        Case{"VersionCompareEqual", "version_compare('1.2', '1.2')", "0"},
        Case{"InetAton", "inet_aton('10.0.0.1')", "167772161"},
        Case{"CidrInside", "in_cidr_block('10.0.0.0/8', '10.9.8.7')", "1"},
        Case{"CidrOutside", "in_cidr_block('10.0.0.0/16', '10.9.8.7')", "0"},
        Case{"Md5", "md5('a')", "0cc175b9c0f1b6a831c399e269772661"},
        Case{"Base64", "to_base64('abc') || from_base64('YWI=')", "YWJjab"},
        Case{"Json", "json_extract('{\"a\":[1,2]}', '$.a[1]')", "2"}
    ),
    [](const auto& chosen) { return chosen.param.name; }
);

TEST(FunctionErrorTest, InvalidRegexIsAnError) {
    testing::VirtualHost host{Flavor::ubuntu};

    EXPECT_EQ(host.run("SELECT regex_match('a', '(', 0)").message, "Invalid regex");
}

TEST(FunctionErrorTest, VersionCollationOrdersByNumber) {
    testing::VirtualHost host{Flavor::ubuntu};

    const auto sql =
        "SELECT v FROM (SELECT '1.9' AS v UNION SELECT '1.10') ORDER BY v COLLATE version DESC "
        "LIMIT 1";

    EXPECT_EQ(host.value(sql), "1.10");
}

}  // namespace
}  // namespace fleet::perf
