#include "http/tls.hpp"

#include <openssl/err.h>

#include <array>
#include <new>
#include <stdexcept>
#include <string_view>

namespace fleet::http {
namespace {

constexpr const char* kCiphers12 =
    "ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256:"
    "ECDHE-ECDSA-AES256-GCM-SHA384:ECDHE-RSA-AES256-GCM-SHA384:"
    "ECDHE-ECDSA-CHACHA20-POLY1305:ECDHE-RSA-CHACHA20-POLY1305";
constexpr const char* kCiphers13 =
    "TLS_AES_128_GCM_SHA256:TLS_AES_256_GCM_SHA384:TLS_CHACHA20_POLY1305_SHA256";
constexpr const char* kGroups = "X25519:P-256:P-384";

[[noreturn]] void refuse(const std::string& what) {
    std::array<char, 256> reason{};
    ERR_error_string_n(ERR_get_error(), reason.data(), reason.size());
    throw std::runtime_error{what + ": " + reason.data()};
}

/// Browsers and fleetctl offer a list of protocols; HTTP/1.1 is ours. osqueryd offers none.
int choose_protocol(SSL*, const unsigned char** out, unsigned char* out_size, const unsigned char* offered, unsigned int offered_size, void*) {
    static constexpr std::array<unsigned char, 9> kHttp11{
        8, 'h', 't', 't', 'p', '/', '1', '.', '1'};
    unsigned char* chosen = nullptr;
    const int rc = SSL_select_next_proto(
        &chosen, out_size, kHttp11.data(), kHttp11.size(), offered, offered_size
    );
    if (rc != OPENSSL_NPN_NEGOTIATED) return SSL_TLSEXT_ERR_NOACK;
    *out = chosen;
    return SSL_TLSEXT_ERR_OK;
}

}  // namespace

TlsContext::TlsContext(Settings settings)
    : settings_{std::move(settings)}, context_{load(settings_)} {}

TlsContext::ContextPtr TlsContext::load(const Settings& settings) {
    ERR_clear_error();
    ContextPtr context{SSL_CTX_new(TLS_server_method())};
    if (!context) refuse("cannot set up TLS");
    auto* ctx = context.get();

    SSL_CTX_set_min_proto_version(ctx, settings.modern ? TLS1_3_VERSION : TLS1_2_VERSION);
    SSL_CTX_set_options(
        ctx,
        SSL_OP_NO_TICKET | SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION |
            SSL_OP_CIPHER_SERVER_PREFERENCE | SSL_OP_IGNORE_UNEXPECTED_EOF
    );
    SSL_CTX_set_session_cache_mode(ctx, SSL_SESS_CACHE_OFF);
    SSL_CTX_set_num_tickets(ctx, 0);
    // Without NO_AUTO_CHAIN each handshake would search a chain for a certificate that has none.
    SSL_CTX_set_mode(
        ctx,
        SSL_MODE_RELEASE_BUFFERS | SSL_MODE_ENABLE_PARTIAL_WRITE |
            SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER | SSL_MODE_NO_AUTO_CHAIN
    );
    SSL_CTX_set_read_ahead(ctx, 1);
    SSL_CTX_set_alpn_select_cb(ctx, choose_protocol, nullptr);
    if (SSL_CTX_set_cipher_list(ctx, kCiphers12) != 1 ||
        SSL_CTX_set_ciphersuites(ctx, kCiphers13) != 1 ||
        SSL_CTX_set1_groups_list(ctx, kGroups) != 1) {
        refuse("cannot set up TLS ciphers");
    }

    if (SSL_CTX_use_certificate_chain_file(ctx, settings.cert_file.c_str()) != 1) {
        refuse("cannot use the TLS certificate \"" + settings.cert_file + "\" (server.cert)");
    }
    if (SSL_CTX_use_PrivateKey_file(ctx, settings.key_file.c_str(), SSL_FILETYPE_PEM) != 1) {
        refuse("cannot use the TLS key \"" + settings.key_file + "\" (server.key)");
    }
    if (SSL_CTX_check_private_key(ctx) != 1) {
        refuse("the TLS key does not belong to the certificate");
    }
    return context;
}

void TlsContext::reload() {
    auto fresh = load(settings_);
    const std::lock_guard lock{mutex_};
    context_ = std::move(fresh);
}

SslPtr TlsContext::make() const {
    const std::lock_guard lock{mutex_};
    SslPtr ssl{SSL_new(context_.get())};
    if (!ssl) throw std::bad_alloc{};
    return ssl;
}

}  // namespace fleet::http
