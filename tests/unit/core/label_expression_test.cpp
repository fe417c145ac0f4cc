#include "fleet/core/label_expression.hpp"

#include <gtest/gtest.h>

namespace fleet {
namespace {

/// The tree as text: "&(1 !(|(2 'a b')))".
std::string shown(const LabelExpression& expression) {
    using Kind = LabelExpression::Kind;
    if (expression.kind == Kind::label) {
        return expression.name.empty() ? to_text(expression.label) : "'" + expression.name + "'";
    }
    std::string out = expression.kind == Kind::all   ? "&("
                      : expression.kind == Kind::any ? "|("
                                                     : "!(";
    for (const LabelExpression& part : expression.parts)
        out += (out.back() == '(' ? "" : " ") + shown(part);
    return out + ")";
}

struct Good {
    const char* text;
    const char* tree;
};

class LabelExpressionGood : public testing::TestWithParam<Good> {};

TEST_P(LabelExpressionGood, BindsAsDocumented) {
    const auto parsed = parse_label_expression(GetParam().text);
    ASSERT_TRUE(parsed) << parsed.error().fields.front().reason;
    EXPECT_EQ(shown(*parsed), GetParam().tree);
}

INSTANTIATE_TEST_SUITE_P(
    Texts,
    LabelExpressionGood,
    testing::Values(
        Good{"7", "7"},
        Good{" 7 ", "7"},
        Good{"1 and 2", "&(1 2)"},
        Good{"1 AND 2 And 3", "&(1 2 3)"},
        Good{"1 or 2 and 3", "|(1 &(2 3))"},
        Good{"(1 or 2) and 3", "&(|(1 2) 3)"},
        Good{"not 1 and 2", "&(!(1) 2)"},
        Good{"not (1 or 2)", "!(|(1 2))"},
        Good{"not not 1", "!(!(1))"},
        Good{"'Pilot group' and not \"old\"", "&('Pilot group' !('old'))"},
        Good{"'it''s'", "'it's'"},
        Good{"'and'or'or'", "|('and' 'or')"},
        Good{"((1))", "1"},
        Good{"not(1)or(2)", "|(!(1) 2)"}
    )
);

struct Bad {
    const char* text;
    const char* reason;
};

class LabelExpressionBad : public testing::TestWithParam<Bad> {};

TEST_P(LabelExpressionBad, IsRefusedWithAReason) {
    const auto parsed = parse_label_expression(GetParam().text);
    ASSERT_FALSE(parsed);
    const std::string& reason = parsed.error().fields.front().reason;
    EXPECT_NE(reason.find(GetParam().reason), std::string::npos) << reason;
}

INSTANTIATE_TEST_SUITE_P(
    Texts,
    LabelExpressionBad,
    testing::Values(
        Bad{"", "a label is missing at the end"},
        Bad{"1 and", "a label is missing at the end"},
        Bad{"not", "a label is missing at the end"},
        Bad{"1 2", "position 3"},
        Bad{"laptops", "position 1"},
        Bad{"1)", "position 2"},
        Bad{"(1", "a bracket is not closed"},
        Bad{"'open", "a quote is not closed"},
        Bad{"''", "a label's name is empty"},
        Bad{"1 xor 2", "position 3"},
        Bad{"99999999999999999999999", "position 1"},
        Bad{"-1", "position 1"},
        Bad{"1; DROP TABLE hosts", "position 2"}
    )
);

TEST(LabelExpressionTest, SizeAndDepthAreBounded) {
    std::string many = "1";
    for (std::size_t i = 1; i <= kMostLabelTerms; ++i)
        many += " or 1";
    EXPECT_FALSE(parse_label_expression(many));

    const std::string deep(100'000, '(');
    EXPECT_FALSE(parse_label_expression(deep));
    std::string nots;
    for (int i = 0; i < 10'000; ++i)
        nots += "not ";
    EXPECT_FALSE(parse_label_expression(nots + "1"));
}

TEST(LabelExpressionTest, EveryLeafIsVisitedOnce) {
    auto parsed = parse_label_expression("1 and not ('a' or 3)");
    ASSERT_TRUE(parsed);
    int leaves = 0;
    parsed->each_label([&](LabelExpression&) { ++leaves; });
    EXPECT_EQ(leaves, 3);
}

}  // namespace
}  // namespace fleet
