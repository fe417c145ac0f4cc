#include "api/rest/multipart.hpp"

#include <gtest/gtest.h>

namespace fleet::api::rest {
namespace {

constexpr const char* kType = "multipart/form-data; boundary=xyz";

TEST(Multipart, GivesThePartsWithTheirBytes) {
    const std::string body =
        "preamble\r\n--xyz\r\nContent-Disposition: form-data; name=\"fleet_id\"\r\n\r\n7\r\n"
        "--xyz\r\ncontent-disposition: form-data; filename=\"a;b\\\".png\"; name=logo\r\n"
        "Content-Type: image/png\r\n\r\n\r\nraw\r\n--xy not the end\r\n--xyz--\r\n";
    const auto parts = parse_form(kType, body);
    ASSERT_TRUE(parts);
    ASSERT_EQ(parts->size(), 2U);
    EXPECT_EQ((*parts)[0].name, "fleet_id");
    EXPECT_EQ((*parts)[0].content, "7");
    EXPECT_EQ((*parts)[1].name, "logo");
    EXPECT_EQ((*parts)[1].filename, "a;b\".png");
    EXPECT_EQ((*parts)[1].content_type, "image/png");
    EXPECT_EQ((*parts)[1].content, "\r\nraw\r\n--xy not the end");
}

TEST(Multipart, TakesAQuotedBoundaryAndAnEmptyForm) {
    const auto parts =
        parse_form("Multipart/Form-Data; charset=x; BOUNDARY=\"x y\"", "--x y--\r\n");
    ASSERT_TRUE(parts);
    EXPECT_TRUE(parts->empty());
}

TEST(Multipart, RefusesWhatIsNone) {
    const std::string part = "--xyz\r\nContent-Disposition: form-data; name=a\r\n\r\n1";
    EXPECT_FALSE(parse_form("application/json", "{}"));
    EXPECT_FALSE(parse_form("multipart/form-data", part + "\r\n--xyz--"));
    EXPECT_FALSE(parse_form("multipart/form-data; boundary=" + std::string(71, 'x'), ""));
    EXPECT_FALSE(parse_form(kType, ""));
    EXPECT_FALSE(parse_form(kType, "--xyz"));
    EXPECT_FALSE(parse_form(kType, part)) << "cut off";
    EXPECT_FALSE(parse_form(kType, "--xyz\r\nno head\r\n--xyz--"));
    std::string many;
    for (int i = 0; i < 65; ++i)
        many += part + "\r\n";
    EXPECT_FALSE(parse_form(kType, many + "--xyz--"));
}

}  // namespace
}  // namespace fleet::api::rest
