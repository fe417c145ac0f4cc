#pragma once

#include <boost/asio/steady_timer.hpp>
#include <boost/asio/strand.hpp>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <unordered_set>
#include <vector>

#include "fleet/core/viewer.hpp"
#include "fleet/http/websocket.hpp"
#include "fleet/live/result_reader.hpp"
#include "live_host_states.hpp"
#include "live_socket_hub.hpp"
#include "live_socket_messages.hpp"

namespace fleet::api::rest {

/// One client reading the results of one campaign: signs in, names the campaign, then gets totals,
/// status and results until it leaves. Results are fetched only while the client takes them, so
/// that a slow one costs a bounded amount of memory and misses nothing.
/// Everything runs on the session's strand.
class LiveSession : public std::enable_shared_from_this<LiveSession> {
public:
    LiveSession(std::shared_ptr<LiveHub> hub, std::shared_ptr<http::WebSocket> socket);
    void start();

private:
    enum class State { signing_in, choosing, attaching, streaming, closed };

    // live_socket_session.cpp: from the first message to the stream
    void on_message(std::string text);
    void next_message();
    void sign_in(const std::string& text);
    void signed_in(Result<Viewer> viewer);
    void choose(const std::string& text);
    void find_campaign();
    void found(Result<service::CampaignView> view, std::vector<store::HostName> names);
    void attach(service::CampaignView view, std::vector<store::HostName> names);
    void subscribed();
    void refuse(const std::string& text);
    void leave();

    // live_socket_stream.cpp: the stream
    void begin_stream();
    void arm_tick();
    void evaluate();
    void evaluated(
        const service::TargetCounts& counts, const std::vector<bool>& online, bool finished
    );
    void on_connection(bool up);
    void read_page();
    void on_page(live::ResultReader::Page page);
    void pump();
    void send_result(const std::string& payload);
    void arm_changes();

    /// Runs on the strand; a bug in there ends this session, not the process.
    template <class F>
    void post(F function);
    std::string now_text() const;

    std::shared_ptr<LiveHub> hub_;
    std::shared_ptr<http::WebSocket> socket_;
    boost::asio::strand<boost::asio::io_context::executor_type> strand_;
    boost::asio::steady_timer timer_;  // hand-shake deadline, look-up retries, then the tick
    boost::asio::steady_timer changes_timer_;
    boost::asio::steady_timer retry_timer_;

    State state_ = State::signing_in;
    bool busy_ = false;  // a message is being worked on
    std::deque<std::string> inbox_{};
    std::size_t received_ = 0;
    Viewer viewer_{};
    SelectCampaign choice_{};
    std::chrono::steady_clock::time_point give_up_at_{};

    std::shared_ptr<live::ResultReader> reader_{};
    std::vector<HostId> targets_{};
    std::optional<LiveHostStates> hosts_{};
    std::unordered_set<std::uint64_t> answered_{};
    bool over_ = false;      // the campaign has ended
    bool stop_ = false;      // the client wants it to end
    bool finished_ = false;  // the client has been told so
    bool evaluating_ = false;
    bool reading_ = false;
    bool more_ = true;
    bool drained_ = false;  // the last page was empty
    bool first_page_ = true;
    bool changes_armed_ = false;
    bool connection_lost_ = false;
    std::deque<std::string> held_{};
    std::uint64_t actual_ = 0;
    std::optional<service::TargetCounts> told_counts_{};
    std::string told_status_{};
};

}  // namespace fleet::api::rest
