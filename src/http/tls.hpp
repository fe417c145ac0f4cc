#pragma once

#include <memory>
#include <mutex>
#include <string>

#include "http/channel.hpp"

namespace fleet::http {

/// The listener's TLS settings and certificate. Made for clients that connect anew for every
/// request (agent-api A.2): no session tickets, no session cache, nothing computed per connection
/// that could be computed once.
class TlsContext {
public:
    struct Settings {
        std::string cert_file{};
        std::string key_file{};
        bool modern = false;  // TLS 1.3 only
    };

    /// Throws std::runtime_error, naming the file, when certificate or key cannot be used.
    explicit TlsContext(Settings settings);

    /// Reads the files again; connections made from now on use them. Throws like the constructor
    /// and then keeps the old certificate.
    void reload();
    /// State of a new connection.
    SslPtr make() const;

private:
    struct FreeContext {
        void operator()(SSL_CTX* context) const noexcept { SSL_CTX_free(context); }
    };
    using ContextPtr = std::unique_ptr<SSL_CTX, FreeContext>;

    static ContextPtr load(const Settings& settings);

    const Settings settings_;
    mutable std::mutex mutex_;
    ContextPtr context_;
};

}  // namespace fleet::http
