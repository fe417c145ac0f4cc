#include "scripted_server.hpp"

#include <netinet/in.h>
#include <openssl/ec.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <array>
#include <stdexcept>

namespace fleet::perf::testing {
namespace {

SSL_CTX* context_of(void* context) {
    return static_cast<SSL_CTX*>(context);
}

/// A self-signed P-256 certificate for localhost, written to `file` and given to `context`.
void make_certificate(SSL_CTX* context, const std::filesystem::path& file) {
    EVP_PKEY* key = EVP_EC_gen("P-256");
    X509* cert = X509_new();
    X509_set_version(cert, 2);
    ASN1_INTEGER_set(X509_get_serialNumber(cert), 1);
    X509_gmtime_adj(X509_getm_notBefore(cert), -60);
    X509_gmtime_adj(X509_getm_notAfter(cert), 3600);
    X509_set_pubkey(cert, key);
    auto* name = X509_get_subject_name(cert);
    const std::array<unsigned char, 10> text{"localhost"};
    X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC, text.data(), 9, -1, 0);
    X509_set_issuer_name(cert, name);
    auto* names = X509V3_EXT_conf_nid(nullptr, nullptr, NID_subject_alt_name, "DNS:localhost");
    X509_add_ext(cert, names, -1);
    X509_EXTENSION_free(names);
    X509_sign(cert, key, EVP_sha256());
    auto* out = std::fopen(file.c_str(), "we");
    PEM_write_X509(out, cert);
    std::fclose(out);
    SSL_CTX_use_certificate(context, cert);
    SSL_CTX_use_PrivateKey(context, key);
    X509_free(cert);
    EVP_PKEY_free(key);
}

std::size_t content_length(const std::string& head) {
    const auto at = head.find("Content-Length: ");
    return at == std::string::npos ? 0 : std::stoul(head.substr(at + 16));
}

}  // namespace

ScriptedServer::ScriptedServer(Script script) : script_{std::move(script)} {
    auto pattern = (std::filesystem::temp_directory_path() / "perf_testXXXXXX").string();
    if (mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("no temporary folder");
    folder_ = pattern;
    auto* context = SSL_CTX_new(TLS_server_method());
    context_ = context;
    make_certificate(context, folder_ / "cert.pem");

    listener_ = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    if (bind(listener_, reinterpret_cast<sockaddr*>(&address), size) != 0 ||
        listen(listener_, 64) != 0) {
        throw std::runtime_error("cannot listen");
    }
    getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size);
    port_ = ntohs(address.sin_port);
    acceptor_ = std::thread{[this] { accept_all(); }};
}

ScriptedServer::~ScriptedServer() {
    stopping_ = true;
    shutdown(listener_, SHUT_RDWR);
    acceptor_.join();
    close(listener_);
    for (auto& thread : threads_)
        thread.join();
    SSL_CTX_free(context_of(context_));
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
}

std::vector<ScriptedServer::Request> ScriptedServer::requests() const {
    const std::lock_guard lock{mutex_};
    return requests_;
}

std::vector<ScriptedServer::Request> ScriptedServer::requests(const std::string& path_end) const {
    auto all = requests();
    std::erase_if(all, [&](const Request& request) { return !request.path.ends_with(path_end); });
    return all;
}

void ScriptedServer::accept_all() {
    while (!stopping_) {
        const int fd = accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
        if (fd < 0) continue;
        ++connections_;
        // Reads wake up now and then to see whether the test is over.
        const timeval limit{0, 100'000};
        setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
        threads_.emplace_back([this, fd] { serve(fd); });
    }
}

void ScriptedServer::serve(int fd) {
    auto* tls = SSL_new(context_of(context_));
    SSL_set_fd(tls, fd);
    std::string input;
    std::array<char, 4096> buffer{};
    const auto more = [&] {
        while (!stopping_) {
            const int got = SSL_read(tls, buffer.data(), static_cast<int>(buffer.size()));
            if (got > 0) {
                input.append(buffer.data(), static_cast<std::size_t>(got));
                return true;
            }
            if (SSL_get_error(tls, got) != SSL_ERROR_WANT_READ) return false;
        }
        return false;
    };
    bool open = false;
    while (!open && !stopping_) {
        const int result = SSL_accept(tls);
        open = result == 1;
        if (!open && SSL_get_error(tls, result) != SSL_ERROR_WANT_READ) break;
    }
    while (open) {
        auto end = std::string::npos;
        while (open && (end = input.find("\r\n\r\n")) == std::string::npos)
            open = more();
        if (!open) break;
        Request request;
        request.head = input.substr(0, end + 2);
        request.path = request.head.substr(5, request.head.find(' ', 5) - 5);
        const auto length = content_length(request.head);
        while (open && input.size() < end + 4 + length)
            open = more();
        if (!open) break;
        request.body = nlohmann::json::parse(input.substr(end + 4, length), nullptr, false);
        input.erase(0, end + 4 + length);
        Answer answer;
        {
            const std::lock_guard lock{mutex_};
            requests_.push_back(request);
            answer = script_(request);
        }
        if (answer.hang_up) break;
        const auto text = "HTTP/1.1 " + std::to_string(answer.status) +
                          " X\r\nContent-Length: " + std::to_string(answer.body.size()) +
                          "\r\n\r\n" + answer.body;
        SSL_write(tls, text.data(), static_cast<int>(text.size()));
    }
    SSL_free(tls);
    close(fd);
}

}  // namespace fleet::perf::testing
