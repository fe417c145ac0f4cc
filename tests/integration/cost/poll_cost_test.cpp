// Instructions that the server spends on a poll with nothing to do, counted by valgrind: unlike
// seconds they are the same on a busy machine, so a few percent more are seen.
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <string>
#include <string_view>

#include "support/stack.hpp"
#include "support/wait.hpp"

namespace fleet::test {
namespace {

constexpr int kWarmUp = 300;
constexpr int kPolls = 2'000;

/// Of the preset "dev", whole process, TLS and system calls' user part included. Change it with the
/// code that changes the cost, and say in the commit what the instructions buy.
constexpr double kBaseline = 44'200;
constexpr double kTolerance = 1.10;

/// Puts valgrind before the server, for as long as it lives.
class CountedServer {
public:
    CountedServer() {
        const auto script = dir_.write(
            "fleet-server",
            "#!/bin/sh\n"
            "[ \"$1\" = serve ] || exec '" +
                server_binary() +
                "' \"$@\"\n"
                // One thread at a time runs: a password's digest must let the event loop have
                // turns.
                "exec valgrind --tool=callgrind --fair-sched=yes --callgrind-out-file='" +
                dir_.file("counts") + "' '" + server_binary() + "' \"$@\"\n"
        );
        std::filesystem::permissions(script, std::filesystem::perms::owner_all);
        setenv("FLEET_SERVER_BIN", script.c_str(), 1);
    }
    ~CountedServer() { unsetenv("FLEET_SERVER_BIN"); }
    CountedServer(const CountedServer&) = delete;
    CountedServer& operator=(const CountedServer&) = delete;

    /// Instructions since the last call.
    double take(pid_t pid) {
        const int rc = run(
            {.argv = {"callgrind_control", "--dump", std::to_string(pid)},
             .log_file = dir_.file("control.log")}
        );
        EXPECT_EQ(rc, 0) << read_file(dir_.file("control.log"));
        const auto file = dir_.file("counts." + std::to_string(++dumps_));
        std::string text;
        EXPECT_TRUE(eventually([&] {
            text = read_file(file);
            return text.find("\ntotals: ") != std::string::npos;
        })) << "no counts in "
            << file;
        const auto at = text.find("\ntotals: ");
        return at == std::string::npos ? 0 : std::stod(text.substr(at + 9));
    }

private:
    TempDir dir_{};
    int dumps_ = 0;
};

TEST(PollCost, ACommonPollDoesNotGrow) {
    if (std::string_view{FLEET_TEST_SANITIZE} != "" ||
        std::string_view{FLEET_TEST_BUILD_TYPE} != "Debug") {
        GTEST_SKIP() << "the figure is that of the preset dev";
    }
    if (find_program("valgrind").empty()) GTEST_SKIP() << "valgrind is not installed";
    CountedServer counted;
    Stack stack;
    FakeAgent agent{
        stack.server().endpoint(),
        make_machine(unique_name("cost"), "ubuntu"),
        kEnrollSecret,
        HttpClient::Connections::kept};
    agent.enroll();
    agent.check_in();
    const auto poll = [&](int times) {
        for (int i = 0; i < times; ++i)
            ASSERT_EQ(agent.read().body, R"({"queries":{},"discovery":{}})");
    };
    const auto pid = stack.server().process().pid();
    poll(kWarmUp);
    counted.take(pid);
    poll(kPolls);
    const double each = counted.take(pid) / kPolls;

    std::cout << "instructions a poll: " << static_cast<long>(each) << '\n';
    RecordProperty("instructions_per_poll", std::to_string(static_cast<long>(each)));
    EXPECT_LE(each, kBaseline * kTolerance);
    EXPECT_GE(each, kBaseline / kTolerance / kTolerance)
        << "cheaper than it was: lower the baseline, so that the gain is kept";
}

}  // namespace
}  // namespace fleet::test
