#include "support/tcp_proxy.hpp"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <deque>
#include <string>

namespace fleet::test {

namespace {

using SteadyClock = std::chrono::steady_clock;
using std::chrono::milliseconds;

/// A reader that stops must stop the writer, too: no more than this is held for it.
constexpr std::size_t kMostHeld = std::size_t{4} << 20;

struct Chunk {
    SteadyClock::time_point due{};
    std::string bytes{};
};

/// One direction of a connection.
struct Line {
    int from = -1;
    int to = -1;
    std::deque<Chunk> held{};
    std::size_t held_bytes = 0;
    bool ended = false;  // `from` will send no more
    bool told = false;   // and `to` knows

    [[nodiscard]] bool wants_more() const { return !ended && held_bytes < kMostHeld; }
};

void reset(int fd) {
    const linger hard{.l_onoff = 1, .l_linger = 0};
    ::setsockopt(fd, SOL_SOCKET, SO_LINGER, &hard, sizeof hard);
    ::close(fd);
}

bool would_block() {
    return errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR;
}

/// Takes what has arrived; false when the connection broke.
bool take(Line& line, milliseconds delay) {
    std::array<char, 64 * 1024> buffer{};
    while (line.wants_more()) {
        const auto count = ::recv(line.from, buffer.data(), buffer.size(), 0);
        if (count < 0) return would_block();
        if (count == 0) {
            line.ended = true;
            return true;
        }
        const auto size = static_cast<std::size_t>(count);
        line.held.push_back({SteadyClock::now() + delay, {buffer.data(), size}});
        line.held_bytes += size;
    }
    return true;
}

/// Gives away what is due; false when the connection broke.
bool give(Line& line, SteadyClock::time_point now) {
    while (!line.held.empty() && line.held.front().due <= now) {
        auto& bytes = line.held.front().bytes;
        const auto count = ::send(line.to, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (count < 0) return would_block();
        line.held_bytes -= static_cast<std::size_t>(count);
        bytes.erase(0, static_cast<std::size_t>(count));
        if (!bytes.empty()) return true;
        line.held.pop_front();
    }
    if (line.ended && line.held.empty() && !line.told) {
        ::shutdown(line.to, SHUT_WR);
        line.told = true;
    }
    return true;
}

}  // namespace

struct TcpProxy::Pipe {
    Pipe(int client_fd, int server_fd)
        : client{client_fd},
          server{server_fd},
          up{.from = client_fd, .to = server_fd},
          down{.from = server_fd, .to = client_fd} {}
    ~Pipe() {
        reset(client);
        reset(server);
    }
    Pipe(const Pipe&) = delete;
    Pipe& operator=(const Pipe&) = delete;

    [[nodiscard]] bool over() const { return up.told && down.told; }

    int client;
    int server;
    Line up;
    Line down;
};

TcpProxy::TcpProxy(std::vector<std::uint16_t> backends)
    : backends_{std::move(backends)}, port_{free_port()} {
    for (std::size_t i = 0; i < backends_.size(); ++i)
        taken_.push_back(std::make_unique<std::atomic<int>>(0));
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port_);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    listener_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    const int on = 1;
    ::setsockopt(listener_, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    const auto* generic = static_cast<const sockaddr*>(static_cast<const void*>(&address));
    if (::bind(listener_, generic, sizeof address) != 0 || ::listen(listener_, 1024) != 0) {
        throw NetworkError("the proxy cannot listen on port " + std::to_string(port_));
    }
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC | O_NONBLOCK) != 0) throw NetworkError("pipe2 failed");
    wake_read_ = ends[0];
    wake_write_ = ends[1];
    thread_ = std::thread{[this] { run(); }};
}

TcpProxy::~TcpProxy() {
    stop_ = true;
    wake();
    thread_.join();
    pipes_.clear();
    for (const int fd : {listener_, wake_read_, wake_write_})
        ::close(fd);
}

void TcpProxy::delay(milliseconds time) {
    delay_ms_ = time.count();
}

void TcpProxy::cut() {
    set(State::cut);
}

void TcpProxy::freeze() {
    set(State::frozen);
}

void TcpProxy::heal() {
    set(State::passing);
}

std::vector<int> TcpProxy::taken() const {
    std::vector<int> out;
    for (const auto& count : taken_)
        out.push_back(*count);
    return out;
}

void TcpProxy::set(State state) {
    state_ = state;
    wake();
}

void TcpProxy::wake() const {
    const char byte = 0;
    [[maybe_unused]] const auto ignored = ::write(wake_write_, &byte, 1);
}

int TcpProxy::connect_to_next(std::size_t& chosen) {
    for (std::size_t tried = 0; tried < backends_.size(); ++tried) {
        chosen = next_;
        next_ = (next_ + 1) % backends_.size();
        try {
            return connect_tcp("127.0.0.1", backends_[chosen], milliseconds{500});
        } catch (const NetworkError&) {
            continue;  // a balancer asks the next one
        }
    }
    return -1;
}

void TcpProxy::accept_one() {
    const int client = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK);
    if (client < 0) return;
    if (state_ == State::cut) return reset(client);
    const int on = 1;
    ::setsockopt(client, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    std::size_t chosen = 0;
    const int server = connect_to_next(chosen);
    if (server < 0) return reset(client);
    ++*taken_[chosen];
    pipes_.push_back(std::make_unique<Pipe>(client, server));
}

bool TcpProxy::pass_on(Pipe& pipe, SteadyClock::time_point now) {
    return take(pipe.up, milliseconds{delay_ms_}) && take(pipe.down, milliseconds{0}) &&
           give(pipe.up, now) && give(pipe.down, now) && !pipe.over();
}

void TcpProxy::run() {
    constexpr int kTick = 5;  // milliseconds; also how exact a delay is
    std::vector<pollfd> polled;
    while (!stop_) {
        const State state = state_;
        if (state == State::cut) pipes_.clear();
        polled.assign({{.fd = wake_read_, .events = POLLIN, .revents = 0}});
        if (state != State::frozen) {
            polled.push_back({.fd = listener_, .events = POLLIN, .revents = 0});
        }
        bool waits = false;
        for (const auto& pipe : pipes_) {
            for (const Line* line : {&pipe->up, &pipe->down}) {
                waits = waits || !line->held.empty();
                if (state == State::passing && line->wants_more()) {
                    polled.push_back({.fd = line->from, .events = POLLIN, .revents = 0});
                }
            }
        }
        ::poll(polled.data(), polled.size(), waits && state == State::passing ? kTick : 1'000);
        std::array<char, 64> woken{};
        while (::read(wake_read_, woken.data(), woken.size()) > 0) {
        }
        if (state_ == State::frozen) continue;
        accept_one();
        if (state_ != State::passing) continue;
        const auto now = SteadyClock::now();
        std::erase_if(pipes_, [&](const auto& pipe) { return !pass_on(*pipe, now); });
    }
}

}  // namespace fleet::test
