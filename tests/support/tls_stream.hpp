#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <string_view>

#include "support/net.hpp"

namespace fleet::test {

struct TlsOptions {
    int max_version = 0;  // an OpenSSL constant such as TLS1_2_VERSION; 0 = newest
    int min_version = 0;
    std::chrono::milliseconds timeout = std::chrono::seconds{30};
};

/// A blocking TLS connection that verifies the server, with access to its bytes and its socket, so
/// that tests can also misbehave. Everything throws NetworkError.
class TlsStream {
public:
    explicit TlsStream(const Endpoint& endpoint, const TlsOptions& options = {});
    ~TlsStream();
    TlsStream(const TlsStream&) = delete;
    TlsStream& operator=(const TlsStream&) = delete;

    void write(std::string_view bytes);

    /// What arrives next, at least one byte; "" when the peer closed.
    std::string read_some();
    std::string read_some(std::chrono::milliseconds limit);

    /// Whether something (or the end) can be read within the time.
    bool readable(std::chrono::milliseconds limit);

    /// Ends our direction properly (close_notify).
    void close_notify();
    /// Drops the socket without a word; with RST when `hard`.
    enum class Drop { soft, hard };
    void drop(Drop how = Drop::soft);

    [[nodiscard]] int socket() const;
    [[nodiscard]] std::string protocol() const;

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace fleet::test
