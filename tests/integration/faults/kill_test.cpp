// kill -9 of the server, of MariaDB or of Redis at random moments under load, again and again.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <random>

#include "integration/faults/agent_load.hpp"
#include "support/wait.hpp"

namespace fleet::test {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using std::chrono::steady_clock;
using testing::IsEmpty;

TEST(Kill, AnyPartAtAnyMomentLosesNothingThatWasAcknowledged) {
    if (shared_mariadb().is_external()) GTEST_SKIP() << "not our database to kill";
    const auto seed = std::random_device{}();
    SCOPED_TRACE("seed " + std::to_string(seed));
    std::mt19937 random{seed};
    const auto some = [&](int most) {
        return milliseconds{std::uniform_int_distribution{0, most}(random)};
    };
    PrivateMariaDb database{PrivateMariaDb::Durability::full};
    Stack stack{{.mariadb = &database}};
    const auto query = unique_name("kill");
    const auto query_id =
        stack.admin().create_query(query, {{"interval", 60}, {"query", "SELECT m"}});
    AgentLoad load{stack, 8, query};
    load.start();

    // Each part at least once, in any order.
    std::vector<int> parts = {0, 1, 2};
    std::shuffle(parts.begin(), parts.end(), random);
    const auto end = steady_clock::now() + fault_time(seconds{5});
    for (std::size_t i = 0; i < parts.size() || steady_clock::now() < end; ++i) {
        const int part = i < parts.size() ? parts[i] : std::uniform_int_distribution{0, 2}(random);
        const auto enough = load.rounds() + 2 * static_cast<std::int64_t>(load.size());
        ASSERT_TRUE(eventually([&] { return load.rounds() >= enough; }, seconds{60}))
            << "nothing goes through any more";
        std::this_thread::sleep_for(some(500));
        if (part == 0) {
            stack.server().kill9();
            std::this_thread::sleep_for(some(300));
            stack.server().start();
        } else if (part == 1) {
            database.kill9();
            std::this_thread::sleep_for(some(2'000));
            database.start();
        } else {
            stack.redis().kill9();
            std::this_thread::sleep_for(some(2'000));
            stack.redis().start();
        }
    }
    const auto enough = load.rounds() + 2 * static_cast<std::int64_t>(load.size());
    EXPECT_TRUE(eventually([&] { return load.rounds() >= enough; }, seconds{60}));
    load.stop();

    EXPECT_THAT(load.wrong_answers(), IsEmpty());
    EXPECT_THAT(lost_promises(stack, load, query_id), IsEmpty());
}

}  // namespace
}  // namespace fleet::test
