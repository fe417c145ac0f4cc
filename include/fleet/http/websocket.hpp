#pragma once

#include <cstddef>
#include <functional>
#include <string>

namespace fleet::http {

/// One upgraded connection, plain or SockJS: messages are the JSON texts, framing is hidden.
/// All functions are thread-safe. Callbacks run on the event loop, never concurrently for one
/// socket, and not after `on_close` was called.
class WebSocket {
public:
    virtual ~WebSocket() = default;

    struct Callbacks {
        /// A text message of the peer (at most 64 KiB).
        std::function<void(std::string)> on_message{};
        /// The outgoing queue has become empty: the moment to send more.
        std::function<void()> on_drained{};
        /// The peer went away, a deadline passed or close() completed. Last call.
        std::function<void()> on_close{};
    };
    virtual void start(Callbacks callbacks) = 0;

    /// Queues a text message. Refused (false) when closed. The caller bounds what it queues by
    /// watching queued_bytes() and on_drained.
    virtual bool send(std::string text) = 0;
    virtual std::size_t queued_bytes() const = 0;
    /// Sends what is queued, then the close frame.
    virtual void close() = 0;
    virtual bool is_open() const = 0;
};

}  // namespace fleet::http
