#include "http/sockjs.hpp"

#include <gmock/gmock.h>

namespace fleet::http::sockjs {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::Optional;

TEST(SockJs, WrapsAMessageAsAStringInAnArray) {
    EXPECT_EQ(encode(R"({"type":"totals"})"), R"(a["{\"type\":\"totals\"}"])");
    EXPECT_EQ(encode(""), R"(a[""])");
}

TEST(SockJs, UnwrapsArraysAndSingleStrings) {
    EXPECT_THAT(decode(R"(["{\"a\":1}","b"])"), Optional(ElementsAre(R"({"a":1})", "b")));
    EXPECT_THAT(decode(R"("one")"), Optional(ElementsAre("one")));
    EXPECT_THAT(decode("[]"), Optional(IsEmpty()));
    EXPECT_THAT(decode(""), Optional(IsEmpty()));
}

TEST(SockJs, RefusesEverythingElse) {
    for (const char* frame : {"[1]", "{}", "[\"a\"", "a[\"x\"]", "null", "[[\"a\"]]", "\xFF"}) {
        EXPECT_FALSE(decode(frame)) << frame;
    }
}

}  // namespace
}  // namespace fleet::http::sockjs
