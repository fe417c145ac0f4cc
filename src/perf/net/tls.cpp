#include "perf/net/tls.hpp"

#include <arpa/inet.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

#include <stdexcept>

namespace fleet::perf {
namespace {

constexpr std::chrono::seconds kTrustLeaf{60};

bool is_address(const std::string& host) {
    in6_addr scratch{};
    return inet_pton(AF_INET, host.c_str(), &scratch) == 1 ||
           inet_pton(AF_INET6, host.c_str(), &scratch) == 1;
}

}  // namespace

std::string tls_error() {
    std::array<char, 256> text{};
    const auto code = ERR_get_error();
    ERR_clear_error();
    if (code == 0) return "connection closed";
    ERR_error_string_n(code, text.data(), text.size());
    return text.data();
}

void TlsClient::Closer::operator()(SSL_CTX* context) const {
    SSL_CTX_free(context);
}

void TlsClient::Closer::operator()(SSL* session) const {
    SSL_free(session);
}

TlsClient::TlsClient(std::string host, const std::string& ca_file, bool insecure, Buffers buffers)
    : context_{SSL_CTX_new(TLS_client_method())},
      host_{std::move(host)},
      host_is_address_{is_address(host_)} {
    auto* context = context_.get();
    if (context == nullptr) throw std::runtime_error("cannot set up TLS: " + tls_error());
    SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION);
    // osqueryd does not resume sessions, so none are kept.
    SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF);
    SSL_CTX_set_mode(context, SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
    if (buffers == Buffers::released) SSL_CTX_set_mode(context, SSL_MODE_RELEASE_BUFFERS);
    SSL_CTX_set_read_ahead(context, 1);  // a header and its record in one read()
    SSL_CTX_set1_groups_list(context, "X25519:P-256");
    if (insecure) {
        SSL_CTX_set_verify(context, SSL_VERIFY_NONE, nullptr);
        return;
    }
    if (SSL_CTX_load_verify_locations(context, ca_file.c_str(), nullptr) != 1) {
        throw std::runtime_error("cannot read certificates from " + ca_file + ": " + tls_error());
    }
    SSL_CTX_set_verify(context, SSL_VERIFY_PEER, nullptr);
    SSL_CTX_set_cert_verify_callback(context, verify, this);
}

TlsClient::Session TlsClient::open(int fd) const {
    Session session{SSL_new(context_.get())};
    if (!session) throw std::runtime_error("cannot make a TLS session: " + tls_error());
    SSL_set_fd(session.get(), fd);
    if (host_is_address_) {
        X509_VERIFY_PARAM_set1_ip_asc(SSL_get0_param(session.get()), host_.c_str());
    } else {
        // SSL_set_tlsext_host_name, whose macro casts in the old style.
        SSL_ctrl(
            session.get(),
            SSL_CTRL_SET_TLSEXT_HOSTNAME,
            TLSEXT_NAMETYPE_host_name,
            const_cast<char*>(host_.c_str())
        );
        SSL_set1_host(session.get(), host_.c_str());
    }
    SSL_set_connect_state(session.get());
    return session;
}

int TlsClient::verify(X509_STORE_CTX* store, void* self) {
    auto& client = *static_cast<TlsClient*>(self);
    Digest digest{};
    unsigned int length = digest.size();
    const auto* leaf = X509_STORE_CTX_get0_cert(store);
    const bool known =
        leaf != nullptr && X509_digest(leaf, EVP_sha256(), digest.data(), &length) == 1;
    const auto now = Clock::now();
    if (known && now < client.trusted_until_ && digest == client.trusted_leaf_) {
        X509_STORE_CTX_set_error(store, X509_V_OK);
        return 1;
    }
    const int result = X509_verify_cert(store);
    if (result == 1 && known) {
        client.trusted_leaf_ = digest;
        client.trusted_until_ = now + kTrustLeaf;
    }
    return result;
}

}  // namespace fleet::perf
