#include "fleet/live/result_reader.hpp"

#include <gtest/gtest.h>

#include <atomic>

#include "fleet/live/host_result.hpp"
#include "live/instance.hpp"

namespace fleet::live {
namespace {

using test::eventually;

constexpr auto kCampaign = static_cast<CampaignId>(501);

class ResultReaderTest : public testing::Test {
protected:
    ResultReader::Page page(ResultReader& reader) {
        std::promise<ResultReader::Page> promise;
        reader.read([&](ResultReader::Page got) { promise.set_value(std::move(got)); });
        return promise.get_future().get();
    }

    /// Host ids of everything there is to read.
    std::vector<std::uint64_t> drain(ResultReader& reader) {
        std::vector<std::uint64_t> hosts;
        for (auto next = page(reader); !next.payloads.empty(); next = page(reader)) {
            for (const auto& payload : next.payloads) {
                hosts.push_back(raw(parse_payload(payload)->host));
            }
        }
        return hosts;
    }

    static std::vector<std::uint64_t> numbers(std::uint64_t first, std::uint64_t last) {
        std::vector<std::uint64_t> out;
        for (auto i = first; i <= last; ++i)
            out.push_back(i);
        return out;
    }

    test::PrivateRedis server{};
    Instance one{server};
};

TEST_F(ResultReaderTest, EverythingIsReadInOrderHoweverLargeTheResults) {
    ASSERT_TRUE(one.launch(501, "SELECT 1", numbers(1, 300)));
    for (const auto host : numbers(1, 300)) {
        const std::size_t size = host % 50 == 0 ? 900'000 : 10 * host;
        ASSERT_TRUE(one.answer(501, host, "[{\"a\":\"" + std::string(size, 'x') + "\"}]"));
    }
    ResultReader reader{*one.redis, kCampaign, {}};

    EXPECT_EQ(drain(reader), numbers(1, 300));
}

TEST_F(ResultReaderTest, ReadersAreWokenAndGoOnWhereTheyWere) {
    ASSERT_TRUE(one.launch(501, "SELECT 1", numbers(1, 20)));
    std::atomic<int> wakes{0};
    std::atomic<int> ready{0};
    ResultReader reader{
        *one.redis, kCampaign, {.on_more = [&] { ++wakes; }, .on_ready = [&] { ++ready; }}};
    ASSERT_TRUE(eventually([&] { return ready == 1; }));
    for (const auto host : numbers(1, 10))
        ASSERT_TRUE(one.answer(501, host));
    EXPECT_EQ(drain(reader), numbers(1, 10));
    EXPECT_TRUE(eventually([&] { return wakes == 10; }));

    for (const auto host : numbers(11, 20))
        ASSERT_TRUE(one.answer(501, host));

    EXPECT_EQ(drain(reader), numbers(11, 20));
    ResultReader late{*one.redis, kCampaign, {}};
    EXPECT_EQ(drain(late), numbers(1, 20));
}

TEST_F(ResultReaderTest, LossOfTheDataIsToldAndReadingStartsAgain) {
    ASSERT_TRUE(one.launch(501, "SELECT 1", numbers(1, 20)));
    std::atomic<int> downs{0};
    std::atomic<int> ups{0};
    ResultReader reader{
        *one.redis, kCampaign, {.on_connection = [&](bool up) { ++(up ? ups : downs); }}};
    for (const auto host : numbers(1, 10))
        ASSERT_TRUE(one.answer(501, host));
    ASSERT_EQ(drain(reader), numbers(1, 10));

    server.kill9();
    ASSERT_TRUE(eventually([&] { return downs == 1; }));
    EXPECT_TRUE(page(reader).failed);
    server.start();
    ASSERT_TRUE(eventually([&] { return ups == 1; }));
    // Hosts that have not answered are asked again once Redis has been told of the campaign.
    ASSERT_TRUE(eventually([&] { return !one.poll(11).empty(); }));
    ASSERT_TRUE(eventually([&] { return one.answer(501, 11); }));

    const auto first = page(reader);
    EXPECT_TRUE(first.restarted);
    EXPECT_EQ(drain(reader), numbers(11, 11));
}

}  // namespace
}  // namespace fleet::live
