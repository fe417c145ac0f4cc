#include "support/tls_stream.hpp"

#include <openssl/err.h>
#include <openssl/ssl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <csignal>

namespace fleet::test {

namespace {

using Clock = std::chrono::steady_clock;

struct ContextFree {
    void operator()(SSL_CTX* context) const { SSL_CTX_free(context); }
};
struct SslFree {
    void operator()(SSL* ssl) const { SSL_free(ssl); }
};

std::string last_error(const char* doing) {
    const auto code = ERR_get_error();
    std::array<char, 256> text{};
    ERR_error_string_n(code, text.data(), text.size());
    ERR_clear_error();
    return std::string{doing} + ": " + (code == 0 ? "connection lost" : text.data());
}

}  // namespace

struct TlsStream::Impl {
    std::unique_ptr<SSL_CTX, ContextFree> context;
    std::unique_ptr<SSL, SslFree> ssl;
    int fd = -1;
    std::chrono::milliseconds timeout;

    /// Waits for what OpenSSL wants; false when the operation cannot go on.
    [[nodiscard]] bool wait(int result, Clock::time_point deadline, const char* doing) const {
        const auto left =
            std::chrono::duration_cast<std::chrono::milliseconds>(deadline - Clock::now());
        switch (SSL_get_error(ssl.get(), result)) {
            case SSL_ERROR_WANT_READ:
                if (wait_readable(fd, left)) return true;
                break;
            case SSL_ERROR_WANT_WRITE:
                if (wait_writable(fd, left)) return true;
                break;
            default:
                return false;
        }
        throw NetworkError(std::string{doing} + ": timed out");
    }
};

TlsStream::TlsStream(const Endpoint& endpoint, const TlsOptions& options)
    : impl_{std::make_unique<Impl>()} {
    static const auto ignored = std::signal(SIGPIPE, SIG_IGN);
    static_cast<void>(ignored);
    impl_->timeout = options.timeout;
    impl_->context.reset(SSL_CTX_new(TLS_client_method()));
    SSL_CTX* context = impl_->context.get();
    if (options.min_version != 0) SSL_CTX_set_min_proto_version(context, options.min_version);
    if (options.max_version != 0) SSL_CTX_set_max_proto_version(context, options.max_version);
    if (!endpoint.ca_file.empty()) {
        if (SSL_CTX_load_verify_locations(context, endpoint.ca_file.c_str(), nullptr) != 1) {
            throw NetworkError("cannot read " + endpoint.ca_file);
        }
        SSL_CTX_set_verify(context, SSL_VERIFY_PEER, nullptr);
    }
    impl_->fd = connect_tcp(endpoint.host, endpoint.port, options.timeout);
    impl_->ssl.reset(SSL_new(context));
    SSL_set_fd(impl_->ssl.get(), impl_->fd);
    std::string name = "localhost";
    // What the macro SSL_set_tlsext_host_name does, without its old-style cast.
    SSL_ctrl(
        impl_->ssl.get(), SSL_CTRL_SET_TLSEXT_HOSTNAME, TLSEXT_NAMETYPE_host_name, name.data()
    );
    SSL_set1_host(impl_->ssl.get(), "localhost");

    const auto deadline = Clock::now() + options.timeout;
    for (int result = 0; (result = SSL_connect(impl_->ssl.get())) != 1;) {
        bool again = false;
        try {
            again = impl_->wait(result, deadline, "TLS handshake");
        } catch (const NetworkError&) {
            drop();
            throw;
        }
        if (!again) {
            const auto text = last_error("TLS handshake");
            drop();
            throw NetworkError(text);
        }
    }
}

TlsStream::~TlsStream() {
    drop();
}

void TlsStream::write(std::string_view bytes) {
    const auto deadline = Clock::now() + impl_->timeout;
    while (!bytes.empty()) {
        std::size_t written = 0;
        const int result = SSL_write_ex(
            impl_->ssl.get(), bytes.data(), std::min(bytes.size(), std::size_t{65536}), &written
        );
        if (result == 1) {
            bytes.remove_prefix(written);
        } else if (!impl_->wait(result, deadline, "write")) {
            throw NetworkError(last_error("write"));
        }
    }
}

std::string TlsStream::read_some() {
    return read_some(impl_->timeout);
}

std::string TlsStream::read_some(std::chrono::milliseconds limit) {
    const auto deadline = Clock::now() + limit;
    std::string buffer(std::size_t{16} * 1024, '\0');
    for (;;) {
        std::size_t size = 0;
        const int result = SSL_read_ex(impl_->ssl.get(), buffer.data(), buffer.size(), &size);
        if (result == 1) {
            buffer.resize(size);
            return buffer;
        }
        const int error = SSL_get_error(impl_->ssl.get(), result);
        if (error == SSL_ERROR_ZERO_RETURN) return "";
        if (error == SSL_ERROR_SSL &&
            ERR_GET_REASON(ERR_peek_error()) == SSL_R_UNEXPECTED_EOF_WHILE_READING) {
            ERR_clear_error();
            return "";
        }
        if (!impl_->wait(result, deadline, "read")) throw NetworkError(last_error("read"));
    }
}

bool TlsStream::readable(std::chrono::milliseconds limit) {
    return SSL_pending(impl_->ssl.get()) > 0 || wait_readable(impl_->fd, limit);
}

void TlsStream::close_notify() {
    SSL_shutdown(impl_->ssl.get());
}

void TlsStream::drop(Drop how) {
    if (impl_->fd < 0) return;
    if (how == Drop::hard) {
        const linger now{.l_onoff = 1, .l_linger = 0};
        ::setsockopt(impl_->fd, SOL_SOCKET, SO_LINGER, &now, sizeof now);
    }
    ::close(impl_->fd);
    impl_->fd = -1;
}

int TlsStream::socket() const {
    return impl_->fd;
}

std::string TlsStream::protocol() const {
    return SSL_get_version(impl_->ssl.get());
}

}  // namespace fleet::test
