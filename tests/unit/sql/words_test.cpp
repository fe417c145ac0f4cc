#include "words.hpp"

#include <gtest/gtest.h>

namespace fleet::sql {
namespace {

using Words = std::unordered_set<std::string>;

TEST(Words, LeaveOutLiteralsAndComments) {
    EXPECT_EQ(
        words_of("SELECT \"Name\", [uid] FROM users -- hidden\n WHERE x='lit''eral' /* more */ + 1"
        ),
        (Words{"select", "name", "uid", "from", "users", "where", "x", "1"})
    );
}

TEST(Words, BearUnfinishedText) {
    EXPECT_EQ(words_of("a 'b"), (Words{"a"}));
    EXPECT_EQ(words_of("a /* b"), (Words{"a"}));
    EXPECT_EQ(words_of("a --"), (Words{"a"}));
    EXPECT_EQ(words_of("a -"), (Words{"a"}));
    EXPECT_TRUE(words_of("").empty());
    EXPECT_TRUE(words_of("\xff\xfe").empty());
}

}  // namespace
}  // namespace fleet::sql
