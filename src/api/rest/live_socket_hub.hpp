#pragma once

#include <atomic>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <functional>
#include <map>
#include <memory>
#include <mutex>

#include "fleet/api/rest/live_socket.hpp"
#include "fleet/live/result_reader.hpp"

namespace fleet::api::rest {

/// Which campaigns are being read through this process, and what happens when their last reader
/// leaves: the campaign ends, at once or after a time in which the reader may come back.
class LiveHub : public std::enable_shared_from_this<LiveHub> {
public:
    explicit LiveHub(LiveSockets::Deps deps) : deps_{deps} {}

    const LiveSockets::Deps& deps() const { return deps_; }

    enum class Leaving { at_once, with_grace, already_over };
    void join(CampaignId id);
    /// The reader is handed over: it keeps the campaign listened to until the decision is made.
    void leave(CampaignId id, Leaving how, std::shared_ptr<live::ResultReader> reader);
    void end_forgotten(CampaignId id);
    void stop();

    /// Runs `job` on a worker; `failed` gets a text when it threw or there is no room for it.
    bool on_worker(std::function<void()> job, std::function<void(const char*)> failed = {});

    LiveSockets::Stats stats() const;

private:
    struct Readers {
        std::size_t sessions = 0;
        std::shared_ptr<live::ResultReader> lingering{};
        std::shared_ptr<boost::asio::steady_timer> grace{};
    };
    void end(CampaignId id);

    LiveSockets::Deps deps_;
    mutable std::mutex mutex_{};
    std::map<CampaignId, Readers> readers_{};
    bool stopped_ = false;
};

}  // namespace fleet::api::rest
