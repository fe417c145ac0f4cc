#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <zlib.h>

#include <array>
#include <chrono>
#include <csignal>
#include <sstream>
#include <thread>

#include "fleet/logs/destination.hpp"
#include "rotation.hpp"
#include "temp_folder.hpp"

namespace fleet::logs {
namespace {

using testing::HasSubstr;
using namespace std::chrono_literals;

Result<> write_line(Destination& to, std::string_view line) {
    const std::array<std::string_view, 1> lines{line};
    return to.write(lines);
}

/// Waits for what a background thread does.
template <class Condition>
bool eventually(Condition condition) {
    const auto deadline = std::chrono::steady_clock::now() + 20s;
    while (!condition()) {
        if (std::chrono::steady_clock::now() > deadline) return false;
        std::this_thread::sleep_for(5ms);
    }
    return true;
}

TEST(File, AppendsToWhatIsThere) {
    const TempFolder folder;
    folder.write("r.log", "old\n");
    const auto file = open_file({.path = folder.file("r.log")});
    const std::array<std::string_view, 2> lines{R"({"a":1})", R"({"b":2})"};
    ASSERT_TRUE(file->write(lines));
    ASSERT_TRUE(file->write({}));
    EXPECT_EQ(folder.read("r.log"), "old\n{\"a\":1}\n{\"b\":2}\n");
}

TEST(File, IsMadeAnewWhenItVanished) {
    const TempFolder folder;
    const auto file = open_file({.path = folder.file("r.log")});
    ASSERT_TRUE(write_line(*file, "one"));
    std::filesystem::remove(folder.file("r.log"));
    ASSERT_TRUE(write_line(*file, "two"));
    EXPECT_EQ(folder.read("r.log"), "two\n");
}

TEST(File, FollowsThePathWhenSomebodyMovedTheFile) {
    const TempFolder folder;
    const auto file = open_file({.path = folder.file("r.log")});
    ASSERT_TRUE(write_line(*file, "one"));
    std::filesystem::rename(folder.file("r.log"), folder.file("r.log.1"));
    file->reopen();
    ASSERT_TRUE(write_line(*file, "two"));
    EXPECT_EQ(folder.read("r.log.1"), "one\n");
    EXPECT_EQ(folder.read("r.log"), "two\n");
}

TEST(File, FailsWhenItsFolderVanishedAndRecovers) {
    const TempFolder folder;
    const std::string inner = folder.file("inner");
    std::filesystem::create_directory(inner);
    const auto file = open_file({.path = inner + "/r.log"});
    std::filesystem::remove_all(inner);
    const auto failed = write_line(*file, "lost");
    ASSERT_FALSE(failed);
    EXPECT_THAT(failed.error().message, HasSubstr("No such file or directory"));

    std::filesystem::create_directory(inner);
    EXPECT_TRUE(write_line(*file, "back"));
}

TEST(File, RefusesAfterClose) {
    const TempFolder folder;
    const auto file = open_file({.path = folder.file("r.log"), .rotate = true});
    file->close();
    EXPECT_FALSE(write_line(*file, "x"));
    file->close();
    file->reopen();
}

TEST(File, ReportsAFullDisk) {
    const auto file = open_file({.path = "/dev/full"});
    const auto result = write_line(*file, "x");
    ASSERT_FALSE(result);
    EXPECT_THAT(result.error().message, HasSubstr("No space left on device"));
}

/// Limits how large files may become, which the kernel enforces with partial writes.
class FileSizeLimit {
public:
    explicit FileSizeLimit(rlim_t bytes) : handler_{std::signal(SIGXFSZ, SIG_IGN)} {
        ::getrlimit(RLIMIT_FSIZE, &before_);
        const rlimit limit{bytes, before_.rlim_max};
        ::setrlimit(RLIMIT_FSIZE, &limit);
    }
    ~FileSizeLimit() {
        ::setrlimit(RLIMIT_FSIZE, &before_);
        std::signal(SIGXFSZ, handler_);
    }
    FileSizeLimit(const FileSizeLimit&) = delete;
    FileSizeLimit& operator=(const FileSizeLimit&) = delete;

private:
    rlimit before_{};
    void (*handler_)(int);
};

TEST(File, LeavesNoHalfLineBehind) {
    const TempFolder folder;
    const auto file = open_file({.path = folder.file("r.log")});
    ASSERT_TRUE(write_line(*file, "first"));
    {
        const FileSizeLimit limit{1000};
        EXPECT_FALSE(write_line(*file, std::string(5000, 'x')));
    }
    EXPECT_EQ(folder.read("r.log"), "first\n");
    EXPECT_TRUE(write_line(*file, "second"));
    EXPECT_EQ(folder.read("r.log"), "first\nsecond\n");
}

TEST(File, BatchesOfManyThreadsStayWhole) {
    const TempFolder folder;
    const auto file = open_file({.path = folder.file("r.log")});
    std::vector<std::thread> threads;
    for (char c = 'a'; c < 'e'; ++c) {
        threads.emplace_back([&, c] {
            const std::string line(100, c);
            const std::array<std::string_view, 3> lines{line, line, line};
            for (int i = 0; i < 200; ++i) {
                EXPECT_TRUE(file->write(lines));
            }
        });
    }
    for (std::thread& thread : threads) {
        thread.join();
    }
    std::istringstream in{folder.read("r.log")};
    std::string line;
    std::string before;
    for (int number = 0; std::getline(in, line); ++number) {
        ASSERT_EQ(line, std::string(100, line[0]));
        ASSERT_TRUE(number % 3 == 0 || line == before);
        before = line;
    }
}

TEST(Rotation, HappensBeforeTheSizeIsExceeded) {
    const TempFolder folder;
    const auto file = open_file({.path = folder.file("r.log"), .rotate = true, .max_size_mb = 1});
    const std::string line(600 * 1024, 'x');
    ASSERT_TRUE(write_line(*file, line));
    ASSERT_TRUE(write_line(*file, line));
    EXPECT_EQ(find_backups(folder.file("r.log")).size(), 1u);
    EXPECT_EQ(folder.read("r.log").size(), line.size() + 1);
}

TEST(Rotation, IsForcedByReopenUnlessEmpty) {
    const TempFolder folder;
    const auto file = open_file({.path = folder.file("r.log"), .rotate = true});
    file->reopen();
    EXPECT_TRUE(find_backups(folder.file("r.log")).empty());
    ASSERT_TRUE(write_line(*file, "x"));
    file->reopen();
    EXPECT_EQ(find_backups(folder.file("r.log")).size(), 1u);
    EXPECT_EQ(folder.read("r.log"), "");
}

TEST(Rotation, KeepsOnlyTheNewestBackups) {
    const TempFolder folder;
    const auto file = open_file({.path = folder.file("r.log"), .rotate = true, .max_backups = 2});
    for (int i = 0; i < 6; ++i) {
        ASSERT_TRUE(write_line(*file, std::to_string(i)));
        file->reopen();
    }
    EXPECT_TRUE(eventually([&] { return find_backups(folder.file("r.log")).size() == 2; }));
    EXPECT_EQ(folder.read(find_backups(folder.file("r.log"))[0].path), "5\n");
}

std::string gunzip(const std::string& path) {
    std::string out(1 << 16, '\0');
    gzFile file = gzopen(path.c_str(), "rb");
    const int size = gzread(file, out.data(), static_cast<unsigned>(out.size()));
    gzclose(file);
    out.resize(size < 0 ? 0 : static_cast<std::size_t>(size));
    return out;
}

TEST(Rotation, CompressesInTheBackground) {
    const TempFolder folder;
    const auto file = open_file({.path = folder.file("r.log"), .rotate = true, .compress = true});
    ASSERT_TRUE(write_line(*file, "hello"));
    file->reopen();
    ASSERT_TRUE(eventually([&] {
        const auto found = find_backups(folder.file("r.log"));
        return found.size() == 1 && found[0].compressed;
    }));
    EXPECT_EQ(gunzip(find_backups(folder.file("r.log"))[0].path), "hello\n");
}

TEST(Rotation, FinishesWhatAnEarlierProcessLeft) {
    const TempFolder folder;
    folder.write("r-2026-03-05T08-15-30.250.log", "old\n");
    const auto file = open_file(
        {.path = folder.file("r.log"), .rotate = true, .compress = true, .max_age_days = 0}
    );
    EXPECT_TRUE(eventually([&] {
        const auto found = find_backups(folder.file("r.log"));
        return found.size() == 1 && found[0].compressed;
    }));
}

TEST(File, TellsTheLastLinesThatAreThere) {
    const TempFolder folder;
    const auto file = open_file({.path = folder.file("r.log")});
    ASSERT_TRUE(file->last_lines(2));
    EXPECT_TRUE(file->last_lines(2)->empty());
    for (const char* line : {"one", "two", "three"})
        ASSERT_TRUE(write_line(*file, line));
    EXPECT_EQ(*file->last_lines(2), (std::vector<std::string>{"two", "three"}));
    EXPECT_EQ(*file->last_lines(9), (std::vector<std::string>{"one", "two", "three"}));
}

TEST(File, AHalfLineIsNoLineAndTheNextIsNotGluedToIt) {
    const TempFolder folder;
    folder.write("r.log", "whole\nhal");
    const auto file = open_file({.path = folder.file("r.log")});
    ASSERT_TRUE(write_line(*file, "next"));
    EXPECT_EQ(folder.read("r.log"), "whole\nhal\nnext\n");
}

}  // namespace
}  // namespace fleet::logs
