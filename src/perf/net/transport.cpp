#include "perf/net/transport.hpp"

#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <ctime>
#include <stdexcept>

namespace fleet::perf {
namespace {

using namespace std::chrono_literals;

/// osquery's limit for a whole request, from connect to the last byte of the answer.
constexpr auto kTimeout = 16s;

/// Connections are looked at in turn, all of them once in kCheckRounds times kCheckEvery.
constexpr auto kCheckEvery = 50ms;
constexpr std::size_t kCheckRounds = 10;

/// Like the health check of a balancer.
constexpr auto kRefusedFor = 1s;

/// Of a pool, the share that is kept for requests that are not polls.
constexpr unsigned kSlowShare = 3;

constexpr auto kShortestPause = 20us;  // a system call takes about a tenth of it

constexpr std::size_t kMaxBlanks = 1024;
constexpr std::size_t kMaxBlankSize = 4096;

TlsClient::Buffers buffers_of(const Options& options) {
    return options.mode == ConnectionMode::pooled ? TlsClient::Buffers::kept
                                                  : TlsClient::Buffers::released;
}

}  // namespace

Transport::Transport(
    const Options& options,
    const std::vector<ServerAddress>& servers,
    std::size_t max_open,
    ReplySink& sink
)
    : options_{options},
      max_open_{max_open},
      sink_{sink},
      tls_{options.host, options.ca_file, options.insecure, buffers_of(options)},
      epoll_{epoll_create1(EPOLL_CLOEXEC)},
      wake_{eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)} {
    for (const auto& address : servers)
        servers_.push_back({address, {}});
    if (epoll_ < 0 || wake_ < 0) throw std::runtime_error("cannot set up epoll");
    epoll_event event{};
    event.events = EPOLLIN;
    epoll_ctl(epoll_, EPOLL_CTL_ADD, wake_, &event);
    const bool split = options.mode == ConnectionMode::pooled && options.pool > 1;
    const std::size_t slow = split ? std::max(options.pool / kSlowShare, 1U) : 0;
    lanes_[0].limit = options.pool - slow;
    lanes_[1].limit = slow;
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

std::uint8_t Transport::lane_number(Endpoint endpoint) const {
    return lanes_[1].limit == 0 || is_poll(endpoint) ? 0 : 1;
}

std::deque<Request>& Transport::queue_of(const Request& request) {
    return options_.mode == ConnectionMode::kept ? waiting_by_host_[request.host]
                                                 : lane_of(request.endpoint).waiting;
}

std::string Transport::blank() {
    if (blanks_.empty()) return {};
    auto text = std::move(blanks_.back());
    blanks_.pop_back();
    return text;
}

void Transport::reuse(std::string text) {
    if (blanks_.size() >= kMaxBlanks || text.capacity() > kMaxBlankSize) return;
    text.clear();
    blanks_.push_back(std::move(text));
}

void Transport::submit(Request request) {
    ++in_flight_;
    if (assign(request)) return;
    ++(is_poll(request.endpoint) ? counters_.queued_polls : counters_.queued_others);
    queue_of(request).push_back(std::move(request));
}

/// Finds or opens a connection for the request; false when it has to wait.
bool Transport::assign(Request& request) {
    Connection* connection = nullptr;
    auto& lane = lane_of(request.endpoint);
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
            if (!lane.idle.empty()) {
                connection = lane.idle.back();
                lane.idle.pop_back();
            } else if (lane.open >= lane.limit) {
                return false;
            }
            break;
    }
    if (connection == nullptr) {
        if (connections_.size() >= max_open_) return false;
        connection = open(request.host, lane_number(request.endpoint));
    }
    send(*connection, std::move(request));
    return true;
}

/// The next in turn that has not just refused.
std::uint8_t Transport::choose_server(Clock::time_point now) {
    for (std::size_t tries = servers_.size(); tries > 0; --tries) {
        next_server_ = (next_server_ + 1) % servers_.size();
        if (servers_[next_server_].refused_until <= now) break;
    }
    return static_cast<std::uint8_t>(next_server_);
}

