#pragma once

#include <openssl/ssl.h>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>

namespace fleet::http {

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
/// and data is copied once less. Nothing here waits; the owner does when told to.
///
/// An owner that is told by edge-triggered epoll what the socket has to offer passes that on by
/// note(). A read that cannot give anything then costs no system call.
class Channel {
public:
    /// Takes over the socket. `ssl` is null for plain HTTP.
    Channel(int socket, SslPtr ssl);
    Channel(Channel&& other) noexcept;
    Channel& operator=(Channel&&) = delete;
    ~Channel();

    /// Events of epoll_wait.
    void note(std::uint32_t events);
    /// From now on nobody calls note(): always ask the socket.
    void stop_noting();

    Io handshake();
    Io read(std::span<char> into, std::size_t& count);
    Io write(std::string_view bytes, std::size_t& count);
    /// False when a read is known to give nothing.
    bool may_read() const;
    /// Tells the peer that nothing follows, as far as the socket takes it at once.
    void send_eof();
    /// Reads and drops raw bytes; used to let the peer read our last answer before the close.
    Io discard(std::size_t& count);
    /// Idempotent.
    void close();

    bool secure() const { return ssl_ != nullptr; }
    /// -1 when closed.
    int socket() const { return wire_.socket; }

    /// The socket and what is known of it.
    struct Wire {
        int socket = -1;
        bool noting = true;
        bool readable = false;
        bool ended = false;  // the peer is done or gone: a short read no longer means "empty"

        /// As recv() and send() do, errno included.
        std::ptrdiff_t receive(char* into, std::size_t size);
        std::ptrdiff_t send(const char* from, std::size_t size) const;
    };

private:
    Io ssl_outcome(int rc);
    Io receive_outcome(std::ptrdiff_t received, std::size_t& count) const;

    Wire wire_;
    SslPtr ssl_;
    bool ssl_usable_ = true;
};

}  // namespace fleet::http
