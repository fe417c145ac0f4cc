#include "fleet/core/shape.hpp"

#include <gtest/gtest.h>

#include <array>

namespace fleet::json {
namespace {

struct Inner {
    std::vector<std::uint64_t> team_ids{};
    static void fields(auto&& field) { field("team_ids", &Inner::team_ids); }
};

constexpr std::array<std::string_view, 2> kColours{"red", "green"};

struct Coloured {
    static constexpr const char* kShapeName = "Coloured";
    std::string colour{};
    std::optional<std::string> other{};
    static void fields(auto&& field) {
        field("colour", &Coloured::colour, omit_empty.among(kColours));
        field("other", &Coloured::other, among(kColours));
    }
};

struct Outer {
    std::string name{};
    std::optional<std::int64_t> number{};
    Patch<bool> on{};
    std::optional<TeamId> team_id{};
    std::map<std::string, double> shares{};
    std::vector<Inner> teams{};
    Time when{};
    Value rest{};
    static void fields(auto&& field) {
        field("name", &Outer::name, omit_empty);
        field("number", &Outer::number);
        field("on", &Outer::on);
        field("team_id", &Outer::team_id);
        field("shares", &Outer::shares);
        field("teams", &Outer::teams);
        field("when", &Outer::when);
        field("rest", &Outer::rest);
        field("page", &Outer::number, in_query);
    }
};

std::vector<std::string> names(const Shape& shape) {
    std::vector<std::string> out;
    for (const Field& field : shape.fields)
        out.push_back(field.name + (field.optional ? "?" : ""));
    return out;
}

TEST(ShapeOf, TellsMembersAndTypesOfAStruct) {
    const Shape shape = shape_of<Outer>(Use::answer);

    using Kind = Shape::Kind;
    EXPECT_EQ(
        names(shape),
        (std::vector<std::string>{
            "name?", "number", "on", "team_id", "shares", "teams", "when", "rest"})
    );
    EXPECT_EQ(shape.fields[0].shape.kind, Kind::text);
    EXPECT_EQ(shape.fields[1].shape.kind, Kind::integer);
    EXPECT_TRUE(shape.fields[1].shape.nullable);
    EXPECT_EQ(shape.fields[2].shape.kind, Kind::flag);
    EXPECT_EQ(shape.fields[3].shape.kind, Kind::count);
    EXPECT_EQ(shape.fields[4].shape.item.front().kind, Kind::number);
    EXPECT_EQ(shape.fields[5].shape.item.front().fields.front().name, "team_ids");
    EXPECT_EQ(shape.fields[6].shape.kind, Kind::time);
    EXPECT_EQ(shape.fields[7].shape.kind, Kind::any);
}

TEST(ShapeOf, TellsTheNameOfAnAnswerAndTheWordsOfItsTexts) {
    const Shape shape = shape_of<Coloured>(Use::answer);

    EXPECT_EQ(shape.name, "Coloured");
    EXPECT_EQ(names(shape), (std::vector<std::string>{"colour?", "other"}));
    EXPECT_EQ(shape.fields[0].shape.values, (std::vector<std::string>{"red", "green"}));
    EXPECT_EQ(shape.fields[1].shape.values, (std::vector<std::string>{"red", "green"}));
    EXPECT_TRUE(shape.fields[1].shape.nullable);
    EXPECT_EQ(shape_of<Coloured>(Use::request).name, "") << "all of it may miss there";
}

TEST(ShapeOf, InARequestNothingHasToBeThere) {
    for (const Field& field : shape_of<Outer>(Use::request).fields)
        EXPECT_TRUE(field.optional) << field.name;
}

TEST(ParametersOf, AreWhatIsNotInTheBody) {
    const auto parameters = parameters_of<Outer>();

    ASSERT_EQ(parameters.size(), 1U);
    EXPECT_EQ(parameters[0].name, "page");
    EXPECT_FALSE(parameters[0].shape.nullable);
}

TEST(WithAliases, DescribesWhatAddAliasesDoes) {
    const Shape shape =
        with_aliases(named("Thing", {{"teams", list_of(shape_of<Inner>(Use::answer))}}));

    EXPECT_EQ(names(shape), (std::vector<std::string>{"teams", "fleets"}));
    EXPECT_EQ(names(shape.fields[0].shape.item.front()), std::vector<std::string>{"team_ids"});
    EXPECT_EQ(names(shape.fields[1].shape.item.front()), std::vector<std::string>{"fleet_ids"});
}

// Elsewhere the same component may be described in both words.
TEST(WithAliases, BelowARenamedMemberComponentsHaveNamesOfTheirOwn) {
    const Shape secret = named("Secret", {{"team_id", count}});
    const Shape team = named("Team", {{"secrets", list_of(secret)}});

    const Shape inside = with_aliases(object({{"team", team}})).fields[0].shape;
    const Shape alone = with_aliases(secret);

    EXPECT_EQ(inside.name, "Team");
    EXPECT_EQ(inside.fields[0].shape.item.front().name, "SecretInOlderWords");
    EXPECT_EQ(names(inside.fields[0].shape.item.front()), std::vector<std::string>{"team_id"});
    EXPECT_EQ(alone.name, "Secret");
    EXPECT_EQ(names(alone), (std::vector<std::string>{"team_id", "fleet_id"}));
}

TEST(InNewerWords, GivesAChangedComponentANameOfItsOwn) {
    const Shape changed = named("Query", {{"team_id", count}});
    const Shape same = named("Label", {{"name", text}});

    EXPECT_EQ(in_newer_words(changed).name, "QueryInNewerWords");
    EXPECT_EQ(in_newer_words(same).name, "Label");
}

}  // namespace
}  // namespace fleet::json
