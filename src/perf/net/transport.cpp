#include "perf/net/transport.hpp"

#include <fmt/format.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <stdexcept>

#include "perf/text.hpp"

namespace fleet::perf {
namespace {

/// osquery's limit for a whole request, from connect to the last byte of the answer.
constexpr std::chrono::seconds kTimeout{16};

/// Local addresses used on the loopback interface. One address has 28,000 ports, and each
/// connection occupies one for a minute after it has closed.
constexpr std::uint32_t kLoopbackSources = 32;

void spread_source(int fd, std::uint32_t host) {
    const int one = 1;
    setsockopt(fd, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, &one, sizeof one);
    sockaddr_in source{};
    source.sin_family = AF_INET;
    source.sin_addr.s_addr = htonl(INADDR_LOOPBACK + host % kLoopbackSources);
    bind(fd, reinterpret_cast<const sockaddr*>(&source), sizeof source);
}

}  // namespace

ServerAddress ServerAddress::resolve(const std::string& host, const std::string& port) {
    addrinfo hints{};
    hints.ai_socktype = SOCK_STREAM;
    addrinfo* list = nullptr;
    const int error = getaddrinfo(host.c_str(), port.c_str(), &hints, &list);
    if (error != 0) throw std::runtime_error("cannot resolve " + host + ": " + gai_strerror(error));
    // An IPv4 address first: "localhost" often has both and servers listen on one.
    const addrinfo* chosen = list;
    for (const auto* at = list; at != nullptr; at = at->ai_next) {
        if (at->ai_family == AF_INET) {
            chosen = at;
            break;
        }
    }
    ServerAddress address;
    std::memcpy(&address.storage, chosen->ai_addr, chosen->ai_addrlen);
    address.length = chosen->ai_addrlen;
    freeaddrinfo(list);
    return address;
}

bool ServerAddress::is_loopback() const {
    if (storage.ss_family != AF_INET) return false;
    const auto& v4 = reinterpret_cast<const sockaddr_in&>(storage);
    return (ntohl(v4.sin_addr.s_addr) >> 24U) == 127;
}

Transport::Transport(
    const Options& options, const ServerAddress& address, std::size_t max_open, ReplySink& sink
)
    : options_{options},
      address_{address},
      max_open_{max_open},
      sink_{sink},
      tls_{options.host, options.ca_file, options.insecure},
      epoll_{epoll_create1(EPOLL_CLOEXEC)},
      wake_{eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)} {
    if (epoll_ < 0 || wake_ < 0) throw std::runtime_error("cannot set up epoll");
    epoll_event event{};
    event.events = EPOLLIN;
    epoll_ctl(epoll_, EPOLL_CTL_ADD, wake_, &event);
    head_ = fmt::format(
        "Content-Type: application/json\r\nAccept: application/json\r\nUser-Agent: osquery/{}\r\n",
        options.osquery_version
    );
}

Transport::~Transport() {
    connections_.clear();
    ::close(wake_);
    ::close(epoll_);
}

void Transport::wake() {
    const std::uint64_t one = 1;
    [[maybe_unused]] const auto ignored = ::write(wake_, &one, sizeof one);
}

std::deque<Request>& Transport::queue_of(std::uint32_t host) {
    return options_.mode == ConnectionMode::kept ? waiting_by_host_[host] : waiting_;
}

void Transport::submit(Request request) {
    ++in_flight_;
    if (assign(request)) return;
    ++counters_.queued;
    queue_of(request.host).push_back(std::move(request));
}

/// Finds or opens a connection for the request; false when it has to wait.
bool Transport::assign(Request& request) {
    Connection* connection = nullptr;
    switch (options_.mode) {
        case ConnectionMode::stock:
            break;
        case ConnectionMode::kept:
            if (const auto found = by_host_.find(request.host); found != by_host_.end()) {
                if (!found->second->reusable() || found->second->busy()) return false;
                connection = found->second;
            }
            break;
        case ConnectionMode::pooled:
            if (!idle_.empty()) {
                connection = idle_.back();
                idle_.pop_back();
            } else if (connections_.size() >= options_.pool) {
                return false;
            }
            break;
    }
    if (connection == nullptr) {
        if (connections_.size() >= max_open_) return false;
        connection = open(request);
    }
    send(*connection, std::move(request));
    return true;
}

