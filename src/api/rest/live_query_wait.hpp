#pragma once

#include <boost/asio/steady_timer.hpp>
#include <boost/asio/strand.hpp>
#include <functional>
#include <map>
#include <memory>

#include "fleet/api/rest/live_query_sync.hpp"
#include "fleet/live/host_result.hpp"
#include "fleet/live/result_reader.hpp"

namespace fleet::api::rest {

/// Collects the results of one campaign until every host has answered or the time is over, then
/// hands them over and ends the campaign.
class LiveQueryWait : public std::enable_shared_from_this<LiveQueryWait> {
public:
    using Results = std::map<HostId, live::HostResult>;
    using Done = std::function<void(Results)>;

    LiveQueryWait(const LiveQuerySyncApi::Deps& deps, CampaignId id, std::size_t hosts, Done done);
    void start();

private:
    void post(std::function<void()> function);
    void read();
    void on_page(const live::ResultReader::Page& page);
    void finish();

    LiveQuerySyncApi::Deps deps_;
    CampaignId id_;
    std::size_t hosts_;
    Done done_;
    boost::asio::strand<boost::asio::io_context::executor_type> strand_;
    boost::asio::steady_timer deadline_;
    std::shared_ptr<live::ResultReader> reader_{};
    Results results_{};
    bool reading_ = false;
    bool more_ = false;
};

}  // namespace fleet::api::rest
