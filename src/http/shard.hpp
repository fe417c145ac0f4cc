#pragma once

#include <sys/epoll.h>

#include <array>
#include <boost/asio/basic_waitable_timer.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/posix/basic_stream_descriptor.hpp>
#include <boost/asio/strand.hpp>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "http/deadline_wheel.hpp"

namespace fleet::http {

namespace asio = boost::asio;

using Strand = asio::strand<asio::io_context::executor_type>;
using SteadyClock = std::chrono::steady_clock;
using Timer = asio::basic_waitable_timer<SteadyClock, asio::wait_traits<SteadyClock>, Strand>;

/// A share of the connections: one epoll set, one timing wheel and one strand for all of them.
///
/// Asio re-arms a descriptor with a system call at each wait and keeps a timer, a strand and its
/// own records for each. Here a descriptor is registered once, edge-triggered, and the Asio loop
/// watches a single one: the epoll set. Everything happens on the strand.
class Shard : public std::enable_shared_from_this<Shard> {
public:
    /// What a shard watches. The shard owns it from join() to leave().
    class Member : public DeadlineWheel::Entry {
    public:
        virtual ~Member() = default;
        /// `events` as epoll_wait gives them.
        virtual void on_ready(std::uint32_t events) = 0;
        virtual void on_deadline() = 0;

    private:
        friend class Shard;
        std::size_t slot_ = 0;
    };

    /// Throws std::system_error when the process has no descriptor left.
    explicit Shard(asio::io_context& loop);
    ~Shard();
    Shard(const Shard&) = delete;
    Shard& operator=(const Shard&) = delete;

    const Strand& strand() const { return strand_; }
    /// Call once.
    void start();
    /// From any thread: ends the watching of all members.
    void stop();

    void join(std::shared_ptr<Member> member);
    /// Idempotent. The member lives at least until the current round of events is over.
    void leave(Member& member);

    /// False when the kernel refuses. Closing the descriptor ends the watch.
    bool watch(int descriptor, std::uint32_t events, Member& member);
    bool change(int descriptor, std::uint32_t events, Member& member);
    void unwatch(int descriptor);

    void set_deadline(Member& member, SteadyClock::time_point deadline);

private:
    static constexpr std::size_t kNowhere = SIZE_MAX;

    bool control(int operation, int descriptor, std::uint32_t events, Member* member);
    void wait();
    void dispatch();
    void arm_tick();

    const Strand strand_;
    asio::posix::basic_stream_descriptor<Strand> set_;
    Timer ticker_;
    bool ticking_ = false;
    bool dispatching_ = false;
    DeadlineWheel deadlines_;
    std::vector<std::shared_ptr<Member>> members_{};
    std::vector<std::shared_ptr<Member>> leaving_{};
};

}  // namespace fleet::http
