#include "perf/agent/node_key.hpp"

#include <gtest/gtest.h>

namespace fleet::perf {
namespace {

std::string again(std::string_view text) {
    const auto key = NodeKey::pack(text);
    if (!key) return "does not fit";
    NodeKey::Buffer buffer;
    return std::string{key->text(buffer)};
}

TEST(NodeKeyTest, KeysOfServersComeBackAsTheyWere) {
    for (const auto* text :
         {"",
          "key-1",
          "exactly-24-characters-xx",
          "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
          "q83vEjRWeJCrze8SNFZ4kKvN7xI0VniQ",
          "//++//++//++//++//++//++//++//++"}) {
        EXPECT_EQ(again(text), text);
    }
}

TEST(NodeKeyTest, OtherLongTextsDoNotFit) {
    for (const auto* text :
         {"twenty-five-characters-xxx",
          "not base64: 32 characters, yes!!",
          "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
          "0123456789012345678901234567890123456789"}) {
        EXPECT_FALSE(NodeKey::pack(text)) << text;
    }
}

TEST(NodeKeyTest, EmptyUntilPackedAndAfterClear) {
    EXPECT_TRUE(NodeKey{}.empty());
    auto key = NodeKey::pack("k").value();
    EXPECT_FALSE(key.empty());
    key.clear();
    EXPECT_TRUE(key.empty());
}

}  // namespace
}  // namespace fleet::perf
