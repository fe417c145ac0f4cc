#include <gtest/gtest.h>

#include <array>

#include "file_io.hpp"
#include "fleet/logs/destination.hpp"
#include "temp_folder.hpp"

namespace fleet::logs {
namespace {

TEST(JoinLines, KeepsEachValueOnOneLine) {
    const std::array<std::string_view, 3> lines{R"({"a":1})", "{\n \"b\":\r\n2}", ""};
    EXPECT_EQ(join_lines(lines), "{\"a\":1}\n{  \"b\":  2}\n\n");
    EXPECT_EQ(join_lines({}), "");
}

TEST(Stdout, WritesLinesUntilClosed) {
    const auto out = open_stdout();
    const std::array<std::string_view, 2> lines{"one", "two"};
    testing::internal::CaptureStdout();
    EXPECT_TRUE(out->write(lines));
    EXPECT_EQ(testing::internal::GetCapturedStdout(), "one\ntwo\n");
    out->close();
    EXPECT_FALSE(out->write(lines));
}

TEST(OpenDestination, KnowsItsPlugins) {
    const TempFolder folder;
    EXPECT_TRUE(open_destination("status", "stdout", {}));
    EXPECT_TRUE(open_destination("status", "filesystem", {.path = folder.file("s")}));
    EXPECT_TRUE(open_destination("status", "", {.path = folder.file("s")}));

    const auto unknown = open_destination("result", "pigeon", {.path = folder.file("s")});
    ASSERT_FALSE(unknown);
    EXPECT_EQ(unknown.error().fields.at(0).reason, "unknown result log plugin: pigeon");
}

TEST(OpenDestination, SaysWhyAFileCannotBeOpened) {
    const auto bad = open_destination("result", "filesystem", {.path = "/nonexistent/result.log"});
    ASSERT_FALSE(bad);
    EXPECT_EQ(
        bad.error().fields.at(0).reason,
        "cannot open /nonexistent/result.log: No such file or directory"
    );
}

}  // namespace
}  // namespace fleet::logs
