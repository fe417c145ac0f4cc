#include "fleet/service/passwords.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <ctime>

namespace fleet::service {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

TEST(Password, IsVerifiedByItsHash) {
    const auto hash = hash_password("Str0ng-passw0rd!");

    EXPECT_THAT(hash, StartsWith("$argon2id$v=19$m=19456,t=2,p=1$"));
    EXPECT_TRUE(verify_password(hash, "Str0ng-passw0rd!"));
    EXPECT_FALSE(verify_password(hash, "str0ng-passw0rd!"));
    EXPECT_FALSE(verify_password(hash, ""));
    EXPECT_NE(hash, hash_password("Str0ng-passw0rd!")) << "each has its own salt";
}

TEST(Password, OfNobodyTakesAsLongAndNeverMatches) {
    const auto hash = hash_password("Str0ng-passw0rd!");
    EXPECT_FALSE(verify_password("", "anything"));  // makes the hash of nobody
    // Processor time: what else the machine does must not count.
    const auto cost = [](const std::string& of) {
        const std::clock_t start = std::clock();
        for (int i = 0; i < 5; ++i)
            EXPECT_FALSE(verify_password(of, "wrong"));
        return std::clock() - start;
    };

    EXPECT_GT(cost("") * 4, cost(hash));
}

TEST(Password, AMangledHashIsAnErrorNotAMismatch) {
    EXPECT_THROW(verify_password("$argon2id$nonsense", "x"), std::runtime_error);
}

struct Case {
    const char* name;
    const char* text;
    bool accepted;
};

class PasswordRule : public testing::TestWithParam<Case> {};

TEST_P(PasswordRule, Decides) {
    const auto result = check_password("new_password", GetParam().text);

    EXPECT_EQ(result.has_value(), GetParam().accepted);
    if (result) return;
    EXPECT_EQ(result.error().kind, ErrorKind::invalid);
    EXPECT_EQ(result.error().fields.at(0).name, "new_password");
    EXPECT_THAT(result.error().fields.at(0).reason, HasSubstr("required criteria"));
}

INSTANTIATE_TEST_SUITE_P(
    Texts,
    PasswordRule,
    testing::Values(
        Case{"Good", "Str0ng-passw0rd", true},
        Case{"Shortest", "abcdefghij1!", true},
        Case{"TooShort", "abcdefghi1!", false},
        Case{"Longest", "abcdefghij1!abcdefghij1!abcdefghij1!abcdefghij1!", true},
        Case{"TooLong", "abcdefghij1!abcdefghij1!abcdefghij1!abcdefghij1!x", false},
        Case{"NoDigit", "Strong-password", false},
        Case{"NoSymbol", "Str0ngpassw0rd", false},
        Case{"SpaceIsNoSymbol", "Str0ng passw0rd", false},
        Case{"SymbolBeyondAscii", "Str0ngpassw0rd\u20ac", true},
        Case{"Empty", "", false}
    ),
    [](const auto& param) { return param.param.name; }
);

class EmailRule : public testing::TestWithParam<Case> {};

TEST_P(EmailRule, Decides) {
    EXPECT_EQ(check_email(GetParam().text).has_value(), GetParam().accepted);
}

INSTANTIATE_TEST_SUITE_P(
    Texts,
    EmailRule,
    testing::Values(
        Case{"Plain", "bo@corp.test", true},
        Case{"Tagged", "bo.b+x_1-2@sub.corp.test", true},
        Case{"NoDotInDomain", "bo@localhost", true},
        Case{"DisplayName", "Bo <bo@corp.test>", false},
        Case{"Brackets", "<bo@corp.test>", false},
        Case{"NoAt", "bo.corp.test", false},
        Case{"NoLocalPart", "@corp.test", false},
        Case{"NoDomain", "bo@", false},
        Case{"TwoAts", "bo@bo@corp.test", false},
        Case{"Space", "b o@corp.test", false},
        Case{"NewLine", "bo@corp.test\nBcc: x@y", false},
        Case{"DoubleDot", "bo@corp..test", false},
        Case{"DotFirst", ".bo@corp.test", false},
        Case{"Empty", "", false}
    ),
    [](const auto& param) { return param.param.name; }
);

TEST(Email, IsTrimmedAndLowered) {
    EXPECT_EQ(normal_email("  Bo@Corp.TEST\n"), "bo@corp.test");
    EXPECT_EQ(normal_email(" \t"), "");
    EXPECT_FALSE(check_email(std::string(250, 'a') + "@corp.test"));
}

}  // namespace
}  // namespace fleet::service
