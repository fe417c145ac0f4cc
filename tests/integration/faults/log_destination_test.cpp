// The log destination is full, at its limit or gone: what cannot be stored is refused, so that
// agents keep it; afterwards every line is there, once. Everything else goes on.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/mount.h>
#include <sys/resource.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>

#include "integration/faults/agent_load.hpp"
#include "support/wait.hpp"

namespace fleet::test {
namespace {

using nlohmann::json;
using std::chrono::milliseconds;
using std::chrono::seconds;
using std::chrono::steady_clock;
using testing::HasSubstr;
namespace fs = std::filesystem;

/// The logger of an osqueryd: keeps its lines until a post of them was acknowledged.
class Shipper {
public:
    explicit Shipper(FakeAgent agent) : agent_{std::move(agent)} {}

    /// One more line, then a post of all that is not yet acknowledged; whether it was.
    bool ship() {
        const auto text = agent_.machine().hostname + "-" + std::to_string(++number_);
        backlog_.push_back(event_line("shipped", {{"m", text}}));
        const auto response = agent_.log("result", backlog_);
        const auto body = response.json();
        EXPECT_FALSE(body.value("node_invalid", false)) << response.text();
        if (response.status == 200 && !body.contains("error")) {
            for (const auto& line : backlog_)
                acknowledged_.push_back(line["columns"]["m"]);
            backlog_ = json::array();
            return true;
        }
        EXPECT_TRUE(body.contains("error")) << "osqueryd would drop the lines: " << response.text();
        return false;
    }

    [[nodiscard]] const std::vector<std::string>& acknowledged() const { return acknowledged_; }
    [[nodiscard]] FakeAgent& agent() { return agent_; }

private:
    FakeAgent agent_;
    int number_ = 0;
    json backlog_ = json::array();
    std::vector<std::string> acknowledged_{};
};

class LogDestination : public testing::Test {
protected:
    /// The server, logging into `folder`.
    void start() {
        fs::create_directories(folder);
        stack = std::make_unique<Stack>(StackOptions{
            .flags = {"--filesystem_result_log_file=" + result_log()}});
        for (int i = 0; i < 4; ++i)
            shippers.push_back(std::make_unique<Shipper>(stack->enrolled("shipper")));
        ASSERT_EQ(ship_all(), 4);
    }

    [[nodiscard]] std::string result_log() const { return (folder / "result.log").string(); }

    /// One post of every agent; how many were acknowledged.
    int ship_all() {
        int taken = 0;
        for (auto& shipper : shippers)
            taken += shipper->ship() ? 1 : 0;
        return taken;
    }

    /// What must hold while the destination takes nothing.
    void expect_refusals_and_nothing_else() {
        const auto time = fault_time(seconds{3});
        const auto end = steady_clock::now() + time;
        while (steady_clock::now() < end) {
            EXPECT_EQ(ship_all(), 0) << "not stored, but acknowledged";
            auto& agent = shippers.front()->agent();
            EXPECT_EQ(agent.config().status, 200);
            EXPECT_EQ(agent.check_in().count("queries"), 1U);
            EXPECT_EQ(agent.log("status", json::array({status_line("goes on")})).status, 200);
            // Backlogs grow with every try: as many tries in a long run as in a short one.
            std::this_thread::sleep_for(milliseconds{time} / 30);
        }
        EXPECT_GT(refused_lines(), 0);
        EXPECT_THAT(stack->server().log(), HasSubstr("log destination refused lines"));
    }

    void expect_recovery() {
        ASSERT_TRUE(eventually([&] { return ship_all() == 4; }, seconds{10}));
        std::map<std::string, int> found;
        std::ifstream file{result_log()};
        for (std::string line; std::getline(file, line);) {
            const auto parsed = json::parse(line, nullptr, false);
            ASSERT_TRUE(parsed.is_object()) << "a broken line: " << line;
            if (parsed.value("name", "") == "shipped") ++found[parsed["columns"]["m"]];
        }
        for (const auto& shipper : shippers) {
            for (const auto& text : shipper->acknowledged())
                EXPECT_EQ(found[text], 1) << text;
        }
        EXPECT_THAT(stack->server().log(), HasSubstr("log destination takes lines again"));
    }

    [[nodiscard]] long refused_lines() const {
        HttpClient http{stack->server().endpoint(), HttpClient::Connections::one_each};
        const auto text = http.get("/metrics").body;
        const std::string name = "fleet_log_lines_refused_total{log=\"result\"} ";
        const auto at = text.find(name);
        return at == std::string::npos ? -1 : std::atol(text.c_str() + at + name.size());
    }

    TempDir dir;
    fs::path folder = dir.path() / "logs";
    std::unique_ptr<Stack> stack;
    std::vector<std::unique_ptr<Shipper>> shippers;
};

TEST_F(LogDestination, AtTheLargestFileItMayWriteRefusesAndLosesNothing) {
    start();
    // A line that others wrote makes this file larger than the server's own log.
    std::ofstream{result_log(), std::ios::app} << R"({"pad":")" << std::string(1 << 20, ' ')
                                               << "\"}\n";
    const auto pid = stack->server().process().pid();
    rlimit before{};
    ASSERT_EQ(::prlimit(pid, RLIMIT_FSIZE, nullptr, &before), 0);
    // Room for half a line, so that writes also fail in the middle.
    const rlimit tight{fs::file_size(result_log()) + 100, before.rlim_max};
    ASSERT_EQ(::prlimit(pid, RLIMIT_FSIZE, &tight, nullptr), 0) << std::strerror(errno);

    expect_refusals_and_nothing_else();

    ASSERT_EQ(::prlimit(pid, RLIMIT_FSIZE, &before, nullptr), 0);
    expect_recovery();
}

TEST_F(LogDestination, OnAFullDiskRefusesAndLosesNothing) {
    fs::create_directories(folder);
    if (::mount("tmpfs", folder.c_str(), "tmpfs", 0, "size=4m") != 0) {
        GTEST_SKIP() << "may not mount a small disk (" << std::strerror(errno)
                     << "): run as root to test a real full one";
    }
    struct Unmount {
        fs::path folder;
        ~Unmount() { ::umount2(folder.c_str(), MNT_DETACH); }
    } const unmount{folder};
    start();
    std::ofstream filler{folder / "filler", std::ios::binary};
    filler << std::string(8 << 20, 'x') << std::flush;
    filler.close();
    // The last page of the log itself still has room.
    while (ship_all() > 0) {
    }

    expect_refusals_and_nothing_else();

    fs::remove(folder / "filler");
    expect_recovery();
}

TEST_F(LogDestination, GoneForAWhileRefusesAndLosesNothing) {
    start();
    const auto away = dir.path() / "away";
    fs::rename(folder, away);

    expect_refusals_and_nothing_else();

    fs::rename(away, folder);
    expect_recovery();
}

}  // namespace
}  // namespace fleet::test
