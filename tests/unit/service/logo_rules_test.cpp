#include "service/logo_rules.hpp"

#include <gtest/gtest.h>

namespace fleet::service {
namespace {

struct Image {
    const char* name;
    std::string bytes;
    const char* type;  // "" refused
};

class Logo : public testing::TestWithParam<Image> {};

TEST_P(Logo, IsKnownByItsBytes) {
    const auto type = logo_type(GetParam().bytes);
    if (*GetParam().type == '\0') {
        ASSERT_FALSE(type) << *type;
        EXPECT_EQ(type.error().kind, ErrorKind::bad_request);
    } else {
        ASSERT_TRUE(type) << type.error().fields.front().reason;
        EXPECT_EQ(*type, GetParam().type);
    }
}

std::string svg(const std::string& inside) {
    return "<svg xmlns=\"http://www.w3.org/2000/svg\">" + inside + "</svg>";
}

INSTANTIATE_TEST_SUITE_P(
    Images,
    Logo,
    testing::Values(
        Image{"Png", std::string{"\x89PNG\r\n\x1a\n..."}, "image/png"},
        Image{"Jpeg", std::string{"\xFF\xD8\xFF\xE0..."}, "image/jpeg"},
        Image{"Webp", std::string{"RIFF\x10\x10\x10\x10WEBPVP8 "}, "image/webp"},
        Image{"Svg", svg("<circle r=\"1\"/>"), "image/svg+xml"},
        Image{
            "SvgWithHead", "<?xml version=\"1.0\"?>\n" + svg("<path d=\"M0\"/>"), "image/svg+xml"},
        Image{"SvgWordsWithOn", svg("<text font=\"x\">on = off</text>"), "image/svg+xml"},
        Image{"SvgScript", svg("<ScRipt>1</ScRipt>"), ""},
        Image{"SvgHandler", svg("<g onload=\"x()\"/>"), ""},
        Image{"SvgHandlerSpaced", svg("<g\nonLoad\n = \"x()\"/>"), ""},
        Image{"SvgHandlerAfterSlash", svg("<g/onload=x()>"), ""},
        Image{"SvgDoctype", "<?xml?><!DOCTYPE svg>" + svg(""), ""},
        Image{"SvgJavascript", svg("<a href=\"java\nscript:x()\"/>"), ""},
        Image{"SvgCharacterReference", svg("<a href=\"&#106;avascript:x()\"/>"), ""},
        Image{"SvgData", svg("<image href=\"data:text/html,x\"/>"), ""},
        Image{"SvgForeign", svg("<foreignObject/>"), ""},
        Image{"Html", "<html><svg></svg></html>", ""},
        Image{"Gif", "GIF89a", ""},
        Image{"Empty", "", ""},
        Image{"TooLarge", std::string{"\x89PNG\r\n\x1a\n"} + std::string(100 * 1024, 'x'), ""}
    ),
    [](const auto& test) { return test.param.name; }
);

}  // namespace
}  // namespace fleet::service
