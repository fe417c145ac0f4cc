#include "live_query_wait.hpp"

#include <boost/asio/post.hpp>

#include "fleet/core/log.hpp"
#include "fleet/core/worker_pool.hpp"

namespace fleet::api::rest {

LiveQueryWait::LiveQueryWait(
    const LiveQuerySyncApi::Deps& deps, CampaignId id, std::size_t hosts, Done done
)
    : deps_{deps},
      id_{id},
      hosts_{hosts},
      done_{std::move(done)},
      strand_{boost::asio::make_strand(deps.loop)},
      deadline_{strand_} {}

void LiveQueryWait::post(std::function<void()> function) {
    boost::asio::post(strand_, [self = shared_from_this(), function = std::move(function)] {
        if (self->done_) function();
    });
}

void LiveQueryWait::start() {
    const std::weak_ptr<LiveQueryWait> weak = weak_from_this();
    const auto wake = [weak] {
        const auto self = weak.lock();
        if (!self) return;
        self->post([raw = self.get()] { raw->read(); });
    };
    post([this, wake] {
        reader_ = std::make_shared<live::ResultReader>(
            deps_.redis, id_, live::ResultReader::Callbacks{.on_more = wake, .on_ready = wake}
        );
        deadline_.expires_after(deps_.wait);
        deadline_.async_wait([self = shared_from_this()](boost::system::error_code ec) {
            if (!ec && self->done_) self->finish();
        });
    });
}

void LiveQueryWait::read() {
    more_ = true;
    if (std::exchange(reading_, true)) return;
    more_ = false;
    reader_->read([self = shared_from_this()](const live::ResultReader::Page& page) {
        self->post([raw = self.get(), page] { raw->on_page(page); });
    });
}

void LiveQueryWait::on_page(const live::ResultReader::Page& page) {
    reading_ = false;
    for (const auto& payload : page.payloads) {
        if (auto result = live::parse_payload(payload)) {
            results_.insert_or_assign(result->host, std::move(*result));
        }
    }
    if (results_.size() >= hosts_) return finish();
    if (more_ || page.restarted || !page.payloads.empty()) read();
}

void LiveQueryWait::finish() {
    deadline_.cancel();
    const auto done = std::exchange(done_, nullptr);
    done(std::move(results_));
    // The reader goes with the campaign, so that it counts as listened to until its end.
    const bool taken = deps_.workers.submit([self = shared_from_this()] {
        try {
            self->deps_.live_queries.finish(self->id_);
        } catch (const std::exception& error) {
            log::error(
                "live query left to the clean-up",
                {{"campaign_id", raw(self->id_)}, {"error", error.what()}}
            );
        }
    });
    if (!taken) log::warn("live query left to the clean-up", {{"campaign_id", raw(id_)}});
}

}  // namespace fleet::api::rest
