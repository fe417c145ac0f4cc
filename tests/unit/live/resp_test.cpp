#include "live/resp.hpp"

#include <gtest/gtest.h>

namespace fleet::live {
namespace {

TEST(Resp, CommandIsWrittenAsLengthPrefixedWords) {
    std::string out;

    append_command(out, {"SET", "", std::string{"a\r\n\0b", 5}});

    const std::string zero(1, '\0');
    EXPECT_EQ(out, "*3\r\n$3\r\nSET\r\n$0\r\n\r\n$5\r\na\r\n" + zero + "b\r\n");
}

TEST(Resp, NestedReplyFedByteByByteIsRead) {
    RespReader reader;
    const std::string_view bytes = "*4\r\n:7\r\n$-1\r\n*2\r\n$3\r\nabc\r\n+OK\r\n-ERR no\r\n";

    std::optional<Reply> reply;
    for (const char c : bytes) {
        ASSERT_FALSE(reply);
        ASSERT_TRUE(reader.feed({&c, 1}));
        reply = reader.next();
    }

    ASSERT_TRUE(reply);
    ASSERT_EQ(reply->list.size(), 4u);
    EXPECT_EQ(reply->list[0].integer, 7);
    EXPECT_EQ(reply->list[1].type, Reply::Type::nil);
    EXPECT_EQ(reply->list[2].list[0].text, "abc");
    EXPECT_EQ(reply->list[2].list[1].text, "OK");
    EXPECT_EQ(reply->list[3].type, Reply::Type::error);
    EXPECT_EQ(reply->list[3].text, "ERR no");
}

TEST(Resp, SeveralRepliesInOneFeedComeInOrder) {
    RespReader reader;

    reader.feed(":1\r\n:2\r\n:3\r\n");

    EXPECT_EQ(reader.next()->integer, 1);
    EXPECT_EQ(reader.next()->integer, 2);
    EXPECT_EQ(reader.next()->integer, 3);
    EXPECT_FALSE(reader.next());
    EXPECT_FALSE(reader.broken());
}

TEST(Resp, AnotherProtocolBreaksTheStream) {
    RespReader reader;

    reader.feed("HTTP/1.1 400 Bad Request\r\n");

    EXPECT_FALSE(reader.next());
    EXPECT_TRUE(reader.broken());
    EXPECT_FALSE(reader.feed(":1\r\n"));
}

TEST(Resp, ListTooDeepOrTooLongBreaksTheStreamWithoutLosingMemory) {
    RespReader deep;
    for (int i = 0; i < 20; ++i)
        deep.feed("*1\r\n");
    RespReader wide;
    wide.feed("*1\r\n*2000000000\r\n");

    EXPECT_FALSE(deep.next());
    EXPECT_TRUE(deep.broken());
    EXPECT_FALSE(wide.next());
    EXPECT_TRUE(wide.broken());
}

}  // namespace
}  // namespace fleet::live
