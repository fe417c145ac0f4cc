#include "live_socket_post.hpp"

namespace fleet::api::rest {
namespace {

using boost::system::error_code;

/// Nothing more is fetched or made while this much waits for the client.
constexpr std::size_t kHighWater = 1u << 20;
constexpr std::chrono::milliseconds kBetweenChanges{250};
constexpr std::chrono::milliseconds kReadAgain{500};

}  // namespace

std::string LiveSession::now_text() const {
    return to_rfc3339(hub_->deps().clock.now());
}

// The first page is read before the first status: a campaign with results waiting must not be
// called finished, because clients leave at that word.
void LiveSession::begin_stream() {
    state_ = State::streaming;
    timer_.cancel();
    if (!over_) {
        hub_->on_worker([self = shared_from_this()] {
            self->hub_->deps().live_queries.note_reader(
                static_cast<CampaignId>(self->choice_.campaign_id)
            );
        });
    }
    read_page();
}

void LiveSession::arm_tick() {
    timer_.expires_after(hub_->deps().tick);
    timer_.async_wait([self = shared_from_this()](error_code ec) {
        if (ec) return;
        self->post([self] {
            self->more_ = true;  // heals a lost announcement
            self->pump();
            self->evaluate();
            self->arm_tick();
        });
    });
}

void LiveSession::evaluate() {
    if (std::exchange(evaluating_, true)) return;
    const auto self = shared_from_this();
    hub_->on_worker(
        [self, targets = targets_, over = over_] {
            auto& service = self->hub_->deps().live_queries;
            service::TargetCounts counts{.total = targets.size()};
            std::vector<bool> online(targets.size());
            for (std::size_t i = 0; i < targets.size(); ++i) {
                const auto status = service.status(targets[i]);
                online[i] = status == HostStatus::online;
                counts.online += online[i] ? 1 : 0;
                counts.missing += status == HostStatus::missing ? 1 : 0;
            }
            counts.offline = counts.total - counts.online;
            const bool ended =
                over || service.is_finished(static_cast<CampaignId>(self->choice_.campaign_id));
            self->post([self, counts, online = std::move(online), ended] {
                self->evaluated(counts, online, ended);
            });
        },
        // The next tick tries again; meanwhile the stream goes on.
        [self](const char*) { self->post([self] { self->evaluating_ = false; }); }
    );
}

void LiveSession::evaluated(
    const service::TargetCounts& counts, const std::vector<bool>& online, bool ended
) {
    evaluating_ = false;
    over_ = over_ || ended;
    if (counts.total != 0 && told_counts_ != counts) {
        told_counts_ = counts;
        socket_->send(totals_message(counts));
    }
    const bool read_all = drained_ && held_.empty();
    finished_ = finished_ || over_ || (actual_ >= counts.online && read_all);
    auto status = status_message(counts.online, actual_, finished_);
    if (status != told_status_) {
        told_status_ = status;
        socket_->send(std::move(status));
    }
    if (hosts_) {
        hosts_->set_online(online, now_text());
        arm_changes();
    }
    pump();
}

void LiveSession::on_connection(bool up) {
    if (up) {
        connection_lost_ = false;
        more_ = true;
        return pump();
    }
    if (std::exchange(connection_lost_, true)) return;
    socket_->send(error_message(
        "pubsub error: unexpected exit in receiveMessages, campaignID=" +
        std::to_string(choice_.campaign_id)
    ));
}

void LiveSession::read_page() {
    reading_ = true;
    more_ = false;
    reader_->read([self = shared_from_this()](live::ResultReader::Page page) {
        self->post([self, page = std::move(page)]() mutable { self->on_page(std::move(page)); });
    });
}

void LiveSession::on_page(live::ResultReader::Page page) {
    reading_ = false;
    drained_ = !page.failed && !page.restarted && page.payloads.empty();
    if (page.failed) {
        retry_timer_.expires_after(kReadAgain);
        retry_timer_.async_wait([self = shared_from_this()](error_code ec) {
            if (ec) return;
            self->post([self] {
                self->more_ = true;
                self->pump();
            });
        });
    } else if (!drained_) {
        more_ = true;
    }
    for (auto& payload : page.payloads)
        held_.push_back(std::move(payload));
    if (std::exchange(first_page_, false)) {
        evaluate();
        arm_tick();
    }
    pump();
}

void LiveSession::pump() {
    if (state_ != State::streaming || told_status_.empty()) return;
    while (socket_->queued_bytes() < kHighWater) {
        if (hosts_) {
            if (auto chunk = hosts_->next_chunk()) {
                socket_->send(std::move(*chunk));
                continue;
            }
        }
        if (held_.empty()) break;
        send_result(held_.front());
        held_.pop_front();
    }
    if (held_.empty() && more_ && !reading_ && socket_->queued_bytes() < kHighWater) read_page();
}

void LiveSession::send_result(const std::string& payload) {
    const auto result = live::parse_payload(payload);
    if (!result) return;
    // A list that was lost and filled again brings hosts a second time.
    if (!answered_.insert(raw(result->host)).second) return;
    ++actual_;
    socket_->send(live::to_client_message(*result));
    if (!hosts_) return;
    hosts_->set_result(*result);
    arm_changes();
}

void LiveSession::arm_changes() {
    if (std::exchange(changes_armed_, true)) return;
    changes_timer_.expires_after(kBetweenChanges);
    changes_timer_.async_wait([self = shared_from_this()](error_code ec) {
        if (ec) return;
        self->post([self] {
            self->changes_armed_ = false;
            if (self->socket_->queued_bytes() >= kHighWater) return self->arm_changes();
            if (auto changes = self->hosts_->next_changes()) {
                self->socket_->send(std::move(*changes));
                self->arm_changes();
            }
        });
    });
}

}  // namespace fleet::api::rest
