#include "service/label_rules.hpp"

#include <gtest/gtest.h>

namespace fleet::service {
namespace {

using store::LabelMembership;

const std::string kCriteria = R"({"vital":"platform","value":"ubuntu"})";

NewLabel new_label() {
    NewLabel out;
    out.name = "n";
    return out;
}

TEST(LabelRulesTest, WhatIsGivenDecidesTheKind) {
    NewLabel in = new_label();
    EXPECT_EQ(membership_of(in), LabelMembership::manual) << "nothing: an empty manual one";
    in.query = "SELECT 1";
    EXPECT_EQ(membership_of(in), LabelMembership::dynamic);
    in = new_label();
    in.members.ids = std::vector<HostId>{};
    EXPECT_EQ(membership_of(in), LabelMembership::manual);
    in = new_label();
    in.criteria = kCriteria;
    EXPECT_EQ(membership_of(in), LabelMembership::host_vitals);
}

TEST(LabelRulesTest, OneKindOnly) {
    const auto field = [](const NewLabel& in) {
        const auto kind = membership_of(in);
        return kind ? std::string{} : kind.error().fields.front().name;
    };
    NewLabel in = new_label();
    in.query = "SELECT 1";
    in.members.identifiers = {{"a"}};
    EXPECT_EQ(field(in), "query");
    in = new_label();
    in.members.identifiers = {{"a"}};
    in.members.ids = {{HostId{1}}};
    EXPECT_EQ(field(in), "hosts");
    in = new_label();
    in.criteria = kCriteria;
    in.query = "SELECT 1";
    EXPECT_EQ(field(in), "criteria");
    in = new_label();
    in.criteria = "{}";
    EXPECT_EQ(field(in), "criteria");
}

TEST(LabelRulesTest, NamesAreReservedWithTheirCase) {
    EXPECT_TRUE(is_reserved_label("All Hosts"));
    EXPECT_TRUE(is_reserved_label("iPadOS"));
    EXPECT_FALSE(is_reserved_label("all hosts"));
}

TEST(LabelRulesTest, TextsFitTheirColumns) {
    EXPECT_TRUE(check_label_texts(std::string(255, 'x'), "", ""));
    EXPECT_EQ(check_label_texts(" ", "", "").error().fields.front().name, "name");
    EXPECT_EQ(check_label_texts(std::string(256, 'x'), "", "").error().fields.front().name, "name");
    EXPECT_EQ(
        check_label_texts("n", std::string(1'024, 'x'), "").error().fields.front().name,
        "description"
    );
    EXPECT_EQ(
        check_label_texts("n", "", std::string(65, 'x')).error().fields.front().name, "platform"
    );
}

TEST(LabelRulesTest, SpecsMustBeWhole) {
    const auto reason = [](const LabelSpec& spec) {
        const auto kind = membership_of(spec);
        if (kind) return std::string{};
        EXPECT_EQ(kind.error().message, "Unprocessable Entity");
        return kind.error().fields.front().reason;
    };
    LabelSpec spec;
    spec.name = "s";
    spec.query = "SELECT 1";
    EXPECT_EQ(reason(spec), "") << "dynamic is the default";
    spec.hosts = {{"a"}};
    EXPECT_EQ(reason(spec), "label \"s\" is dynamic, so it cannot list hosts");
    spec.hosts.reset();
    spec.query = " ;";
    EXPECT_EQ(reason(spec), "label \"s\" is dynamic, so it needs a query");
    spec.membership = "manual";
    EXPECT_EQ(reason(spec), "label \"s\" is manual, so it needs the key hosts");
    spec.hosts = std::vector<std::string>{};
    EXPECT_EQ(reason(spec), "");
    spec.membership = "host_vitals";
    EXPECT_EQ(reason(spec), "label \"s\" looks at host vitals, so it needs criteria");
    spec.criteria = "{}";
    EXPECT_EQ(reason(spec), "label \"s\": criteria: vital is missing");
    spec.criteria = kCriteria;
    EXPECT_EQ(reason(spec), "");
    spec.membership = "magic";
    EXPECT_NE(reason(spec), "");
}

}  // namespace
}  // namespace fleet::service