Connection* Transport::open(std::uint32_t host, std::uint8_t lane) {
    const auto server = choose_server(Clock::now());
    const int fd = servers_[server].address.connect(host);
    auto owned = std::make_unique<Connection>(fd, host, tls_.open(fd), read_desk_);
    auto* connection = owned.get();
    epoll_event event{};
    event.events = EPOLLIN | EPOLLOUT | EPOLLRDHUP | EPOLLET;
    event.data.ptr = connection;
    epoll_ctl(epoll_, EPOLL_CTL_ADD, fd, &event);
    connection->place = static_cast<std::uint32_t>(connections_.size());
    connection->lane = lane;
    connection->server = server;
    ++lanes_.at(connection->lane).open;
    connections_.push_back(std::move(owned));
    ++counters_.connections;
    if (options_.mode == ConnectionMode::kept) by_host_[host] = connection;
    return connection;
}

void Transport::send(Connection& connection, Request request) {
    const bool ready = connection.reusable();
    connection.start(std::move(request), Clock::now() + kTimeout);
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
    if (connection.reply().failure == Failure::timeout || connection.request().resent) return false;
    auto request = connection.take_request();
    request.resent = true;
    ++counters_.resent;
    retire(connection);
    if (!assign(request)) queue_of(request).push_front(std::move(request));
    return true;
}

void Transport::finished(Connection& connection, Connection::Event event) {
    if (connection.reopened && reconnecting_ > 0) {
        connection.reopened = false;
        if (--reconnecting_ == 0) counters_.all_back = Clock::now() - reconnect_began_;
    }
    if (event == Connection::Event::ready) return next_request(connection);
    if (event == Connection::Event::failed && connection.reply().failure == Failure::connect)
        servers_.at(connection.server).refused_until = Clock::now() + kRefusedFor;
    if (event == Connection::Event::ended) {
        std::erase(lanes_.at(connection.lane).idle, &connection);
        retire(connection);
        use_free_place(connection.owner(), connection.lane);
        return;
    }
    if (event == Connection::Event::failed && resend(connection)) return;
    auto reply = connection.reply();
    reply.at = Clock::now();
    // The connection goes on to its next request before this one's answer has been dealt with.
    auto body = blank();
    body = reply.body;
    reply.body = body;
    const std::string reason = reply.failure == Failure::none ? std::string{} : connection.reason();
    reply.reason = reason;
    auto request = connection.take_request();
    --in_flight_;
    if (options_.mode != ConnectionMode::stock && connection.reusable()) {
        next_request(connection);
    } else {
        retire(connection);
        use_free_place(request.host, connection.lane);
    }
    sink_.on_reply(request, reply);
    reuse(std::move(request.message));
    reuse(std::move(body));
}

void Transport::reconnect_all() {
    if (options_.mode == ConnectionMode::stock) return;
    const auto victims = connections_.size();
    std::vector<std::pair<std::uint32_t, std::uint8_t>> places;
    std::vector<Connection*> open_now;
    for (const auto& connection : connections_) {
        places.emplace_back(connection->owner(), connection->lane);
        open_now.push_back(connection.get());
    }
    for (auto& lane : lanes_)
        lane.idle.clear();
    std::deque<Request> interrupted;
    for (auto* connection : open_now) {
        if (connection->busy()) interrupted.push_back(connection->take_request());
        retire(*connection);
    }
    reconnect_began_ = Clock::now();
    reconnecting_ = victims;
    for (const auto& [host, lane] : places) {
        open(host, lane)->reopened = true;
        ++counters_.reconnected;
    }
    for (auto& request : interrupted) {
        ++counters_.resent;
        queue_of(request).push_back(std::move(request));
    }
}

