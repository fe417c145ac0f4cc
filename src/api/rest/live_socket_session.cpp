#include "live_socket_session.hpp"

#include <boost/asio/post.hpp>

#include "live_socket_post.hpp"

namespace fleet::api::rest {
namespace {

using boost::system::error_code;

/// Both messages must have come by then; an open socket of nobody costs memory.
constexpr std::chrono::seconds kHandshake{60};
/// A replica of the database may not know a campaign yet (rest-api-b 3.3).
constexpr std::chrono::milliseconds kLookAgain{30};
constexpr std::chrono::seconds kGiveUp{5};

}  // namespace

LiveSession::LiveSession(std::shared_ptr<LiveHub> hub, std::shared_ptr<http::WebSocket> socket)
    : hub_{std::move(hub)},
      socket_{std::move(socket)},
      strand_{boost::asio::make_strand(hub_->deps().loop)},
      timer_{strand_},
      changes_timer_{strand_},
      retry_timer_{strand_} {}

void LiveSession::start() {
    const auto self = shared_from_this();
    timer_.expires_after(kHandshake);
    timer_.async_wait([self](error_code ec) {
        if (!ec && self->state_ != State::closed && self->state_ != State::streaming) {
            self->socket_->close();
        }
    });
    socket_->start(
        {.on_message =
             [self](std::string text) {
                 self->post([self, text = std::move(text)]() mutable {
                     self->on_message(std::move(text));
                 });
             },
         .on_drained = [self] { self->post([self] { self->pump(); }); },
         .on_close = [self] { self->post([self] { self->leave(); }); }}
    );
}

// Two messages are read, both of which may come before the first is answered; after them only the
// wish to stop.
void LiveSession::on_message(std::string text) {
    if (state_ == State::closed) return;
    if (++received_ > 2) {
        if (!is_stop(text)) return;
        stop_ = true;
        socket_->close();
        return leave();  // not when the peer has said goodbye, which it may never do
    }
    inbox_.push_back(std::move(text));
    next_message();
}

void LiveSession::next_message() {
    if (busy_ || inbox_.empty()) return;
    busy_ = true;
    const auto text = std::move(inbox_.front());
    inbox_.pop_front();
    if (state_ == State::signing_in) {
        sign_in(text);
    } else if (state_ == State::choosing) {
        choose(text);
    }
}

void LiveSession::sign_in(const std::string& text) {
    AuthMessage message;
    if (!parse_auth(text, message)) return socket_->close();
    const auto self = shared_from_this();
    hub_->on_worker(
        [self, token = std::move(message.token)] {
            auto viewer = self->hub_->deps().authenticator.authenticate(token);
            self->post([self, viewer = std::move(viewer)]() mutable {
                self->signed_in(std::move(viewer));
            });
        },
        [self](const char*) { self->post([self] { self->refuse("unauthorized"); }); }
    );
}

void LiveSession::signed_in(Result<Viewer> viewer) {
    if (state_ != State::signing_in) return;
    // An account that is limited to a list of endpoints has no socket on it.
    if (!viewer || viewer->force_password_reset || viewer->endpoints) {
        return refuse("unauthorized");
    }
    viewer_ = std::move(*viewer);
    state_ = State::choosing;
    busy_ = false;
    next_message();
}

void LiveSession::choose(const std::string& text) {
    const auto choice = parse_select(text);
    if (!choice) return refuse(choice.error().fields.front().reason);
    choice_ = *choice;
    state_ = State::attaching;
    give_up_at_ = std::chrono::steady_clock::now() + kGiveUp;
    find_campaign();
}

void LiveSession::find_campaign() {
    const auto self = shared_from_this();
    hub_->on_worker(
        [self] {
            auto& service = self->hub_->deps().live_queries;
            auto view =
                service.view(self->viewer_, static_cast<CampaignId>(self->choice_.campaign_id));
            std::vector<store::HostName> names;
            if (view && self->choice_.detail) names = service.host_names(view->targets);
            self->post([self, view = std::move(view), names = std::move(names)]() mutable {
                self->found(std::move(view), std::move(names));
            });
        },
        [self](const char*) {
            self->post([self] {
                self->refuse(
                    "cannot find campaign for ID " + std::to_string(self->choice_.campaign_id)
                );
            });
        }
    );
}

void LiveSession::found(Result<service::CampaignView> view, std::vector<store::HostName> names) {
    if (state_ != State::attaching) return;
    if (view) return attach(std::move(*view), std::move(names));
    const auto& error = view.error();
    if (error.kind == ErrorKind::forbidden) return refuse("forbidden");
    if (error.kind != ErrorKind::not_found) {
        return refuse("error getting campaign reader: " + error.message);
    }
    if (std::chrono::steady_clock::now() >= give_up_at_) {
        return refuse(
            "timeout: cannot find campaign for ID " + std::to_string(choice_.campaign_id)
        );
    }
    timer_.expires_after(kLookAgain);
    timer_.async_wait([self = shared_from_this()](error_code ec) {
        if (!ec && self->state_ == State::attaching) self->find_campaign();
    });
}

void LiveSession::attach(service::CampaignView view, std::vector<store::HostName> names) {
    targets_ = std::move(view.targets);
    over_ = view.finished;
    if (choice_.detail) {
        hosts_.emplace(std::move(names), now_text());
        targets_ = hosts_->ids();
    }
    hub_->join(view.id);
    const std::weak_ptr<LiveSession> weak = weak_from_this();
    const auto tell = [weak](auto what) {
        if (const auto self = weak.lock()) self->post([self, what] { what(*self); });
    };
    reader_ = std::make_shared<live::ResultReader>(
        hub_->deps().redis,
        view.id,
        live::ResultReader::Callbacks{
            .on_more =
                [tell] {
                    tell([](LiveSession& self) {
                        self.more_ = true;
                        self.pump();
                    });
                },
            .on_ready = [tell] { tell([](LiveSession& self) { self.subscribed(); }); },
            .on_connection = [tell](bool up
                             ) { tell([up](LiveSession& self) { self.on_connection(up); }); },
        }
    );
    timer_.expires_after(kGiveUp);
    timer_.async_wait([self = shared_from_this()](error_code ec) {
        if (!ec && self->state_ == State::attaching) {
            self->refuse("error getting campaign reader: the store does not answer");
        }
    });
}

void LiveSession::subscribed() {
    if (state_ == State::attaching) begin_stream();
}

void LiveSession::refuse(const std::string& text) {
    if (state_ == State::closed) return;
    socket_->send(error_message(text));
    socket_->close();
}

void LiveSession::leave() {
    if (std::exchange(state_, State::closed) == State::closed) return;
    timer_.cancel();
    changes_timer_.cancel();
    retry_timer_.cancel();
    if (reader_) {
        const auto how = over_                      ? LiveHub::Leaving::already_over
                         : choice_.detail && !stop_ ? LiveHub::Leaving::with_grace
                                                    : LiveHub::Leaving::at_once;
        hub_->leave(static_cast<CampaignId>(choice_.campaign_id), how, std::move(reader_));
        reader_.reset();
    }
    held_.clear();
    socket_.reset();
}

}  // namespace fleet::api::rest
