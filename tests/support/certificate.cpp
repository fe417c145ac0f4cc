#include "support/certificate.hpp"

#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <memory>
#include <stdexcept>

#include "support/temp_dir.hpp"

namespace fleet::test {

namespace {

template <auto Free>
struct Deleter {
    template <class T>
    void operator()(T* object) const {
        Free(object);
    }
};
using Key = std::unique_ptr<EVP_PKEY, Deleter<&EVP_PKEY_free>>;
using Cert = std::unique_ptr<X509, Deleter<&X509_free>>;
using Bio = std::unique_ptr<BIO, Deleter<&BIO_free>>;

void require(bool ok, const char* what) {
    if (!ok) throw std::runtime_error(std::string{"certificate: "} + what);
}

void add_extension(X509* cert, int nid, const char* value) {
    X509V3_CTX context{};
    X509V3_set_ctx(&context, cert, cert, nullptr, nullptr, 0);
    X509_EXTENSION* extension = X509V3_EXT_conf_nid(nullptr, &context, nid, value);
    require(extension != nullptr, "extension");
    X509_add_ext(cert, extension, -1);
    X509_EXTENSION_free(extension);
}

std::string text_of(BIO* bio) {
    char* data = nullptr;
    const auto size = BIO_get_mem_data(bio, &data);
    return {data, static_cast<std::size_t>(size)};
}

}  // namespace

Certificate::Certificate(const TempDir& dir) {
    const Key key{EVP_EC_gen("P-256")};
    require(key != nullptr, "key");

    const Cert cert{X509_new()};
    X509_set_version(cert.get(), X509_VERSION_3);
    ASN1_INTEGER_set(X509_get_serialNumber(cert.get()), 1);
    X509_gmtime_adj(X509_getm_notBefore(cert.get()), -3600);
    X509_gmtime_adj(X509_getm_notAfter(cert.get()), 30L * 24 * 3600);
    X509_set_pubkey(cert.get(), key.get());
    std::string name = "localhost";
    X509_NAME* subject = X509_get_subject_name(cert.get());
    X509_NAME_add_entry_by_NID(
        subject,
        NID_commonName,
        MBSTRING_UTF8,
        static_cast<unsigned char*>(static_cast<void*>(name.data())),
        -1,
        -1,
        0
    );
    X509_set_issuer_name(cert.get(), subject);
    add_extension(cert.get(), NID_basic_constraints, "critical,CA:TRUE");
    add_extension(cert.get(), NID_subject_alt_name, "DNS:localhost,IP:127.0.0.1");
    require(X509_sign(cert.get(), key.get(), EVP_sha256()) > 0, "sign");

    const Bio cert_pem{BIO_new(BIO_s_mem())};
    const Bio key_pem{BIO_new(BIO_s_mem())};
    require(PEM_write_bio_X509(cert_pem.get(), cert.get()) == 1, "write");
    require(
        PEM_write_bio_PrivateKey(key_pem.get(), key.get(), nullptr, nullptr, 0, nullptr, nullptr) ==
            1,
        "write key"
    );
    cert_file = dir.write("server.crt", text_of(cert_pem.get()));
    key_file = dir.write("server.key", text_of(key_pem.get()));
}

}  // namespace fleet::test