Connection* Transport::open(const Request& request) {
    const int fd =
        socket(address_.storage.ss_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (fd < 0)
        throw std::runtime_error(std::string{"cannot open a socket: "} + std::strerror(errno));
    const int one = 1;
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    const bool virtual_host = request.host < options_.hosts;
    if (virtual_host && address_.is_loopback()) spread_source(fd, request.host);
    // A refusal shows up as an event.
    ::connect(fd, reinterpret_cast<const sockaddr*>(&address_.storage), address_.length);
    auto owned = std::make_unique<Connection>(fd, request.host, tls_.open(fd));
    auto* connection = owned.get();
    epoll_event event{};
    event.events = EPOLLIN | EPOLLOUT | EPOLLRDHUP | EPOLLET;
    event.data.ptr = connection;
    epoll_ctl(epoll_, EPOLL_CTL_ADD, fd, &event);
    connections_.emplace(connection, std::move(owned));
    ++counters_.connections;
    counters_.open = connections_.size();
    if (options_.mode == ConnectionMode::kept) by_host_[request.host] = connection;
    return connection;
}

std::string Transport::message(const Request& request) const {
    std::string text = "POST " + options_.path_prefix + '/';
    text += endpoint_path(request.endpoint);
    text += " HTTP/1.1\r\n" + head_;
    if (options_.auth_header && !request.node_key.empty()) {
        text += "Authorization: NodeKey " + request.node_key + "\r\n";
    }
    if (request.gzip) text += "Content-Encoding: gzip\r\n";
    text += "Host: " + options_.host;
    if (options_.port != "443") text += ':' + options_.port;
    const auto packed = request.gzip ? gzip(request.body) : std::string{};
    const auto& body = request.gzip ? packed : request.body;
    text += "\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n";
    return text + body;
}

void Transport::send(Connection& connection, Request request) {
    const bool ready = connection.reusable();
    auto text = message(request);
    // Once sent, the body is needed only if the connection breaks; osquery sends it again then.
    const auto deadline = Clock::now() + kTimeout;
    connection.start(std::move(request), std::move(text), deadline);
    deadlines_.push_back({deadline, &connection});
    if (ready) drive(connection);
}

void Transport::drive(Connection& connection) {
    const auto in = connection.bytes_in();
    const auto out = connection.bytes_out();
    const auto event = connection.progress();
    counters_.bytes_in += connection.bytes_in() - in;
    counters_.bytes_out += connection.bytes_out() - out;
    if (event != Connection::Event::none) finished(connection, event);
}

/// osquery: a broken connection (not a time-out) is opened again and the same request sent once.
bool Transport::resend(Connection& connection) {
    auto reply = connection.take_reply();
    const bool again = reply.failure != Failure::timeout && !connection.request().resent;
    if (!again) {
        connection.fail(reply.failure, std::move(reply.reason));
        return false;
    }
    auto request = connection.take_request();
    request.resent = true;
    ++counters_.resent;
    retire(connection);
    if (!assign(request)) queue_of(request.host).push_front(std::move(request));
    return true;
}

void Transport::finished(Connection& connection, Connection::Event event) {
    if (event == Connection::Event::ended) {
        std::erase(idle_, &connection);
        retire(connection);
        return;
    }
    if (event == Connection::Event::failed && resend(connection)) return;
    auto reply = connection.take_reply();
    reply.at = Clock::now();
    auto request = connection.take_request();
    --in_flight_;
    if (options_.mode != ConnectionMode::stock && connection.reusable()) {
        next_request(connection);
    } else {
        retire(connection);
        use_free_place(request.host);
    }
    sink_.on_reply(std::move(request), std::move(reply));
}

/// A connection has gone: the first request that waited for a place may open another.
void Transport::use_free_place(std::uint32_t host) {
    if (options_.mode == ConnectionMode::kept && !waiting_by_host_.contains(host)) {
        if (waiting_by_host_.empty()) return;
        host = waiting_by_host_.begin()->first;
    }
    auto& queue = queue_of(host);
    if (queue.empty()) return;
    auto next = std::move(queue.front());
    queue.pop_front();
    if (!assign(next))
        queue.push_front(std::move(next));
    else if (queue.empty())
        waiting_by_host_.erase(host);
}

void Transport::next_request(Connection& connection) {
    if (options_.mode == ConnectionMode::pooled) {
        if (waiting_.empty()) {
            idle_.push_back(&connection);
            return;
        }
        auto next = std::move(waiting_.front());
        waiting_.pop_front();
        send(connection, std::move(next));
        return;
    }
    const auto found = waiting_by_host_.find(connection.owner());
    if (found == waiting_by_host_.end()) return;
    auto next = std::move(found->second.front());
    found->second.pop_front();
    if (found->second.empty()) waiting_by_host_.erase(found);
    send(connection, std::move(next));
}

void Transport::retire(Connection& connection) {
    connection.close();
    if (options_.mode == ConnectionMode::kept) {
        const auto mine = by_host_.find(connection.owner());
        if (mine != by_host_.end() && mine->second == &connection) by_host_.erase(mine);
    }
    const auto found = connections_.find(&connection);
    if (found == connections_.end()) return;
    retired_.push_back(std::move(found->second));
    connections_.erase(found);
    counters_.open = connections_.size();
}

void Transport::expire(Clock::time_point now) {
    while (!deadlines_.empty() && deadlines_.front().at <= now) {
        const auto due = deadlines_.front();
        deadlines_.pop_front();
        const auto found = connections_.find(due.connection);
        if (found == connections_.end()) continue;
        auto& connection = *due.connection;
        if (!connection.busy() || connection.deadline() > now) continue;
        connection.fail(Failure::timeout, "no answer within 16 s");
        finished(connection, Connection::Event::failed);
    }
}

void Transport::poll(Clock::time_point until) {
    const auto now = Clock::now();
    if (!deadlines_.empty()) until = std::min(until, deadlines_.front().at);
    const auto wait = std::chrono::nanoseconds{std::max<std::int64_t>((until - now).count(), 0)};
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(wait);
    const timespec limit{seconds.count(), (wait - seconds).count()};
    std::array<epoll_event, 256> events;
    const int count = epoll_pwait2(epoll_, events.data(), events.size(), &limit, nullptr);
    for (int i = 0; i < count; ++i) {
        auto* connection =
            static_cast<Connection*>(events.at(static_cast<std::size_t>(i)).data.ptr);
        if (connection == nullptr) {
            std::uint64_t ignored = 0;
            [[maybe_unused]] const auto got = ::read(wake_, &ignored, sizeof ignored);
            continue;
        }
        if (connections_.contains(connection)) drive(*connection);
    }
    expire(Clock::now());
    retired_.clear();
}

}  // namespace fleet::perf
