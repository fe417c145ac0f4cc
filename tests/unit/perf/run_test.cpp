#include "perf/run/run.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <functional>
#include <set>

#include "scripted_server.hpp"

namespace fleet::perf {
namespace {

using namespace std::chrono_literals;
using nlohmann::json;
using ::testing::Ge;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using testing::ScriptedServer;
using ::testing::SizeIs;
using Answer = ScriptedServer::Answer;
using Request = ScriptedServer::Request;

Answer object(const json& document, int status = 200) {
    return {status, document.dump(), false};
}

/// A server that does everything right; `enrolled` counts the keys it has given out.
class GoodServer {
public:
    Answer operator()(const Request& request) {
        if (request.path.ends_with("/enroll"))
            return object({{"node_key", "key-" + std::to_string(++enrolled)}});
        if (request.path.ends_with("/read"))
            return object({{"queries", json::object()}, {"discovery", json::object()}});
        return object(json::object());
    }

    int enrolled{};
};

class RunTest : public ::testing::Test {
protected:
    static Options options(const ScriptedServer& server) {
        Options options;
        options.host = "localhost";
        options.port = server.port();
        options.ca_file = server.ca_file();
        options.enroll_secret = "secret";
        options.hosts = 2;
        options.platforms = {{Flavor::ubuntu, 1}, {Flavor::windows, 1}};
        options.duration = 60s;  // each case ends sooner, when it has seen enough
        options.start_period = 0ms;
        options.distributed_interval = 200ms;
        options.config_interval = 300ms;
        options.logger_interval = 200ms;
        options.quiet = true;
        options.json_file = (server.folder() / "report.json").string();
        return options;
    }

    /// Runs until `enough` and gives the report.
    static json report(const Options& options, const std::function<bool()>& enough) {
        ::testing::internal::CaptureStdout();
        run(options, enough);
        ::testing::internal::GetCapturedStdout();
        std::ifstream in{options.json_file};
        return json::parse(in);
    }

