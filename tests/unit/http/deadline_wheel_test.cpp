#include "http/deadline_wheel.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace fleet::http {
namespace {

using namespace std::chrono_literals;
using Entry = DeadlineWheel::Entry;

const auto kStart = DeadlineWheel::Clock::time_point{1000s};

class DeadlineWheelTest : public testing::Test {
protected:
    std::vector<Entry*> due_at(DeadlineWheel::Clock::time_point now) {
        std::vector<Entry*> out;
        wheel_.advance(now, [&out](Entry& entry) { out.push_back(&entry); });
        return out;
    }

    DeadlineWheel wheel_{kStart};
};

TEST_F(DeadlineWheelTest, NothingIsEarlyAndNothingIsLateByMoreThanATick) {
    for (const auto wait :
         {0ms, 1ms, 49ms, 50ms, 1000ms, 25'599ms, 25'600ms, 75'000ms, 930'000ms}) {
        DeadlineWheel wheel{kStart};
        Entry entry;
        wheel.set(entry, kStart + wait);
        auto now = kStart;
        int calls = 0;
        while (calls == 0 && now < kStart + 1000s) {
            now += 10ms;
            wheel.advance(now, [&calls](Entry&) { ++calls; });
        }
        EXPECT_EQ(calls, 1) << wait.count();
        EXPECT_GE(now, kStart + wait);
        EXPECT_LE(now, kStart + wait + DeadlineWheel::kTick + 10ms) << wait.count();
        EXPECT_TRUE(wheel.empty());
    }
}

TEST_F(DeadlineWheelTest, ADeadlineCanBePutOffAndBroughtForward) {
    Entry later;
    Entry sooner;
    wheel_.set(later, kStart + 1s);
    wheel_.set(later, kStart + 10s);
    wheel_.set(sooner, kStart + 10s);
    wheel_.set(sooner, kStart + 1s);
    EXPECT_EQ(due_at(kStart + 2s), std::vector{&sooner});
    EXPECT_EQ(due_at(kStart + 9s), std::vector<Entry*>{});
    EXPECT_EQ(due_at(kStart + 11s), std::vector{&later});
}

TEST_F(DeadlineWheelTest, ADeadlineThatWasTakenBackDoesNotCome) {
    Entry removed;
    Entry cleared;
    wheel_.set(removed, kStart + 1s);
    wheel_.set(cleared, kStart + 1s);
    wheel_.remove(removed);
    wheel_.set(cleared, DeadlineWheel::Clock::time_point::max());
    EXPECT_TRUE(due_at(kStart + 60s).empty());
    EXPECT_TRUE(wheel_.empty());
}

TEST_F(DeadlineWheelTest, ALongSleepMissesNothing) {
    std::vector<Entry> entries(2000);
    for (std::size_t i = 0; i < entries.size(); ++i) {
        wheel_.set(entries[i], kStart + 37ms * i);
    }
    EXPECT_EQ(due_at(kStart + 1h).size(), entries.size());
}

TEST_F(DeadlineWheelTest, WhoIsDueMaySetAndRemoveAny) {
    Entry again;
    Entry other;
    wheel_.set(again, kStart + 1s);
    wheel_.set(other, kStart + 1s);
    int calls = 0;
    wheel_.advance(kStart + 2s, [&](Entry& entry) {
        if (++calls > 1) return;
        wheel_.remove(&entry == &again ? other : again);
        wheel_.set(entry, kStart + 1500ms);
    });
    EXPECT_EQ(calls, 2);  // the same one again: its new time is over too
    EXPECT_TRUE(wheel_.empty());
}

}  // namespace
}  // namespace fleet::http
