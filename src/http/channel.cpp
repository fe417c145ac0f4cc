#include "http/channel.hpp"

#include <openssl/bio.h>
#include <openssl/err.h>
#include <sys/socket.h>

#include <array>
#include <cerrno>
#include <new>

namespace fleet::http {
namespace {

bool would_block(int error) {
    return error == EAGAIN || error == EWOULDBLOCK || error == EINTR;
}

int fd_of(BIO* bio) {
    return static_cast<int>(reinterpret_cast<std::intptr_t>(BIO_get_data(bio)));
}

// OpenSSL's own socket BIO writes without MSG_NOSIGNAL, so a peer that left would raise SIGPIPE.
int bio_write(BIO* bio, const char* data, int size) {
    BIO_clear_retry_flags(bio);
    const auto n = ::send(fd_of(bio), data, static_cast<std::size_t>(size), MSG_NOSIGNAL);
    if (n < 0 && would_block(errno)) BIO_set_retry_write(bio);
    return static_cast<int>(n);
}

int bio_read(BIO* bio, char* data, int size) {
    BIO_clear_retry_flags(bio);
    const auto n = ::recv(fd_of(bio), data, static_cast<std::size_t>(size), 0);
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

Channel::Channel(Socket socket, SslPtr ssl) : socket_{std::move(socket)}, ssl_{std::move(ssl)} {
    if (!ssl_) return;
    BIO* bio = BIO_new(socket_bio());
    if (bio == nullptr) throw std::bad_alloc{};
    const auto fd = static_cast<std::intptr_t>(socket_.native_handle());
    BIO_set_data(bio, reinterpret_cast<void*>(fd));
    SSL_set_bio(ssl_.get(), bio, bio);
    SSL_set_accept_state(ssl_.get());
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
    const auto n = ::recv(socket_.native_handle(), into.data(), into.size(), 0);
    if (n == 0) return Io::closed;
    if (n < 0) return would_block(errno) ? Io::want_read : Io::failed;
    count = static_cast<std::size_t>(n);
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
    const auto n = ::send(socket_.native_handle(), bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (n < 0) return would_block(errno) ? Io::want_write : Io::failed;
    count = static_cast<std::size_t>(n);
    return Io::done;
}

bool Channel::has_buffered() const {
    return ssl_ && SSL_has_pending(ssl_.get()) == 1;
}

void Channel::send_eof() {
    if (ssl_ && ssl_usable_ && SSL_is_init_finished(ssl_.get()) == 1) {
        ERR_clear_error();
        SSL_shutdown(ssl_.get());
    }
    ::shutdown(socket_.native_handle(), SHUT_WR);
}

Io Channel::discard(std::size_t& count) {
    thread_local std::array<char, 64 * 1024> sink;
    count = 0;
    const auto n = ::recv(socket_.native_handle(), sink.data(), sink.size(), 0);
    if (n == 0) return Io::closed;
    if (n < 0) return would_block(errno) ? Io::want_read : Io::failed;
    count = static_cast<std::size_t>(n);
    return Io::done;
}

void Channel::close() {
    boost::system::error_code ignored;
    socket_.close(ignored);
}

}  // namespace fleet::http
