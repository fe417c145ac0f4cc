#include <netinet/in.h>
#include <netinet/tcp.h>
#include <openssl/bio.h>
#include <openssl/ssl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <ctime>
#include <memory>
#include <string_view>
#include <thread>

#include "http_floor/floor.hpp"

namespace fleet::bench {
namespace {

struct Free {
    void operator()(SSL_CTX* context) const { SSL_CTX_free(context); }
    void operator()(SSL* ssl) const { SSL_free(ssl); }
};
using Context = std::unique_ptr<SSL_CTX, Free>;
using Ssl = std::unique_ptr<SSL, Free>;

/// With the listener's choice of options.
Context server_context(const test::Certificate& certificate) {
    Context context{SSL_CTX_new(TLS_server_method())};
    SSL_CTX_use_certificate_chain_file(context.get(), certificate.cert_file.c_str());
    SSL_CTX_use_PrivateKey_file(context.get(), certificate.key_file.c_str(), SSL_FILETYPE_PEM);
    SSL_CTX_set_num_tickets(context.get(), 0);
    SSL_CTX_set_mode(context.get(), SSL_MODE_NO_AUTO_CHAIN);
    SSL_CTX_set_read_ahead(context.get(), 1);
    return context;
}

double cpu_microseconds() {
    timespec now{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) * 1e6 + static_cast<double>(now.tv_nsec) / 1e3;
}

void serve_one(SSL_CTX* context, int socket) {
    const Ssl ssl{SSL_new(context)};
    SSL_set_fd(ssl.get(), socket);
    if (SSL_accept(ssl.get()) == 1) {
        std::array<char, 4096> request;
        if (SSL_read(ssl.get(), request.data(), request.size()) > 0) {
            constexpr std::string_view kAnswer =
                "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 14\r\n\r\n"
                "{\"queries\":{}}";
            SSL_write(ssl.get(), kAnswer.data(), static_cast<int>(kAnswer.size()));
            // The peer ends the connection, as osqueryd does.
            SSL_read(ssl.get(), request.data(), request.size());
        }
    }
    ::close(socket);
}

}  // namespace

double bare_handshake(const test::Certificate& certificate) {
    const auto server = server_context(certificate);
    const Context client{SSL_CTX_new(TLS_client_method())};
    double cpu = 0;
    int count = 0;
    const auto end = std::chrono::steady_clock::now() + kRun;
    while (std::chrono::steady_clock::now() < end) {
        const Ssl theirs{SSL_new(client.get())};
        auto before = cpu_microseconds();
        Ssl ours{SSL_new(server.get())};
        cpu += cpu_microseconds() - before;

        BIO* left = nullptr;
        BIO* right = nullptr;
        BIO_new_bio_pair(&left, 0, &right, 0);
        SSL_set_bio(ours.get(), left, left);
        SSL_set_bio(theirs.get(), right, right);
        SSL_set_accept_state(ours.get());
        SSL_set_connect_state(theirs.get());
        bool done = false;
        while (!done) {
            SSL_do_handshake(theirs.get());
            before = cpu_microseconds();
            done = SSL_do_handshake(ours.get()) == 1;
            cpu += cpu_microseconds() - before;
        }
        before = cpu_microseconds();
        ours.reset();
        cpu += cpu_microseconds() - before;
        ++count;
    }
    return cpu / count;
}

double bare_loop(const test::Certificate& certificate) {
    const auto context = server_context(certificate);
    const int listener = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const int on = 1;
    ::setsockopt(listener, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    if (::bind(listener, reinterpret_cast<sockaddr*>(&address), size) != 0 ||
        ::listen(listener, 128) != 0 ||
        ::getsockname(listener, reinterpret_cast<sockaddr*>(&address), &size) != 0) {
        return 0;
    }
    double cpu = 0;
    std::thread server{[&] {
        for (int socket = 0; (socket = ::accept(listener, nullptr, nullptr)) >= 0;)
            serve_one(context.get(), socket);
        cpu = thread_cpu_seconds();
    }};
    const int polls = poll(
        {.port = ntohs(address.sin_port), .ca_file = certificate.cert_file}, Connections::one_each
    );
    ::shutdown(listener, SHUT_RDWR);
    server.join();
    ::close(listener);
    return cpu * 1e6 / polls;
}

}  // namespace fleet::bench
