#pragma once

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <functional>
#include <future>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "fleet/live/campaigns.hpp"
#include "fleet/live/redis.hpp"
#include "support/private_redis.hpp"
#include "support/wait.hpp"

namespace fleet::live {

/// What one server process has of live queries: an event loop, a Redis client, the campaigns.
class Instance {
public:
    explicit Instance(const test::PrivateRedis& server, CampaignOptions options = {})
        : redis{open_redis(loop, {.address = server.address()})}, campaigns{loop, *redis, options} {
        for (int i = 0; i < 2; ++i) {
            threads_.emplace_back([this] { loop.run(); });
        }
        redis->start();
        campaigns.start();
        test::eventually([&] { return redis->connected(); });
    }
    ~Instance() {
        campaigns.stop();
        redis->stop();
        guard_.reset();
        for (auto& thread : threads_)
            thread.join();
    }
    Instance(const Instance&) = delete;
    Instance& operator=(const Instance&) = delete;

    /// What a host that polls now is told to run.
    std::vector<std::string> poll(std::uint64_t host) {
        auto promise = std::make_shared<std::promise<std::vector<std::string>>>();
        campaigns.work_for(static_cast<HostId>(host), [promise](const std::vector<LiveWork>& work) {
            std::vector<std::string> sql;
            for (const auto& item : work)
                sql.push_back(*item.sql);
            promise->set_value(sql);
        });
        return promise->get_future().get();
    }

    bool answer(std::uint64_t campaign, std::uint64_t host, const std::string& rows = "[]") {
        return deliver({answer_of(campaign, host, rows)});
    }

    bool deliver(std::vector<LiveAnswer> answers) {
        auto promise = std::make_shared<std::promise<bool>>();
        campaigns.deliver(std::move(answers), [promise](bool ok) { promise->set_value(ok); });
        return promise->get_future().get();
    }

    static LiveAnswer answer_of(
        std::uint64_t campaign, std::uint64_t host, const std::string& rows
    ) {
        return {
            .id = static_cast<CampaignId>(campaign),
            .host = static_cast<HostId>(host),
            .hostname = "h" + std::to_string(host),
            .display_name = "d" + std::to_string(host),
            .rows_json = rows,
        };
    }

    Result<> launch(
        std::uint64_t id, const std::string& sql, const std::vector<std::uint64_t>& on
    ) {
        std::vector<HostId> hosts;
        for (const auto host : on)
            hosts.push_back(static_cast<HostId>(host));
        return campaigns.launch(
            static_cast<CampaignId>(id), sql, std::move(hosts), Campaigns::KeepStats::no
        );
    }

    bool has_work(std::uint64_t host) const {
        return campaigns.has_work(static_cast<HostId>(host));
    }

    boost::asio::io_context loop{};
    std::unique_ptr<Redis> redis;
    Campaigns campaigns;

private:
    boost::asio::executor_work_guard<boost::asio::io_context::executor_type> guard_{
        loop.get_executor()};
    std::vector<std::thread> threads_{};
};

}  // namespace fleet::live
