#include "api/rest/compact_json.hpp"

#include <gtest/gtest.h>

namespace fleet::api::rest {
namespace {

struct Inner {
    int number = 7;
    static void fields(auto&& field) { field("number", &Inner::number); }
};

struct Outer {
    std::string text{};
    std::optional<double> none{};
    std::vector<Inner> items{{1}, {2}};
    bool yes = true;
    HostId id{42};
    Time at = from_unix_seconds(0);
    static void fields(auto&& field) {
        field("text", &Outer::text);
        field("none", &Outer::none);
        field("items", &Outer::items);
        field("yes", &Outer::yes);
        field("id", &Outer::id);
        field("at", &Outer::at);
    }
};

std::string text_of(const auto& value) {
    std::string out;
    append_json(out, value);
    return out;
}

TEST(CompactJson, WritesWhatTheTreeWouldWrite) {
    Outer outer;
    outer.text = "a \"quoted\" \\ line\nand a tab\t, \xC3\xA4 and \x01";

    EXPECT_EQ(json::Value::parse(text_of(outer)), json::encode(outer));
}

TEST(CompactJson, WritesNoBlanks) {
    EXPECT_EQ(
        text_of(Outer{}),
        R"({"text":"","none":null,"items":[{"number":1},{"number":2}],"yes":true,"id":42,)"
        R"("at":"1970-01-01T00:00:00Z"})"
    );
}

TEST(CompactJson, WritesWholeNumbersWithoutFraction) {
    EXPECT_EQ(text_of(48.0), "48");
    EXPECT_EQ(text_of(120.5), "120.5");
}

TEST(CompactJson, AddsMembersToAFinishedObject) {
    std::string object = text_of(Inner{});
    append_member(object, "more", std::vector<std::string>{"x"});
    EXPECT_EQ(object, R"({"number":7,"more":["x"]})");
}

}  // namespace
}  // namespace fleet::api::rest
