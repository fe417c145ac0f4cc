#include "perf/net/response.hpp"

#include <gtest/gtest.h>

namespace fleet::perf {
namespace {

using State = ResponseParser::State;

TEST(ResponseTest, ByteByByte) {
    ResponseParser parser;
    const std::string text = "HTTP/1.1 200 OK\r\nContent-Type: x\r\ncontent-length: 5\r\n\r\nhello";
    for (std::size_t i = 0; i + 1 < text.size(); ++i)
        ASSERT_NE(parser.feed(text.substr(i, 1)), State::done);

    EXPECT_EQ(parser.feed(text.substr(text.size() - 1)), State::done);
    EXPECT_EQ(parser.status(), 200);
    EXPECT_TRUE(parser.keep_alive());
    EXPECT_EQ(parser.body(), "hello");
}

TEST(ResponseTest, Chunked) {
    ResponseParser parser;
    parser.feed(
        "HTTP/1.1 500 X\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n3\r\nabc\r\n"
    );

    EXPECT_EQ(parser.feed("2;x=y\r\nde\r\n0\r\n\r\n"), State::done);
    EXPECT_EQ(parser.status(), 500);
    EXPECT_FALSE(parser.keep_alive());
    EXPECT_EQ(parser.body(), "abcde");
}

TEST(ResponseTest, WithoutALengthTheBodyEndsWithTheConnection) {
    ResponseParser parser;
    EXPECT_EQ(parser.feed("HTTP/1.0 200 OK\r\n\r\nabc"), State::body);

    EXPECT_EQ(parser.finish(), State::done);
    EXPECT_EQ(parser.body(), "abc");
}

TEST(ResponseTest, TruncatedBodyIsBroken) {
    ResponseParser parser;
    parser.feed("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc");

    EXPECT_EQ(parser.finish(), State::broken);
}

TEST(ResponseTest, GarbageIsBroken) {
    for (const auto* text :
         {"hello\r\n\r\n",
          "HTTP/1.1 abc OK\r\n\r\n",
          "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
          "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nabc"}) {
        ResponseParser parser;
        EXPECT_EQ(parser.feed(text), State::broken) << text;
    }
    ResponseParser endless;
    EXPECT_EQ(endless.feed(std::string(9000, 'a')), State::broken);
}

TEST(ResponseTest, WholeResponsesAreReadInOneStep) {
    WholeResponse whole;
    for (const auto* body : {"hello", "world"}) {
        const auto text = std::string{"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n"} + body;
        ASSERT_TRUE(whole.read(text));
        EXPECT_EQ(whole.status(), 200);
        EXPECT_TRUE(whole.keep_alive());
        EXPECT_EQ(whole.body(), body);
    }
    const std::string other = "HTTP/1.1 503 X\r\nConnection: close\r\nContent-Length: 1\r\n\r\n!";
    ASSERT_TRUE(whole.read(other));
    EXPECT_EQ(whole.status(), 503);
    EXPECT_FALSE(whole.keep_alive());
}

TEST(ResponseTest, WhatIsNotWholeIsLeftToTheParser) {
    WholeResponse whole;
    ASSERT_TRUE(whole.read("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabc"));
    for (const auto* text :
         {"HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nab",
          "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabcd",
          "HTTP/1.1 200 OK\r\nContent-Le",
          "HTTP/1.0 200 OK\r\n\r\nabc",
          "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n",
          "nonsense\r\n\r\n"}) {
        EXPECT_FALSE(whole.read(text)) << text;
    }
}

}  // namespace
}  // namespace fleet::perf