/// A connection has gone: the first request that waited for a place may open another.
void Transport::use_free_place(std::uint32_t host, std::uint8_t lane) {
    const bool kept = options_.mode == ConnectionMode::kept;
    if (kept && !waiting_by_host_.contains(host)) {
        if (waiting_by_host_.empty()) return;
        host = waiting_by_host_.begin()->first;
    }
    auto& queue = kept ? waiting_by_host_[host] : lanes_.at(lane).waiting;
    if (queue.empty()) return;
    auto next = std::move(queue.front());
    queue.pop_front();
    if (!assign(next))
        queue.push_front(std::move(next));
    else if (kept && waiting_by_host_[host].empty())
        waiting_by_host_.erase(host);
}

void Transport::next_request(Connection& connection) {
    if (options_.mode == ConnectionMode::pooled) {
        auto& lane = lanes_.at(connection.lane);
        if (lane.waiting.empty()) {
            lane.idle.push_back(&connection);
            return;
        }
        auto next = std::move(lane.waiting.front());
        lane.waiting.pop_front();
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
    const auto place = connection.place;
    if (place >= connections_.size() || connections_[place].get() != &connection) return;
    --lanes_.at(connection.lane).open;
    retired_.push_back(std::move(connections_[place]));
    if (place + 1 != connections_.size()) {
        connections_[place] = std::move(connections_.back());
        connections_[place]->place = place;
    }
    connections_.pop_back();
}

void Transport::expire(Clock::time_point now) {
    if (now < next_check_) return;
    next_check_ = now + kCheckEvery;
    const auto count = connections_.size() / kCheckRounds + 1;
    for (std::size_t i = 0; i < count && !connections_.empty(); ++i) {
        next_to_check_ = (next_to_check_ + 1) % connections_.size();
        auto& connection = *connections_[next_to_check_];
        if (!connection.busy() || connection.deadline() > now) continue;
        connection.fail(Failure::timeout, "no answer within 16 s");
        finished(connection, Connection::Event::failed);
    }
}

/// Sockets are looked at no more often than every `look_every`: under load several answers are
/// then read for one wake-up, which costs as much as the reading.
void Transport::pause(Clock::time_point until) {
    until = std::min(until, last_look_ + options_.look_every);
    const auto left = std::chrono::nanoseconds{until - Clock::now()};
    if (left < kShortestPause) return;
    const timespec limit{0, left.count()};
    nanosleep(&limit, nullptr);
}

int Transport::wait_for_events(std::span<epoll_event> events, Clock::time_point until) {
    const auto wait =
        std::chrono::nanoseconds{std::max<std::int64_t>((until - Clock::now()).count(), 0)};
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(wait);
    const timespec limit{seconds.count(), (wait - seconds).count()};
    const auto room = static_cast<int>(events.size());
    const int count = epoll_pwait2(epoll_, events.data(), room, &limit, nullptr);
    if (count >= 0 || errno != ENOSYS) return count;
    // Kernels before 5.11, and valgrind, know whole milliseconds only.
    const auto millis = std::chrono::ceil<std::chrono::milliseconds>(wait).count();
    return epoll_wait(epoll_, events.data(), room, static_cast<int>(millis));
}

void Transport::poll(Clock::time_point until) {
    std::array<epoll_event, 256> events;
    if (in_flight_ > 0) {
        until = std::min(until, Clock::now() + kCheckEvery);
        pause(until);
    }
    const int count = wait_for_events(events, until);
    last_look_ = Clock::now();
    for (int i = 0; i < count; ++i) {
        auto* connection =
            static_cast<Connection*>(events.at(static_cast<std::size_t>(i)).data.ptr);
        if (connection == nullptr) {
            std::uint64_t ignored = 0;
            [[maybe_unused]] const auto got = ::read(wake_, &ignored, sizeof ignored);
        } else {
            drive(*connection);  // does nothing when it has been retired meanwhile
        }
    }
    expire(last_look_);
    retired_.clear();
}

}  // namespace fleet::perf
