#pragma once

#include <atomic>
#include <memory>
#include <thread>

#include "integration/api/api_test.hpp"
#include "support/results_socket.hpp"

namespace fleet::test {

/// Live queries of the shared stack, in either flavour of the result stream.
class LiveTest : public ApiTest {
protected:
    using Flavour = ResultsSocket::Flavour;

    std::uint64_t id_of(const FakeAgent& agent) { return admin.host_id(agent.machine().uuid); }

    /// A socket that has authenticated and selected the campaign.
    std::unique_ptr<ResultsSocket> attach(
        std::uint64_t campaign, Flavour flavour = Flavour::plain, std::size_t server = 0
    ) {
        auto socket = std::make_unique<ResultsSocket>(stack.server(server).endpoint(), flavour);
        socket->authenticate(admin.token());
        socket->select(campaign);
        return socket;
    }

    /// Waits for the query and answers it with these rows.
    static void respond(FakeAgent& agent, std::uint64_t campaign, const json& rows) {
        const auto name = "fleet_distributed_query_" + std::to_string(campaign);
        ASSERT_FALSE(agent.await_query(name).empty()) << "the host never got the query";
        expect_agent_ok(agent.write(
            {{"queries", {{name, rows}}},
             {"statuses", {{name, 0}}},
             {"messages", {{name, ""}}},
             {"stats",
              {{name,
                {{"wall_time_ms", 12}, {"user_time", 3}, {"system_time", 1}, {"memory", 20480}}}}}}
        ));
    }

    static void fail(FakeAgent& agent, std::uint64_t campaign, const std::string& message) {
        const auto name = "fleet_distributed_query_" + std::to_string(campaign);
        ASSERT_FALSE(agent.await_query(name).empty());
        expect_agent_ok(agent.write(
            {{"queries", {{name, json::array()}}},
             {"statuses", {{name, 1}}},
             {"messages", {{name, message}}}}
        ));
    }

    static bool is(const json& message, const char* type) {
        return message.value("type", "") == type;
    }
};

/// A host that polls in a thread of its own and answers every live query with one row.
class PollingAgent {
public:
    explicit PollingAgent(FakeAgent agent) : agent_{std::move(agent)} {
        thread_ = std::thread{[this] {
            while (!stop_) {
                try {
                    agent_.check_in();
                } catch (const std::exception&) {
                    // The server may be away for a moment; a real agent goes on, too.
                }
                std::this_thread::sleep_for(milliseconds{100});
            }
        }};
    }
    ~PollingAgent() {
        stop_ = true;
        thread_.join();
    }
    PollingAgent(const PollingAgent&) = delete;
    PollingAgent& operator=(const PollingAgent&) = delete;

    [[nodiscard]] const Machine& machine() const { return agent_.machine(); }

private:
    FakeAgent agent_;
    std::atomic<bool> stop_ = false;
    std::thread thread_;
};

}  // namespace fleet::test
