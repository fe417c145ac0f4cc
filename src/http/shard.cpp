#include "http/shard.hpp"

#include <boost/asio/post.hpp>
#include <cerrno>
#include <system_error>
#include <utility>

namespace fleet::http {
namespace {

/// Between two rounds whatever else is on the loop has its turn; a round of handshakes takes about
/// ten milliseconds.
constexpr int kEventsAtOnce = 64;

int make_epoll_set() {
    const int set = ::epoll_create1(EPOLL_CLOEXEC);
    if (set < 0) throw std::system_error{errno, std::generic_category(), "epoll_create1"};
    return set;
}

}  // namespace

Shard::Shard(asio::io_context& loop)
    : strand_{asio::make_strand(loop)},
      set_{strand_, make_epoll_set()},
      ticker_{strand_},
      deadlines_{SteadyClock::now()} {}

Shard::~Shard() {
    for (auto& member : members_)
        deadlines_.remove(*member);
}

void Shard::start() {
    asio::post(strand_, [self = shared_from_this()] { self->wait(); });
}

void Shard::stop() {
    asio::post(strand_, [self = shared_from_this()] {
        boost::system::error_code ignored;
        self->set_.close(ignored);
        self->ticker_.cancel();
    });
}

void Shard::join(std::shared_ptr<Member> member) {
    member->slot_ = members_.size();
    members_.push_back(std::move(member));
}

void Shard::leave(Member& member) {
    const auto slot = member.slot_;
    if (slot >= members_.size() || members_[slot].get() != &member) return;
    deadlines_.remove(member);
    auto gone = std::exchange(members_[slot], std::move(members_.back()));
    if (members_[slot]) members_[slot]->slot_ = slot;
    members_.pop_back();
    // An event for it may still be in the round that is being dispatched.
    if (dispatching_) leaving_.push_back(std::move(gone));
}

bool Shard::control(int operation, int descriptor, std::uint32_t events, Member* member) {
    epoll_event event{};
    event.events = events;
    event.data.ptr = member;
    return ::epoll_ctl(set_.native_handle(), operation, descriptor, &event) == 0;
}

bool Shard::watch(int descriptor, std::uint32_t events, Member& member) {
    return control(EPOLL_CTL_ADD, descriptor, events, &member);
}

bool Shard::change(int descriptor, std::uint32_t events, Member& member) {
    return control(EPOLL_CTL_MOD, descriptor, events, &member);
}

void Shard::unwatch(int descriptor) {
    control(EPOLL_CTL_DEL, descriptor, 0, nullptr);
}

void Shard::wait() {
    set_.async_wait(
        asio::posix::descriptor_base::wait_read,
        [self = shared_from_this()](const boost::system::error_code& error) {
            if (error) return;
            self->dispatch();
            self->wait();
        }
    );
}

void Shard::dispatch() {
    std::array<epoll_event, kEventsAtOnce> events;
    const int count = ::epoll_wait(set_.native_handle(), events.data(), kEventsAtOnce, 0);
    dispatching_ = true;
    for (int i = 0; i < count; ++i) {
        const auto& event = events[static_cast<std::size_t>(i)];
        static_cast<Member*>(event.data.ptr)->on_ready(event.events);
    }
    dispatching_ = false;
    leaving_.clear();
}

void Shard::set_deadline(Member& member, SteadyClock::time_point deadline) {
    deadlines_.set(member, deadline);
    if (!ticking_ && !deadlines_.empty()) arm_tick();
}

void Shard::arm_tick() {
    ticking_ = true;
    ticker_.expires_after(DeadlineWheel::kTick);
    ticker_.async_wait([self = shared_from_this()](const boost::system::error_code& error) {
        self->ticking_ = false;
        if (error) return;
        self->dispatching_ = true;
        self->deadlines_.advance(SteadyClock::now(), [](DeadlineWheel::Entry& entry) {
            static_cast<Member&>(entry).on_deadline();
        });
        self->dispatching_ = false;
        self->leaving_.clear();
        if (!self->ticking_ && !self->deadlines_.empty()) self->arm_tick();
    });
}

}  // namespace fleet::http
