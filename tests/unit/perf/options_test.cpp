#include "perf/options.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace fleet::perf {
namespace {

using namespace std::chrono_literals;

std::optional<Options> parse(std::vector<std::string> words) {
    words.insert(words.begin(), "fleet-perf");
    std::vector<char*> argv;
    for (auto& word : words)
        argv.push_back(word.data());
    int exit_code = 0;
    ::testing::internal::CaptureStderr();
    auto options = parse_options(static_cast<int>(argv.size()), argv.data(), exit_code);
    ::testing::internal::GetCapturedStderr();
    EXPECT_EQ(options.has_value(), exit_code == 0);
    return options;
}

TEST(OptionsTest, Durations) {
    EXPECT_EQ(parse_duration("90"), 90s);
    EXPECT_EQ(parse_duration("1h30m"), 90min);
    EXPECT_EQ(parse_duration("500ms"), 500ms);
    for (const auto* wrong : {"", "x", "5d", "-1s", "m5"})
        EXPECT_FALSE(parse_duration(wrong)) << wrong;
}

TEST(OptionsTest, PlatformsWithWeights) {
    const auto shares = parse_platforms("ubuntu:2, macos");
    ASSERT_TRUE(shares);
    EXPECT_EQ(flavor_at(*shares, 0), Flavor::ubuntu);
    EXPECT_EQ(flavor_at(*shares, 1), Flavor::ubuntu);
    EXPECT_EQ(flavor_at(*shares, 2), Flavor::macos);
    EXPECT_EQ(flavor_at(*shares, 3), Flavor::ubuntu);
    for (const auto* wrong : {"", "beos", "ubuntu:0", "ubuntu:x"})
        EXPECT_FALSE(parse_platforms(wrong)) << wrong;
}

TEST(OptionsTest, FullCommandLine) {
    const auto options = parse(
        {"--server",
         "https://127.0.0.1:8412/",
         "--insecure",
         "--enroll-secret",
         "s",
         "--hosts",
         "25",
         "--this-machine",
         "--duration",
         "2m",
         "--mode",
         "kept",
         "--pacing",
         "osquery",
         "--distributed-interval",
         "5s",
         "--no-auth-header"}
    );
    ASSERT_TRUE(options);
    EXPECT_EQ(options->host, "127.0.0.1");
    EXPECT_EQ(options->port, "8412");
    EXPECT_EQ(options->hosts, 25U);
    EXPECT_TRUE(options->this_machine);
    EXPECT_EQ(options->duration, 2min);
    EXPECT_EQ(options->mode, ConnectionMode::kept);
    EXPECT_EQ(options->pacing, Pacing::osquery);
    EXPECT_EQ(options->distributed_interval, 5s);
    EXPECT_FALSE(options->auth_header);
}

TEST(OptionsTest, PortDefaultsAndIpv6) {
    const auto name = parse({"--server", "https://fleet.example", "--insecure", "--hosts", "1"});
    const auto v6 = parse({"--server", "https://[::1]:99", "--insecure", "--hosts", "1"});
    ASSERT_TRUE(name && v6);
    EXPECT_EQ(name->port, "443");
    EXPECT_EQ(v6->host, "::1");
    EXPECT_EQ(v6->port, "99");
}

TEST(OptionsTest, MistakesEndTheProgram) {
    EXPECT_FALSE(parse({"--server", "http://x", "--insecure", "--hosts", "1"}));
    EXPECT_FALSE(parse({"--server", "https://x", "--hosts", "1"}));
    EXPECT_FALSE(parse({"--server", "https://x", "--insecure"}));
    EXPECT_FALSE(parse({"--server", "https://x", "--insecure", "--hosts", "1", "--mode", "fast"}));
    EXPECT_FALSE(parse({"--server", "https://x:99999", "--insecure", "--hosts", "1"}));
}

}  // namespace
}  // namespace fleet::perf
