#include "http/channel.hpp"

#include <openssl/bio.h>
#include <openssl/err.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <new>
#include <utility>

namespace fleet::http {
namespace {

bool would_block(int error) {
    return error == EAGAIN || error == EWOULDBLOCK;
}

Channel::Wire& wire_of(BIO* bio) {
    return *static_cast<Channel::Wire*>(BIO_get_data(bio));
}

// OpenSSL's own socket BIO writes without MSG_NOSIGNAL, so a peer that left would raise SIGPIPE;
// and it asks the socket even when epoll has said that there is nothing.
int bio_write(BIO* bio, const char* data, int size) {
    BIO_clear_retry_flags(bio);
    const auto n = wire_of(bio).send(data, static_cast<std::size_t>(size));
    if (n < 0 && would_block(errno)) BIO_set_retry_write(bio);
    return static_cast<int>(n);
}

int bio_read(BIO* bio, char* data, int size) {
    BIO_clear_retry_flags(bio);
    const auto n = wire_of(bio).receive(data, static_cast<std::size_t>(size));
    if (n < 0 && would_block(errno)) BIO_set_retry_read(bio);
    if (n == 0) BIO_set_flags(bio, BIO_FLAGS_IN_EOF);
    return static_cast<int>(n);
}

long bio_ctrl(BIO* bio, int command, long, void*) {
    switch (command) {
        case BIO_CTRL_FLUSH:
            return 1;
        case BIO_CTRL_EOF:
            return BIO_test_flags(bio, BIO_FLAGS_IN_EOF) != 0 ? 1 : 0;
        default:
            return 0;
    }
}

int bio_create(BIO* bio) {
    BIO_set_init(bio, 1);
    return 1;
}

const BIO_METHOD* socket_bio() {
    static BIO_METHOD* const method = [] {
        BIO_METHOD* made = BIO_meth_new(BIO_get_new_index() | BIO_TYPE_SOURCE_SINK, "fleet socket");
        if (made == nullptr) throw std::bad_alloc{};
        BIO_meth_set_write(made, bio_write);
        BIO_meth_set_read(made, bio_read);
        BIO_meth_set_ctrl(made, bio_ctrl);
        BIO_meth_set_create(made, bio_create);
        return made;
    }();
    return method;
}

}  // namespace

std::ptrdiff_t Channel::Wire::receive(char* into, std::size_t size) {
    if (noting && !readable) {
        errno = EAGAIN;
        return -1;
    }
    std::ptrdiff_t n = 0;
    do {
        n = ::recv(socket, into, size, 0);
    } while (n < 0 && errno == EINTR);
    // More than was there has been asked for, so the next bytes come with an event of their own.
    const bool emptied = n < 0 ? would_block(errno) : static_cast<std::size_t>(n) < size;
    if (emptied && !ended) readable = false;
    return n;
}

std::ptrdiff_t Channel::Wire::send(const char* from, std::size_t size) const {
    std::ptrdiff_t n = 0;
    do {
        n = ::send(socket, from, size, MSG_NOSIGNAL);
    } while (n < 0 && errno == EINTR);
    return n;
}

Channel::Channel(int socket, SslPtr ssl) : wire_{.socket = socket}, ssl_{std::move(ssl)} {
    if (!ssl_) return;
    BIO* bio = BIO_new(socket_bio());
    if (bio == nullptr) throw std::bad_alloc{};
    BIO_set_data(bio, &wire_);
    SSL_set_bio(ssl_.get(), bio, bio);
    SSL_set_accept_state(ssl_.get());
}

Channel::Channel(Channel&& other) noexcept
    : wire_{std::exchange(other.wire_, {})},
      ssl_{std::move(other.ssl_)},
      ssl_usable_{other.ssl_usable_} {
    if (ssl_) BIO_set_data(SSL_get_rbio(ssl_.get()), &wire_);
}

Channel::~Channel() {
    close();
}

void Channel::note(std::uint32_t events) {
    if ((events & (EPOLLIN | EPOLLRDHUP | EPOLLHUP | EPOLLERR)) != 0) wire_.readable = true;
    if ((events & (EPOLLRDHUP | EPOLLHUP | EPOLLERR)) != 0) wire_.ended = true;
}

void Channel::stop_noting() {
    wire_.noting = false;
}

bool Channel::may_read() const {
    return !wire_.noting || wire_.readable || (ssl_ && SSL_has_pending(ssl_.get()) == 1);
}

Io Channel::ssl_outcome(int rc) {
    switch (SSL_get_error(ssl_.get(), rc)) {
        case SSL_ERROR_WANT_READ:
            return Io::want_read;
        case SSL_ERROR_WANT_WRITE:
            return Io::want_write;
        case SSL_ERROR_ZERO_RETURN:
            return Io::closed;
        default:
            break;
    }
    ssl_usable_ = false;  // after a fatal error not even a closing alert may be sent
    return Io::failed;
}

Io Channel::handshake() {
    if (!ssl_) return Io::done;
    ERR_clear_error();
    const int rc = SSL_do_handshake(ssl_.get());
    return rc == 1 ? Io::done : ssl_outcome(rc);
}

Io Channel::read(std::span<char> into, std::size_t& count) {
    count = 0;
    if (ssl_) {
        ERR_clear_error();
        const int rc = SSL_read_ex(ssl_.get(), into.data(), into.size(), &count);
        return rc == 1 ? Io::done : ssl_outcome(rc);
    }
    return receive_outcome(wire_.receive(into.data(), into.size()), count);
}

Io Channel::receive_outcome(std::ptrdiff_t received, std::size_t& count) const {
    if (received == 0) return Io::closed;
    if (received < 0) return would_block(errno) ? Io::want_read : Io::failed;
    count = static_cast<std::size_t>(received);
    return Io::done;
}

Io Channel::write(std::string_view bytes, std::size_t& count) {
    count = 0;
    if (bytes.empty()) return Io::done;
    if (ssl_) {
        ERR_clear_error();
        const int rc = SSL_write_ex(ssl_.get(), bytes.data(), bytes.size(), &count);
        return rc == 1 ? Io::done : ssl_outcome(rc);
    }
    const auto n = wire_.send(bytes.data(), bytes.size());
    if (n < 0) return would_block(errno) ? Io::want_write : Io::failed;
    count = static_cast<std::size_t>(n);
    return Io::done;
}

void Channel::send_eof() {
    if (ssl_ && ssl_usable_ && SSL_is_init_finished(ssl_.get()) == 1) {
        ERR_clear_error();
        SSL_shutdown(ssl_.get());
    }
    ::shutdown(wire_.socket, SHUT_WR);
}

Io Channel::discard(std::size_t& count) {
    thread_local std::array<char, 64 * 1024> sink;
    count = 0;
    return receive_outcome(wire_.receive(sink.data(), sink.size()), count);
}

void Channel::close() {
    if (wire_.socket >= 0) ::close(std::exchange(wire_.socket, -1));
}

}  // namespace fleet::http
