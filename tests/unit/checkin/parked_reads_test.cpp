#include "fleet/checkin/parked_reads.hpp"

#include <gtest/gtest.h>

#include <utility>

namespace fleet::checkin {
namespace {

using namespace std::chrono_literals;

class ParkedReadsTest : public testing::Test {
protected:
    static HostRef host(std::uint64_t id) {
        HostFacts facts;
        facts.id = static_cast<HostId>(id);
        return HostRef{new HostEntry{std::move(facts)}};
    }

    bool park(std::uint64_t id, ParkedReads::Clock::duration after) {
        return static_cast<bool>(reads.park(
            host(id), [this, id] { answered.push_back(id); }, start + after
        ));
    }

    void answer(std::vector<ParkedReads::Parked> taken) {
        for (auto& one : taken)
            one.answer();
        std::sort(answered.begin(), answered.end());
    }

    using Ids = std::vector<std::uint64_t>;
    const ParkedReads::Clock::time_point start = ParkedReads::Clock::now();
    ParkedReads reads{};
    Ids answered{};
};

TEST_F(ParkedReadsTest, EndWhenTheirTimeIsOver) {
    park(1, 1s);
    park(2, 3s);
    park(33, 2s);
    answer(reads.take_expired(start + 2s));
    EXPECT_EQ(answered, (Ids{1, 33}));
    EXPECT_EQ(reads.size(), 1U);
}

TEST_F(ParkedReadsTest, ATakenReadDoesNotEndAgain) {
    park(1, 1s);
    EXPECT_TRUE(reads.take(static_cast<HostId>(1)));
    EXPECT_FALSE(reads.take(static_cast<HostId>(1)));
    EXPECT_TRUE(reads.take_expired(start + 5s).empty());
}

TEST_F(ParkedReadsTest, ALaterReadDisplacesTheFirstAndKeepsItsOwnTime) {
    EXPECT_FALSE(park(1, 1s));
    EXPECT_TRUE(park(1, 4s));
    EXPECT_TRUE(reads.take_expired(start + 2s).empty());
    EXPECT_EQ(reads.take_expired(start + 4s).size(), 1U);
}

TEST_F(ParkedReadsTest, OnlyTheWantedAreTaken) {
    for (std::uint64_t id = 1; id <= 100; ++id)
        park(id, 1s);
    answer(reads.take_if([](HostId id) { return raw(id) % 50 == 0; }));
    EXPECT_EQ(answered, (Ids{50, 100}));
    EXPECT_EQ(reads.take_all().size(), 98U);
    EXPECT_EQ(reads.size(), 0U);
}

}  // namespace
}  // namespace fleet::checkin
