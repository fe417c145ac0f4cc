#include "fleet/core/label_criteria.hpp"

#include <gtest/gtest.h>

namespace fleet {
namespace {

using Operator = LabelCriteria::Operator;

TEST(LabelCriteriaTest, EqualIsTheOperatorWhenNoneIsGiven) {
    const auto criteria = parse_label_criteria(R"({"vital":"platform","value":"ubuntu"})");
    ASSERT_TRUE(criteria);
    EXPECT_EQ(criteria->vital.name, "platform");
    EXPECT_EQ(criteria->op, Operator::equal);
    EXPECT_EQ(criteria->value, "ubuntu");
}

TEST(LabelCriteriaTest, NumbersComeAsTextOrNumber) {
    for (const char* text :
         {R"({"vital":"memory","operator":">","value":"8000000000"})",
          R"({"vital":"memory","operator":">","value":8000000000})"}) {
        const auto criteria = parse_label_criteria(text);
        ASSERT_TRUE(criteria) << text;
        EXPECT_EQ(criteria->op, Operator::greater);
        EXPECT_EQ(criteria->number, 8e9);
    }
}

TEST(LabelCriteriaTest, ConditionsNest) {
    const auto criteria = parse_label_criteria(
        R"({"and":[{"vital":"platform","value":"darwin"},
            {"or":[{"vital":"hostname","operator":"LIKE","value":"lap%"},
                   {"vital":"hardware_model","operator":"!=","value":"VM"}]}]})"
    );
    ASSERT_TRUE(criteria);
    ASSERT_EQ(criteria->kind, LabelCriteria::Kind::all);
    ASSERT_EQ(criteria->parts.size(), 2U);
    EXPECT_EQ(criteria->parts[1].kind, LabelCriteria::Kind::any);
    EXPECT_EQ(criteria->parts[1].parts[0].op, Operator::like);
}

TEST(LabelCriteriaTest, TheContractsOwnVitalsAreKnown) {
    EXPECT_TRUE(parse_label_criteria(R"({"vital":"end_user_idp_group","value":"Design"})"));
    EXPECT_TRUE(parse_label_criteria(R"({"vital":"end_user_idp_department","value":"IT"})"));
    EXPECT_TRUE(parse_label_criteria(
        R"({"vital":"custom_host_vital","custom_host_vital_id":3,"value":"x"})"
    ));
}

struct Bad {
    const char* text;
    const char* reason;
};

class LabelCriteriaBad : public testing::TestWithParam<Bad> {};

TEST_P(LabelCriteriaBad, NamesTheFieldAndTheReason) {
    const auto criteria = parse_label_criteria(GetParam().text);
    ASSERT_FALSE(criteria);
    EXPECT_EQ(criteria.error().kind, ErrorKind::invalid);
    EXPECT_EQ(criteria.error().fields.front().name, "criteria");
    EXPECT_EQ(criteria.error().fields.front().reason, GetParam().reason);
}

INSTANTIATE_TEST_SUITE_P(
    Texts,
    LabelCriteriaBad,
    testing::Values(
        Bad{"no json", "must be an object"},
        Bad{"[]", "must be an object"},
        Bad{"{}", "vital is missing"},
        Bad{R"({"vital":"node_key","value":"x"})", "unknown vital \"node_key\""},
        Bad{R"({"vital":"platform"})", "value is missing"},
        Bad{R"({"vital":"platform","value":true})", "value must be text"},
        Bad{R"({"vital":"platform","value":"x","operator":"~"})",
            "unknown operator \"~\": use =, !=, >, < or LIKE"},
        Bad{R"({"vital":"platform","value":"x","operator":">"})",
            "\"platform\" is text: use =, != or LIKE"},
        Bad{R"({"vital":"memory","value":"much"})",
            "\"memory\" is compared with numbers, not with \"much\""},
        Bad{R"({"vital":"memory","value":"1","operator":"LIKE"})",
            "\"memory\" is a number, not text"},
        Bad{R"({"vital":"custom_host_vital","value":"x"})", "custom_host_vital_id is missing"},
        Bad{R"({"and":[]})", "and, or take a list of conditions"},
        Bad{R"({"and":[{"vital":"uuid","value":"x"}],"or":[{"vital":"uuid","value":"x"}]})",
            "use one of vital, and, or at each level"}
    )
);

TEST(LabelCriteriaTest, DepthIsBounded) {
    std::string text = R"({"vital":"uuid","value":"x"})";
    for (int i = 0; i < 20; ++i)
        text = R"({"and":[)" + text + "]}";
    EXPECT_FALSE(parse_label_criteria(text));
}

}  // namespace
}  // namespace fleet
