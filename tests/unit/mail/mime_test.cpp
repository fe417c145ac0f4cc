#include "mail/mime.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "fleet/core/crypto.hpp"

namespace fleet::mail {
namespace {

using testing::HasSubstr;
using testing::Not;

constexpr Time kNow{std::chrono::seconds{1'772'698'530}};  // 2026-03-05T08:15:30Z

TEST(EncodedHeader, PlainTextStaysAndOtherTextIsEncoded) {
    EXPECT_EQ(encoded_header("You are invited"), "You are invited");
    EXPECT_EQ(encoded_header("Grüße"), "=?utf-8?B?" + base64_encode("Grüße") + "?=");
}

TEST(EncodedHeader, LongTextIsCutBetweenCharacters) {
    std::string text;
    for (int i = 0; i < 40; ++i)
        text += "ü";  // two bytes each: a cut at 45 would be inside of one
    const auto header = encoded_header(text);
    EXPECT_THAT(header, HasSubstr("?=\r\n =?utf-8?B?"));
    std::string joined;
    for (std::size_t at = 0; (at = header.find("?B?", at)) != std::string::npos;) {
        at += 3;
        const auto part = base64_decode(header.substr(at, header.find("?=", at) - at));
        ASSERT_TRUE(part);
        EXPECT_EQ(part->size() % 2, 0U);
        joined += *part;
    }
    EXPECT_EQ(joined, text);
}

TEST(MimeText, HasBothPartsAndTheUsualHeaders) {
    const auto text = mime_text(
        {.to = "bo@example.test", .subject = "Hello", .text = "in text", .html = "<p>in html</p>"},
        "fleet@example.test",
        kNow
    );
    EXPECT_THAT(text, HasSubstr("From: fleet@example.test\r\n"));
    EXPECT_THAT(text, HasSubstr("To: bo@example.test\r\n"));
    EXPECT_THAT(text, HasSubstr("Subject: Hello\r\n"));
    EXPECT_THAT(text, HasSubstr("Date: Thu, 05 Mar 2026 08:15:30 +0000\r\n"));
    EXPECT_THAT(text, HasSubstr("@example.test>\r\n"));
    EXPECT_THAT(text, HasSubstr(base64_encode("in text")));
    EXPECT_THAT(text, HasSubstr(base64_encode("<p>in html</p>")));
}

TEST(MimeText, ValuesCannotAddHeaders) {
    const auto text = mime_text(
        {.to = "bo@example.test\r\nBcc: eve@example.test",
         .subject = "Hello\r\nX-Evil: yes",
         .text = "",
         .html = ""},
        "fleet@example.test",
        kNow
    );
    EXPECT_THAT(text, Not(HasSubstr("\nBcc:")));
    EXPECT_THAT(text, Not(HasSubstr("\nX-Evil:")));
}

TEST(MimeText, NoLineIsLongerThanMailAllows) {
    const auto text = mime_text(
        {.to = "bo@example.test", .subject = "s", .text = std::string(10'000, 'x'), .html = ""},
        "fleet@example.test",
        kNow
    );
    for (std::size_t at = 0; at < text.size();) {
        const auto end = text.find("\r\n", at);
        EXPECT_LE(end - at, 78U);
        at = end == std::string::npos ? text.size() : end + 2;
    }
}

}  // namespace
}  // namespace fleet::mail
