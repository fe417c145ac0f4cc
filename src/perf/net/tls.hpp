#pragma once

#include <openssl/types.h>

#include <array>
#include <chrono>
#include <cstdint>
#include <memory>
#include <string>

namespace fleet::perf {

/// Makes client TLS sessions that check the server's certificate against a CA file and its name.
/// A leaf that has just been verified is recognised by its digest for a while, so that thousands
/// of connections a second do not walk the same chain again; its signature over the handshake is
/// checked every time. One per thread.
class TlsClient {
public:
    /// What happens to the buffers of a session between its requests.
    enum class Buffers : std::uint8_t { released, kept };

    TlsClient(std::string host, const std::string& ca_file, bool insecure, Buffers buffers);

    struct Closer {
        void operator()(SSL_CTX* context) const;
        void operator()(SSL* session) const;
    };
    using Session = std::unique_ptr<SSL, Closer>;

    /// A session on a connected (or connecting) socket.
    Session open(int fd) const;

private:
    using Clock = std::chrono::steady_clock;
    using Digest = std::array<unsigned char, 32>;

    static int verify(X509_STORE_CTX* store, void* self);

    std::unique_ptr<SSL_CTX, Closer> context_;
    std::string host_;
    bool host_is_address_{false};
    Digest trusted_leaf_{};
    Clock::time_point trusted_until_{};
};

/// The oldest error in OpenSSL's queue as text; clears the queue.
std::string tls_error();

}  // namespace fleet::perf
