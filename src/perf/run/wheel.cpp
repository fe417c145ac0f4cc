#include "perf/run/wheel.hpp"

namespace fleet::perf {

Wheel::Wheel(std::size_t nodes, Tick begin)
    : nodes_(nodes), slots_(kSlots, kNone), cursor_{begin} {}

Wheel::Node Wheel::grow() {
    nodes_.emplace_back();
    return static_cast<Node>(nodes_.size() - 1);
}

void Wheel::add(Node node, Tick at) {
    auto& entry = nodes_[node];
    entry.at = at;
    auto& list = is_before(at, cursor_) ? ready_ : slots_[slot_of(at)];
    entry.next = list;
    list = node;
}

/// Moves what is due at this tick to the ready list; entries of later turns stay.
void Wheel::collect(Tick tick) {
    auto& slot = slots_[slot_of(tick)];
    Node node = slot;
    slot = kNone;
    while (node != kNone) {
        auto& entry = nodes_[node];
        const Node next = entry.next;
        auto& list = is_before(tick, entry.at) ? slot : ready_;
        entry.next = list;
        list = node;
        node = next;
    }
}

Wheel::Node Wheel::take(Tick now) {
    while (ready_ == kNone) {
        if (is_before(now, cursor_)) return kNone;
        collect(cursor_);
        ++cursor_;
    }
    const Node node = ready_;
    ready_ = nodes_[node].next;
    return node;
}

Wheel::Tick Wheel::next(Tick limit) const {
    if (ready_ != kNone) return cursor_ - 1;
    for (Tick tick = cursor_; is_before(tick, limit); ++tick) {
        if (slots_[slot_of(tick)] != kNone) return tick;
    }
    return limit;
}

}  // namespace fleet::perf
