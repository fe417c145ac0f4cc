#include "http/inflate.hpp"

#include <gtest/gtest.h>

#include "support/gzip.hpp"

namespace fleet::http {
namespace {

using Status = Inflater::Status;

TEST(Inflater, GivesBackTheTextByteByByte) {
    const std::string text(100'000, 'x');
    const auto packed = test::gzip(text);
    Inflater inflater{text.size()};

    std::string out;
    for (const char byte : packed)
        ASSERT_EQ(inflater.feed({&byte, 1}, out), Status::ok);

    EXPECT_EQ(out, text);
    EXPECT_TRUE(inflater.complete());
}

TEST(Inflater, StopsABombAtTheLimit) {
    const auto bomb = test::gzip_bomb(100u << 20);
    Inflater inflater{1 << 20};

    std::string out;

    EXPECT_EQ(inflater.feed(bomb, out), Status::too_large);
    EXPECT_LE(out.size(), 1u << 20);
}

TEST(Inflater, TakesMembersThatFollowEachOther) {
    Inflater inflater{100};
    std::string out;

    EXPECT_EQ(inflater.feed(test::gzip("one ") + test::gzip("two"), out), Status::ok);
    EXPECT_EQ(out, "one two");
    EXPECT_TRUE(inflater.complete());
}

TEST(Inflater, SeesTheMissingEnd) {
    auto packed = test::gzip("some text");
    packed.resize(packed.size() - 3);
    Inflater inflater{100};
    std::string out;

    EXPECT_EQ(inflater.feed(packed, out), Status::ok);
    EXPECT_FALSE(inflater.complete());
}

TEST(Inflater, RefusesWhatIsNotGzip) {
    Inflater plain{100};
    Inflater trailing{100};
    std::string out;

    EXPECT_EQ(plain.feed("{\"a\": 1}", out), Status::broken);
    EXPECT_EQ(trailing.feed(test::gzip("x") + "garbage", out), Status::broken);
}

TEST(Inflater, AnEmptyBodyIsNotComplete) {
    Inflater inflater{100};
    std::string out;

    EXPECT_EQ(inflater.feed("", out), Status::ok);
    EXPECT_FALSE(inflater.complete());
}

}  // namespace
}  // namespace fleet::http
