#include "fleet/core/shared_text.hpp"

#include <gtest/gtest.h>

#include <thread>
#include <vector>

namespace fleet {
namespace {

TEST(SharedText, IsAsSmallAsAPointerAndSharedByItsCopies) {
    static_assert(sizeof(SharedText) == sizeof(void*));
    const SharedText text{"a host's name, longer than a short one"};
    const SharedText copy = text;

    EXPECT_EQ(copy, "a host's name, longer than a short one");
    EXPECT_EQ(copy.str().data(), text.str().data());
}

TEST(SharedText, NothingIsTheEmptyText) {
    EXPECT_TRUE(SharedText{}.empty());
    EXPECT_EQ(SharedText{""}, "");
    EXPECT_EQ(SharedText::common(""), "");
}

TEST(SharedText, ACommonTextIsInMemoryOnce) {
    const SharedText one = SharedText::common("Ubuntu 24.04.1 LTS");
    const SharedText other = SharedText::common(std::string{"Ubuntu 24.04.1 LTS"});

    EXPECT_EQ(one.str().data(), other.str().data());
    EXPECT_NE(SharedText::common("Ubuntu 22.04").str(), one.str());
}

TEST(SharedText, ManyCommonTextsFromManyThreadsStayRight) {
    const SharedText kept = SharedText::common("kept all the time");
    std::vector<std::thread> threads;
    for (int t = 0; t < 4; ++t) {
        threads.emplace_back([] {
            for (int i = 0; i < 5'000; ++i) {
                const std::string text = "version " + std::to_string(i % 1'500);
                EXPECT_EQ(SharedText::common(text), text);
            }
        });
    }
    for (auto& thread : threads)
        thread.join();

    EXPECT_EQ(SharedText::common("kept all the time").str().data(), kept.str().data());
}

}  // namespace
}  // namespace fleet
