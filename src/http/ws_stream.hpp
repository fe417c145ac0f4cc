#pragma once

#include <algorithm>
#include <array>
#include <boost/asio/buffer.hpp>
#include <boost/asio/compose.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/beast/core/buffers_range.hpp>
#include <boost/beast/core/error.hpp>
#include <boost/beast/core/role.hpp>
#include <cstring>
#include <string>
#include <utility>

#include "http/channel.hpp"
#include "http/shard.hpp"

namespace fleet::http {

namespace beast = boost::beast;

/// Makes a Channel look like an Asio stream, which is what Beast's WebSocket works on.
class WsStream {
public:
    using executor_type = Strand;

    /// `unread` came in behind the upgrade request and is read first.
    WsStream(const Strand& strand, Channel channel, std::string unread)
        : channel_{std::move(channel)}, waiter_{strand}, unread_{std::move(unread)} {
        channel_.stop_noting();
        waiter_.assign(asio::ip::tcp::v4(), channel_.socket());
    }
    ~WsStream() { close(); }
    WsStream(const WsStream&) = delete;
    WsStream& operator=(const WsStream&) = delete;

    executor_type get_executor() { return waiter_.get_executor(); }
    /// Ends what waits, then the connection. Idempotent.
    void close() {
        if (!waiter_.is_open()) return;
        boost::system::error_code ignored;
        waiter_.release(ignored);
        channel_.close();
    }
    Channel& channel() { return channel_; }
    SteadyClock::time_point last_read() const { return last_read_; }
    /// When the closing of the connection began; the far future before that.
    SteadyClock::time_point teardown_since() const { return teardown_since_; }

    template <class Buffers, class Token>
    auto async_read_some(const Buffers& buffers, Token&& token) {
        return asio::async_compose<Token, void(beast::error_code, std::size_t)>(
            Op<Buffers, &WsStream::read_some<Buffers>>{*this, buffers}, token, waiter_
        );
    }

    template <class Buffers, class Token>
    auto async_write_some(const Buffers& buffers, Token&& token) {
        return asio::async_compose<Token, void(beast::error_code, std::size_t)>(
            Op<Buffers, &WsStream::write_some<Buffers>>{*this, buffers}, token, waiter_
        );
    }

    friend void teardown(beast::role_type, WsStream& stream, beast::error_code& error) {
        stream.channel_.send_eof();
        error = {};
    }
    template <class Handler>
    friend void async_teardown(beast::role_type, WsStream& stream, Handler&& handler) {
        stream.channel_.send_eof();
        stream.teardown_since_ = SteadyClock::now();
        asio::async_compose<Handler, void(beast::error_code)>(
            Teardown{stream}, handler, stream.waiter_
        );
    }
    friend void beast_close_socket(WsStream& stream) { stream.close(); }

private:
    using Socket = asio::basic_stream_socket<asio::ip::tcp, Strand>;

    template <class Buffers>
    Io read_some(const Buffers& buffers, std::size_t& count) {
        for (const asio::mutable_buffer buffer : beast::buffers_range_ref(buffers)) {
            if (buffer.size() == 0) continue;
            if (!unread_.empty()) {
                count = std::min(buffer.size(), unread_.size());
                std::memcpy(buffer.data(), unread_.data(), count);
                unread_.erase(0, count);
                return Io::done;
            }
            const auto outcome =
                channel_.read({static_cast<char*>(buffer.data()), buffer.size()}, count);
            if (outcome == Io::done) last_read_ = SteadyClock::now();
            return outcome;
        }
        return Io::done;
    }

    /// Frame header and text leave in one TLS record.
    template <class Buffers>
    Io write_some(const Buffers& buffers, std::size_t& count) {
        thread_local std::array<char, 16 * 1024> record;
        const auto size = asio::buffer_copy(asio::buffer(record), buffers);
        return channel_.write({record.data(), size}, count);
    }

    /// One read or write: tried, waited for, tried again.
    template <class Buffers, Io (WsStream::*attempt)(const Buffers&, std::size_t&)>
    struct Op {
        WsStream& stream;
        Buffers buffers;
        bool started = false;
        bool finished = false;
        beast::error_code result{};
        std::size_t count = 0;

        template <class Self>
        void operator()(Self& self, beast::error_code error = {}) {
            if (finished) return self.complete(result, count);
            if (error) return self.complete(error, 0);
            const auto outcome = (stream.*attempt)(buffers, count);
            if (outcome == Io::want_read || outcome == Io::want_write) {
                started = true;
                const auto kind = outcome == Io::want_read ? Socket::wait_read : Socket::wait_write;
                stream.waiter_.async_wait(kind, std::move(self));
                return;
            }
            if (outcome == Io::closed) result = asio::error::eof;
            if (outcome == Io::failed) result = asio::error::connection_reset;
            if (started) return self.complete(result, count);
            // The handler must not run before the initiating function has returned.
            finished = true;
            asio::post(stream.get_executor(), std::move(self));
        }
    };

    /// Reads on until the peer closes too: unread bytes would turn our close into a reset, and
    /// the peer might never see our last frame.
    struct Teardown {
        static constexpr int kPiecesAtOnce = 16;
        WsStream& stream;
        bool started = false;

        template <class Self>
        void operator()(Self& self, beast::error_code error = {}) {
            std::size_t count = 0;
            auto outcome = error ? Io::failed : Io::done;
            for (int i = 0; i < kPiecesAtOnce && outcome == Io::done; ++i) {
                outcome = stream.channel_.discard(count);
            }
            if (outcome == Io::done) {
                started = true;
                return asio::post(stream.get_executor(), std::move(self));
            }
            if (outcome == Io::want_read) {
                started = true;
                stream.waiter_.async_wait(Socket::wait_read, std::move(self));
            } else if (started) {
                self.complete({});
            } else {
                started = true;
                asio::post(stream.get_executor(), std::move(self));
            }
        }
    };

    Channel channel_;
    Socket waiter_;  // the channel's socket, which stays the channel's to close
    std::string unread_;
    SteadyClock::time_point last_read_ = SteadyClock::now();
    SteadyClock::time_point teardown_since_ = SteadyClock::time_point::max();
};

}  // namespace fleet::http
