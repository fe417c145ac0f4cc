#include "fleet/core/crypto.hpp"

#include <gtest/gtest.h>

#include <set>

namespace fleet {
namespace {

struct Pair {
    std::string_view bytes;
    std::string_view text;
};

class Base64 : public testing::TestWithParam<Pair> {};

TEST_P(Base64, EncodesAndDecodes) {
    EXPECT_EQ(base64_encode(GetParam().bytes), GetParam().text);
    EXPECT_EQ(base64_decode(GetParam().text), GetParam().bytes);
}

INSTANTIATE_TEST_SUITE_P(
    Rfc4648,
    Base64,
    testing::Values(
        Pair{"", ""},
        Pair{"f", "Zg=="},
        Pair{"fo", "Zm8="},
        Pair{"foo", "Zm9v"},
        Pair{"foob", "Zm9vYg=="},
        Pair{"fooba", "Zm9vYmE="},
        Pair{"foobar", "Zm9vYmFy"},
        Pair{"\xff\xfe\xfd", "//79"}
    )
);

class BadBase64 : public testing::TestWithParam<std::string_view> {};

TEST_P(BadBase64, IsRefused) {
    EXPECT_FALSE(base64_decode(GetParam()));
}

INSTANTIATE_TEST_SUITE_P(
    Texts,
    BadBase64,
    testing::Values("Z", "Zg", "Zg=", "Zh==", "Z===", "====", "Zm9v\n", "Zm 9", "Zg==Zg==", "Zm-_")
);

TEST(Random, HasTheLengthAskedForAndDiffers) {
    EXPECT_EQ(random_bytes(0).size(), 0u);
    EXPECT_EQ(random_base64(24).size(), 32u);
    EXPECT_EQ(random_token(64).find_first_of("+/="), std::string::npos);
    std::set<std::string> seen;
    for (int i = 0; i < 100; ++i) {
        EXPECT_TRUE(seen.insert(random_token(24)).second);
    }
}

TEST(Random, UuidIsVersion4) {
    const std::string uuid = random_uuid();
    ASSERT_EQ(uuid.size(), 36u);
    EXPECT_EQ(uuid[14], '4');
    EXPECT_NE(std::string_view{"89ab"}.find(uuid[19]), std::string_view::npos);
    EXPECT_EQ(uuid[8], '-');
    EXPECT_EQ(uuid[23], '-');
}

TEST(Sha256, MatchesTheStandardVectors) {
    EXPECT_EQ(
        to_hex(sha256("abc")), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    );
    EXPECT_EQ(
        to_hex(sha256("")), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    );
}

TEST(EqualConstantTime, ComparesContentAndLength) {
    EXPECT_TRUE(equal_constant_time("", ""));
    EXPECT_TRUE(equal_constant_time("secret", "secret"));
    EXPECT_FALSE(equal_constant_time("secret", "secreT"));
    EXPECT_FALSE(equal_constant_time("secret", "secret1"));
}

}  // namespace
}  // namespace fleet
