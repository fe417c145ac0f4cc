#include "live_socket_hub.hpp"

#include "fleet/core/log.hpp"
#include "fleet/core/worker_pool.hpp"

namespace fleet::api::rest {

void LiveHub::join(CampaignId id) {
    const std::lock_guard lock{mutex_};
    auto& readers = readers_[id];
    ++readers.sessions;
    if (readers.grace) readers.grace->cancel();
    readers.grace.reset();
    readers.lingering.reset();
}

void LiveHub::leave(CampaignId id, Leaving how, std::shared_ptr<live::ResultReader> reader) {
    const std::lock_guard lock{mutex_};
    const auto found = readers_.find(id);
    if (found == readers_.end()) return;
    auto& readers = found->second;
    if (readers.sessions > 0) --readers.sessions;
    if (readers.sessions > 0) return;
    if (stopped_ || how == Leaving::already_over) {
        readers_.erase(found);
        return;
    }
    readers.lingering = std::move(reader);
    const auto wait =
        how == Leaving::with_grace ? deps_.disconnect_grace : std::chrono::milliseconds{0};
    readers.grace = std::make_shared<boost::asio::steady_timer>(deps_.loop, wait);
    readers.grace->async_wait([weak = weak_from_this(), id](boost::system::error_code ec) {
        if (const auto self = weak.lock(); self && !ec) self->end(id);
    });
}

void LiveHub::end(CampaignId id) {
    std::shared_ptr<live::ResultReader> lingering;
    {
        const std::lock_guard lock{mutex_};
        const auto found = readers_.find(id);
        if (stopped_ || found == readers_.end() || found->second.sessions > 0) return;
        lingering = std::move(found->second.lingering);
        readers_.erase(found);
    }
    on_worker([self = shared_from_this(), id, lingering] {
        self->deps_.live_queries.finish_unless_read_elsewhere(id);
    });
}

void LiveHub::end_forgotten(CampaignId id) {
    {
        const std::lock_guard lock{mutex_};
        if (stopped_ || readers_.contains(id)) return;
    }
    on_worker([self = shared_from_this(), id] { self->deps_.live_queries.finish(id); });
}

void LiveHub::stop() {
    const std::lock_guard lock{mutex_};
    stopped_ = true;
    for (auto& [id, readers] : readers_) {
        if (readers.grace) readers.grace->cancel();
        readers.lingering.reset();
    }
}

bool LiveHub::on_worker(std::function<void()> job, std::function<void(const char*)> failed) {
    const auto fail = [failed](const char* why) {
        if (failed) failed(why);
    };
    const bool taken = deps_.workers.submit([job = std::move(job), fail] {
        try {
            job();
        } catch (const std::exception& error) {
            log::error("work for a live query failed", {{"error", error.what()}});
            fail("database error");
        }
    });
    if (!taken) {
        log::warn("no worker is free for a live query");
        fail("the server is busy");
    }
    return taken;
}

LiveSockets::Stats LiveHub::stats() const {
    const std::lock_guard lock{mutex_};
    LiveSockets::Stats stats{.campaigns = readers_.size()};
    for (const auto& [id, readers] : readers_)
        stats.sockets += readers.sessions;
    return stats;
}

}  // namespace fleet::api::rest
