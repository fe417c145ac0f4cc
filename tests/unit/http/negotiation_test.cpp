#include "fleet/http/negotiation.hpp"

#include <gtest/gtest.h>

namespace fleet::http {
namespace {

TEST(Accepts, NamesInAnyOrderAndCase) {
    EXPECT_TRUE(accepts("gzip, deflate, br", Encoding::brotli));
    EXPECT_TRUE(accepts("GZIP;q=0.5", Encoding::gzip));
    EXPECT_TRUE(accepts("", Encoding::identity));
    EXPECT_FALSE(accepts("", Encoding::gzip));
    EXPECT_FALSE(accepts("gzipped", Encoding::gzip));
}

TEST(Accepts, NotWhatIsRefused) {
    EXPECT_FALSE(accepts("br;q=0, gzip", Encoding::brotli));
    EXPECT_FALSE(accepts("br; q=0.000", Encoding::brotli));
    EXPECT_TRUE(accepts("br;q=0.001", Encoding::brotli));
}

TEST(HasTag, ComparesWeakly) {
    EXPECT_TRUE(has_tag("\"a\"", "\"a\""));
    EXPECT_TRUE(has_tag("\"x\", W/\"a\"", "\"a\""));
    EXPECT_TRUE(has_tag("*", "\"a\""));
    EXPECT_FALSE(has_tag("\"b\"", "\"a\""));
    EXPECT_FALSE(has_tag("", "\"a\""));
}

}  // namespace
}  // namespace fleet::http
