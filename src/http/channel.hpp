#pragma once

#include <openssl/ssl.h>

#include <boost/asio/basic_stream_socket.hpp>
#include <boost/asio/basic_waitable_timer.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/strand.hpp>
#include <chrono>
#include <cstddef>
#include <memory>
#include <span>
#include <string_view>

namespace fleet::http {

namespace asio = boost::asio;

using Strand = asio::strand<asio::io_context::executor_type>;
using Socket = asio::basic_stream_socket<asio::ip::tcp, Strand>;
using SteadyClock = std::chrono::steady_clock;
using Timer = asio::basic_waitable_timer<SteadyClock, asio::wait_traits<SteadyClock>, Strand>;

struct FreeSsl {
    void operator()(SSL* ssl) const noexcept { SSL_free(ssl); }
};
using SslPtr = std::unique_ptr<SSL, FreeSsl>;

/// How one attempt at input or output ended.
enum class Io {
    done,
    want_read,   // try again when the socket is readable
    want_write,  // try again when the socket is writable
    closed,      // the peer ended the stream
    failed,
};

/// A byte stream over a non-blocking socket, with TLS or without. OpenSSL works directly on the
/// socket: a connection costs a fifth of the memory that asio::ssl::stream with its buffers takes,
/// and data is copied once less. Nothing here waits; the owner waits on socket() when told to.
class Channel {
public:
    /// `ssl` is null for plain HTTP.
    Channel(Socket socket, SslPtr ssl);
    Channel(Channel&&) = default;
    Channel& operator=(Channel&&) = delete;

    Io handshake();
    Io read(std::span<char> into, std::size_t& count);
    Io write(std::string_view bytes, std::size_t& count);
    /// True when a read would give bytes that the socket no longer holds.
    bool has_buffered() const;
    /// Tells the peer that nothing follows, as far as the socket takes it at once.
    void send_eof();
    /// Reads and drops raw bytes; used to let the peer read our last answer before the close.
    Io discard(std::size_t& count);
    void close();

    bool secure() const { return ssl_ != nullptr; }
    Socket& socket() { return socket_; }
    const Socket& socket() const { return socket_; }

private:
    Io ssl_outcome(int rc);

    Socket socket_;
    SslPtr ssl_;
    bool ssl_usable_ = true;
};

}  // namespace fleet::http
