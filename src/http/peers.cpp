#include "http/peers.hpp"

#include <algorithm>

namespace fleet::http {

void Peers::add(Peer& peer) {
    const std::lock_guard lock{mutex_};
    peer.slot_ = list_.size();
    peer.listed_ = true;
    list_.push_back(&peer);
    size_.store(list_.size(), std::memory_order_relaxed);
}

void Peers::remove(Peer& peer) {
    const std::lock_guard lock{mutex_};
    if (!peer.listed_) return;
    peer.listed_ = false;
    list_[peer.slot_] = list_.back();
    list_[peer.slot_]->slot_ = peer.slot_;
    list_.pop_back();
    size_.store(list_.size(), std::memory_order_relaxed);
    if (list_.empty()) empty_.notify_all();
}

std::vector<std::shared_ptr<Peer>> Peers::all() const {
    std::vector<std::shared_ptr<Peer>> out;
    const std::lock_guard lock{mutex_};
    out.reserve(list_.size());
    for (Peer* peer : list_) {
        // Null when its destructor runs right now and waits for our lock.
        if (auto alive = peer->weak_from_this().lock()) out.push_back(std::move(alive));
    }
    return out;
}

std::size_t Peers::evict_idle(std::size_t count) {
    auto peers = all();
    std::erase_if(peers, [](const auto& peer) { return peer->idle_since.load() == 0; });
    count = std::min(count, peers.size());
    std::partial_sort(
        peers.begin(),
        peers.begin() + static_cast<std::ptrdiff_t>(count),
        peers.end(),
        [](const auto& a, const auto& b) { return a->idle_since.load() < b->idle_since.load(); }
    );
    for (std::size_t i = 0; i < count; ++i) {
        peers[i]->idle_since = 0;  // not to be chosen again before it is gone
        peers[i]->drain();
    }
    return count;
}

bool Peers::wait_until_empty(std::chrono::milliseconds limit) const {
    std::unique_lock lock{mutex_};
    return empty_.wait_for(lock, limit, [this] { return list_.empty(); });
}

}  // namespace fleet::http
