#include "fleet/core/log.hpp"

#include <gtest/gtest.h>

#include <limits>

#include "fleet/core/log_line.hpp"

namespace fleet::log {
namespace {

std::string text(std::string_view message, Fields fields = {}) {
    return format_line(Format::text, "T", Level::info, message, fields);
}
std::string json(std::string_view message, Fields fields = {}) {
    return format_line(Format::json, "T", Level::warn, message, fields);
}

TEST(LogLine, TextQuotesOnlyWhatNeedsIt) {
    EXPECT_EQ(
        text("host enrolled", {{"host_id", 7}, {"name", "a b"}, {"route", "x/y"}, {"empty", ""}}),
        R"(ts=T level=info msg="host enrolled" host_id=7 name="a b" route=x/y empty="")"
    );
}

TEST(LogLine, JsonHasTypedValues) {
    EXPECT_EQ(
        json(
            "m", {{"n", -1}, {"u", std::uint64_t{18446744073709551615u}}, {"b", true}, {"d", 0.5}}
        ),
        R"({"ts":"T","level":"warn","msg":"m","n":-1,"u":18446744073709551615,"b":true,"d":0.5})"
    );
}

TEST(LogLine, JsonHasNoInfinity) {
    EXPECT_EQ(
        json("m", {{"d", std::numeric_limits<double>::infinity()}}),
        R"({"ts":"T","level":"warn","msg":"m","d":null})"
    );
}

struct Hostile {
    std::string_view name;
    std::string_view input;
    std::string_view quoted;
};

class HostileText : public testing::TestWithParam<Hostile> {};

TEST_P(HostileText, StaysOneValidLine) {
    const std::string quoted{GetParam().quoted};
    EXPECT_EQ(text(GetParam().input), "ts=T level=info msg=" + quoted);
    EXPECT_EQ(json(GetParam().input), R"({"ts":"T","level":"warn","msg":)" + quoted + "}");
}

INSTANTIATE_TEST_SUITE_P(
    Bytes,
    HostileText,
    testing::Values(
        Hostile{"newline", "a\nlevel=error", R"("a\nlevel=error")"},
        Hostile{"quote", "say \"hi\"", R"("say \"hi\"")"},
        Hostile{"backslash", "a\\b", R"("a\\b")"},
        Hostile{"escape", "\x1b[31m", R"("\u001b[31m")"},
        Hostile{"nul", std::string_view{"a\0b", 3}, R"("a\u0000b")"},
        Hostile{"del", "\x7f", R"("\u007f")"},
        Hostile{"utf8", "M\xc3\xbcller", "\"M\xc3\xbcller\""},
        Hostile{"lone_byte", "\xff", R"("\ufffd")"},
        Hostile{"cut_sequence", "\xe2\x82", R"("\ufffd\ufffd")"},
        Hostile{"overlong", "\xc0\xaf", R"("\ufffd\ufffd")"},
        Hostile{"surrogate", "\xed\xa0\x80", R"("\ufffd\ufffd\ufffd")"},
        Hostile{"beyond_unicode", "\xf4\x90\x80\x80", R"("\ufffd\ufffd\ufffd\ufffd")"}
    ),
    [](const auto& test) { return std::string{test.param.name}; }
);

TEST(Log, LevelDecidesWhatIsWritten) {
    configure(Level::warn, Format::text);
    testing::internal::CaptureStderr();
    info("quiet");
    warn("loud", {{"n", 1}});
    flush();
    const std::string out = testing::internal::GetCapturedStderr();
    configure(Level::info, Format::text);

    EXPECT_EQ(out.find("quiet"), std::string::npos);
    EXPECT_NE(out.find("level=warn msg=loud n=1\n"), std::string::npos);
}

}  // namespace
}  // namespace fleet::log