    /// Enough is when the server has had `count` requests of a kind.
    static std::function<bool()> after(
        const ScriptedServer& server, const char* path_end, std::size_t count
    ) {
        return [&server, path_end, count] { return server.requests(path_end).size() >= count; };
    }
};

TEST_F(RunTest, HostsEnrolPollAndMakeNoErrors) {
    ScriptedServer server{GoodServer{}};

    const auto result = report(options(server), after(server, "/config", 6));

    EXPECT_EQ(result["errors"], 0) << result.dump(2);
    EXPECT_EQ(result["enrolled"], 2);
    EXPECT_GE(result["endpoints"]["distributed/read"]["answered"], 2);
    const auto enrolments = server.requests("/enroll");
    ASSERT_THAT(enrolments, SizeIs(2));
    EXPECT_EQ(enrolments[0].body["enroll_secret"], "secret");
    // The two connections race: either host may come first.
    const auto is_ubuntu = [&](std::size_t i) {
        return enrolments[i].body["host_details"]["os_version"]["name"] == "Ubuntu";
    };
    EXPECT_TRUE(is_ubuntu(0) || is_ubuntu(1));
    EXPECT_THAT(enrolments[0].head, Not(HasSubstr("Authorization")));
    EXPECT_THAT(server.requests("/read").front().head, HasSubstr("Authorization: NodeKey key-"));
    // Stock mode: as many connections as requests.
    EXPECT_EQ(static_cast<std::size_t>(server.connections()), server.requests().size());
}

TEST_F(RunTest, KeptModeUsesOneConnectionAHost) {
    ScriptedServer server{GoodServer{}};
    auto with = options(server);
    with.mode = ConnectionMode::kept;

    const auto result = report(with, after(server, "/read", 8));

    EXPECT_EQ(result["errors"], 0);
    EXPECT_EQ(server.connections(), 2);
}

TEST_F(RunTest, PooledModeSharesConnections) {
    ScriptedServer server{GoodServer{}};
    auto with = options(server);
    with.hosts = 6;
    with.mode = ConnectionMode::pooled;
    with.pool = 2;

    const auto result = report(with, after(server, "/read", 20));

    EXPECT_EQ(result["errors"], 0);
    EXPECT_LE(server.connections(), 2);
    EXPECT_EQ(result["enrolled"], 6);
}

TEST_F(RunTest, QueriesAreAnswered) {
    ScriptedServer server{
        [good = GoodServer{}, asked = std::set<std::string>{}](const Request& request) mutable {
            if (!request.path.ends_with("/read") || !asked.insert(request.body["node_key"]).second)
                return good(request);
            return object(
                {{"queries",
                  {{"q", "SELECT platform FROM os_version"},
                   {"deb", "SELECT count(*) AS n FROM deb_packages"}}},
                 {"discovery", {{"q", "SELECT 1"}, {"deb", "SELECT 1"}}}}
            );
        }};

    const auto result = report(options(server), after(server, "/write", 2));

    EXPECT_EQ(result["errors"], 0);
    EXPECT_EQ(result["queries_run"], 4);
    EXPECT_EQ(result["queries_failed"], 1);
    std::set<std::string> platforms;
    for (const auto& request : server.requests("/write")) {
        platforms.insert(request.body["queries"]["q"][0]["platform"].get<std::string>());
    }
    EXPECT_EQ(platforms, (std::set<std::string>{"ubuntu", "windows"}));
}

TEST_F(RunTest, HostEnrolsAgainWhenItsKeyIsUnknown) {
    ScriptedServer server{[good = GoodServer{}](const Request& request) mutable {
        const bool first_key = request.body.value("node_key", "") == "key-1";
        if (first_key) return object({{"error", "no such key"}, {"node_invalid", true}}, 401);
        return good(request);
    }};
    auto with = options(server);
    with.hosts = 1;
    const auto polls_with_second_key = [&] {
        const auto polls = server.requests("/config");
        return std::count_if(polls.begin(), polls.end(), [](const Request& poll) {
            return poll.body["node_key"] == "key-2";
        });
    };

    const auto result = report(with, [&] { return polls_with_second_key() >= 2; });

    EXPECT_EQ(result["enrolled"], 2);
    EXPECT_GE(result["endpoints"]["config"]["errors"]["node_invalid"], 1);
}

TEST_F(RunTest, RefusedLogLinesComeAgainAndTheOracleHoldsTheAcknowledgedOnes) {
    std::set<std::string> taken;
    ScriptedServer server{
        [&taken, good = GoodServer{}, refused = 0](const Request& request) mutable {
            if (!request.path.ends_with("/log")) return good(request);
            if (refused++ < 2) return object({{"error", "disk full"}}, 500);
            for (const auto& line : request.body["data"]) {
                if (request.body["log_type"] == "result")
                    taken.insert(line["columns"]["line_id"].get<std::string>());
            }
            return good(request);
        }};
    auto with = options(server);
    with.hosts = 1;
    with.log_lines = 3;
    with.oracle_file = (server.folder() / "oracle").string();

    const auto result = report(with, after(server, "/log", 6));

    std::set<std::string> acknowledged;
    std::ifstream in{with.oracle_file};
    for (std::string id; std::getline(in, id);)
        EXPECT_TRUE(acknowledged.insert(id).second);
    EXPECT_EQ(result["endpoints"]["log"]["errors"]["error"], 2);
    EXPECT_THAT(acknowledged, SizeIs(Ge(3)));
    EXPECT_EQ(acknowledged, taken);
}

TEST_F(RunTest, ABrokenConnectionIsTriedOnceMore) {
    ScriptedServer server{[good = GoodServer{}, broken = false](const Request& request) mutable {
        if (request.path.ends_with("/config") && !std::exchange(broken, true))
            return Answer{200, "", true};
        return good(request);
    }};

    const auto result = report(options(server), after(server, "/config", 4));

    EXPECT_EQ(result["resent"], 1);
    EXPECT_EQ(result["errors"], 0);
}

TEST_F(RunTest, AnswersOfTheWrongShapeAreCounted) {
    ScriptedServer server{[good = GoodServer{}](const Request& request) mutable {
        if (request.path.ends_with("/read")) return object({{"queries", json::object()}});
        if (request.path.ends_with("/config")) return Answer{200, "", false};
        return good(request);
    }};

    const auto result = report(options(server), [&] {
        return !server.requests("/read").empty() && !server.requests("/config").empty();
    });

    EXPECT_GE(result["endpoints"]["distributed/read"]["errors"]["shape"], 1);
    EXPECT_GE(result["endpoints"]["config"]["errors"]["shape"], 1);
}

TEST_F(RunTest, AnUntrustedCertificateIsRefused) {
    ScriptedServer server{GoodServer{}};
    ScriptedServer other{GoodServer{}};
    auto with = options(server);
    with.ca_file = other.ca_file();

    const auto result = report(with, [&] { return server.connections() >= 4; });

    EXPECT_EQ(result["enrolled"], 0);
    EXPECT_GE(result["endpoints"]["enroll"]["errors"]["tls"], 1);
    EXPECT_THAT(server.requests(), IsEmpty());
}

TEST_F(RunTest, ACertificateForAnotherNameIsRefused) {
    ScriptedServer server{GoodServer{}};
    auto with = options(server);
    with.host = "127.0.0.1";

    const auto result = report(with, [&] { return server.connections() >= 4; });

    EXPECT_GE(result["endpoints"]["enroll"]["errors"]["tls"], 1);
}

TEST_F(RunTest, ASecondRunKeepsItsKeys) {
    ScriptedServer server{GoodServer{}};
    auto with = options(server);
    with.state_file = (server.folder() / "state").string();
    report(with, after(server, "/read", 2));

    const auto second = report(with, after(server, "/read", 8));

    EXPECT_EQ(second["enrolled"], 0);
    EXPECT_EQ(second["errors"], 0);
    EXPECT_THAT(server.requests("/enroll"), SizeIs(2));
}

TEST_F(RunTest, WrongKeysMustBeRefused) {
    ScriptedServer server{[good = GoodServer{}](const Request& request) mutable {
        const auto key = request.body.value("node_key", std::string{});
        if (key.starts_with("wrong-"))
            return object({{"error", "unknown"}, {"node_invalid", true}}, 401);
        return good(request);
    }};
    auto with = options(server);
    with.wrong_key_percent = 50;

    const auto result = report(with, after(server, "/config", 16));

    EXPECT_EQ(result["errors"], 0);
    EXPECT_EQ(result["enrolled"], 2);
    EXPECT_GE(result["wrong_key_refused"], 1);
}

TEST_F(RunTest, AllConnectionsAreClosedAndOpenedAgain) {
    ScriptedServer server{GoodServer{}};
    auto with = options(server);
    with.hosts = 6;
    with.mode = ConnectionMode::kept;
    with.reconnect_at = 300ms;

    const auto result = report(with, [&] {
        return server.connections() >= 12 && server.requests("/config").size() >= 24;
    });

    EXPECT_EQ(result["errors"], 0) << result.dump(2);
    EXPECT_EQ(result["reconnected"], 6);
    EXPECT_EQ(server.connections(), 12);
    EXPECT_GT(result["all_back_ms"], 0);
}

TEST_F(RunTest, AServerThatIsGoneIsLeftOut) {
    ScriptedServer server{GoodServer{}};
    const auto nobody = [] {
        const ScriptedServer gone{GoodServer{}};
        return gone.port();
    }();
    auto with = options(server);
    with.more_servers = {{"localhost", nobody}};

    const auto result = report(with, after(server, "/read", 8));

    EXPECT_EQ(result["errors"], 0) << result.dump(2);
    EXPECT_GE(result["resent"], 1);
}

TEST_F(RunTest, FaultyConnectionsAreCountedApart) {
    ScriptedServer server{GoodServer{}};
    auto with = options(server);
    with.half_open = 3;
    with.slow_readers = 1;

    const auto result = report(with, after(server, "/read", 8));

    EXPECT_EQ(result["errors"], 0) << result.dump(2);
    for (const auto& [name, pest] : result["faulty_connections"].items())
        EXPECT_GE(pest["opened"], 1) << name;
}

TEST_F(RunTest, AnswersToLiveQueriesAreWrittenDown) {
    ScriptedServer server{[good = GoodServer{}, asked = false](const Request& request) mutable {
        if (!request.path.ends_with("/read") || std::exchange(asked, true)) return good(request);
        return object(
            {{"queries", {{"fleet_distributed_query_17", "SELECT 1 AS one"}}},
             {"discovery", {{"fleet_distributed_query_17", "SELECT 1"}}}}
        );
    }};
    auto with = options(server);
    with.hosts = 1;
    with.answer_file = (server.folder() / "answers").string();

    report(with, after(server, "/read", 4));

    std::ifstream in{with.answer_file};
    std::string campaign;
    std::string host;
    double sent{};
    double acknowledged{};
    ASSERT_TRUE(in >> campaign >> host >> sent >> acknowledged);
    EXPECT_EQ(campaign, "17");
    EXPECT_EQ(host, "ubuntu-00000");
    EXPECT_GT(sent, 1.6e12);
    EXPECT_GE(acknowledged, sent);
}

TEST_F(RunTest, CompatAsksForTheVersionBeforeEachLogPost) {
    ScriptedServer server{[good = GoodServer{}](const Request& request) mutable {
        if (request.head.starts_with("GET ")) return object({{"version", "1"}});
        return good(request);
    }};
    auto with = options(server);
    with.hosts = 1;
    with.log_lines = 1;
    with.profile = AnswerProfile::compat;

    const auto result = report(with, after(server, "/log", 4));

    EXPECT_EQ(result["errors"], 0) << result.dump(2);
    EXPECT_GE(result["endpoints"]["version"]["answered"], 4);
}

TEST_F(RunTest, CarvesAreUploaded) {
    ScriptedServer server{[good = GoodServer{}, asked = false](const Request& request) mutable {
        if (request.path.ends_with("/carve/begin")) return object({{"session_id", "s"}});
        if (!request.path.ends_with("/read") || std::exchange(asked, true)) return good(request);
        return object(
            {{"queries",
              {{"c", "SELECT * FROM carves WHERE carve = 1 AND path LIKE '/etc/hosts'"}}},
             {"discovery", {{"c", "SELECT 1"}}}}
        );
    }};
    auto with = options(server);
    with.hosts = 1;

    const auto result = report(with, after(server, "/carve/block", 3));

    EXPECT_EQ(result["carves"], 1);
    const auto begin = server.requests("/carve/begin");
    const auto blocks = server.requests("/carve/block");
    ASSERT_THAT(begin, SizeIs(1));
    EXPECT_EQ(begin[0].body["block_count"], blocks.size());
    EXPECT_FALSE(blocks[0].body.contains("node_key"));
}

TEST_F(RunTest, ThisMachineEnrolsAsItself) {
    ScriptedServer server{GoodServer{}};
    auto with = options(server);
    with.hosts = 0;
    with.this_machine = true;

    const auto result = report(with, after(server, "/enroll", 1));

    EXPECT_EQ(result["enrolled"], 1);
    const auto details = server.requests("/enroll").at(0).body["host_details"];
    std::array<char, 256> name{};
    gethostname(name.data(), name.size() - 1);
    EXPECT_EQ(details["system_info"]["hostname"], name.data());
}

}  // namespace
}  // namespace fleet::perf
