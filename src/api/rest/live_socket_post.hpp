#pragma once

#include <boost/asio/post.hpp>
#include <exception>
#include <utility>

#include "fleet/core/log.hpp"
#include "live_socket_session.hpp"

namespace fleet::api::rest {

template <class F>
void LiveSession::post(F function) {
    boost::asio::post(
        strand_,
        [self = shared_from_this(), function = std::move(function)]() mutable {
            // The socket goes away with on_close; what arrives later has nobody to go to.
            if (self->state_ == State::closed) return;
            try {
                function();
            } catch (const std::exception& error) {
                log::error("results socket failed", {{"error", error.what()}});
                self->refuse("panic in result handler");
            }
        }
    );
}

}  // namespace fleet::api::rest
