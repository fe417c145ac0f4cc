#include "fleet/config/values.hpp"

#include <gtest/gtest.h>

#include <stdexcept>

namespace fleet::config {
namespace {

using namespace std::chrono_literals;

struct Size {
    std::string_view text;
    std::uint64_t value;
};
class Bytes : public testing::TestWithParam<Size> {};
TEST_P(Bytes, AreBase1024) {
    EXPECT_EQ(parse_bytes(GetParam().text), GetParam().value);
}
INSTANTIATE_TEST_SUITE_P(
    Texts,
    Bytes,
    testing::Values(
        Size{"0", 0},
        Size{"1024", 1024},
        Size{"500MB", 500ull << 20},
        Size{"1G", 1ull << 30},
        Size{"1GiB", 1ull << 30},
        Size{"10gib", 10ull << 30},
        Size{"64 k", 64ull << 10},
        Size{"1.5m", 3ull << 19},
        Size{"12b", 12},
        Size{"2T", 2ull << 40},
        Size{"1p", 1ull << 50}
    )
);

class BadBytes : public testing::TestWithParam<std::string_view> {};
TEST_P(BadBytes, AreRefused) {
    EXPECT_FALSE(parse_bytes(GetParam()));
}
INSTANTIATE_TEST_SUITE_P(
    Texts,
    BadBytes,
    testing::Values(
        "", "k", "-1", "1x", "1kk", "1kib2", "1..5", ".", "1e6", "99999p", "0x10", "1 0"
    )
);

TEST(Bytes, PrintShortAndExact) {
    EXPECT_EQ(format_bytes(0), "0");
    EXPECT_EQ(format_bytes(1000), "1000");
    EXPECT_EQ(format_bytes(1536), "1536");
    EXPECT_EQ(format_bytes(10ull << 30), "10GiB");
}

TEST(Values, StrongerOriginWinsWhateverTheOrder) {
    Values values;
    const Key& key = *find_key("server.address");
    ASSERT_TRUE(values.set(key, "flag:1", Origin::flag));
    ASSERT_TRUE(values.set(key, "env:1", Origin::environment));
    ASSERT_TRUE(values.set(key, "file:1", Origin::file));
    EXPECT_EQ(values.text("server.address"), "flag:1");
    EXPECT_EQ(values.origin("server.address"), Origin::flag);
}

TEST(Values, ReadsEachType) {
    const Values values;
    EXPECT_EQ(values.text("mysql.protocol"), "tcp");
    EXPECT_EQ(values.integer("mysql.max_open_conns"), 50);
    EXPECT_TRUE(values.boolean("server.tls"));
    EXPECT_EQ(values.duration("session.duration"), 120h);
    EXPECT_EQ(values.bytes("server.default_max_request_body_size"), 1u << 20);
    EXPECT_EQ(values.json("server.endpoint_request_size_overrides"), "");
}

TEST(Values, AskingWronglyIsABug) {
    const Values values;
    EXPECT_THROW(values.text("mysql.nothing"), std::logic_error);
    EXPECT_THROW(values.text("server.tls"), std::logic_error);
    EXPECT_THROW(values.origin("nothing"), std::logic_error);
}

struct Bad {
    std::string_view key;
    std::string_view text;
};
class BadValue : public testing::TestWithParam<Bad> {};
TEST_P(BadValue, IsRefusedWithItsKey) {
    Values values;
    const auto result = values.set(*find_key(GetParam().key), GetParam().text, Origin::flag);
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().fields.at(0).name, GetParam().key);
    EXPECT_EQ(values.origin(GetParam().key), Origin::fallback);
}
INSTANTIATE_TEST_SUITE_P(
    Table,
    BadValue,
    testing::Values(
        Bad{"mysql.max_open_conns", "many"},
        Bad{"mysql.max_open_conns", "5.0"},
        Bad{"mysql.max_open_conns", ""},
        Bad{"mysql.max_open_conns", "99999999999999999999"},
        Bad{"server.tls", "yes"},
        Bad{"server.tls", "2"},
        Bad{"server.tls", ""},
        Bad{"session.duration", "5d"},
        Bad{"session.duration", "soon"},
        Bad{"server.max_installer_size", "big"}
    )
);

}  // namespace
}  // namespace fleet::config
