#include "http/deadline_wheel.hpp"

#include <algorithm>

namespace fleet::http {

DeadlineWheel::DeadlineWheel(Clock::time_point now) : next_tick_{tick_of(now)} {
    for (auto& head : slots_)
        head.next_ = head.prev_ = &head;
}

DeadlineWheel::~DeadlineWheel() {
    for (auto& head : slots_) {
        while (take_first(head) != nullptr) {
        }
    }
}

void DeadlineWheel::set(Entry& entry, Clock::time_point deadline) {
    entry.deadline_ = deadline;
    if (deadline == Clock::time_point::max()) return;
    if (entry.next_ != nullptr) {
        if (entry.filed_for_ <= deadline) return;
        unlink(entry);
    }
    file(entry);
}

void DeadlineWheel::remove(Entry& entry) {
    entry.deadline_ = Clock::time_point::max();
    if (entry.next_ != nullptr) unlink(entry);
}

void DeadlineWheel::file(Entry& entry) {
    // In the slot after its tick: looked at when the deadline is surely over.
    const auto last = next_tick_ + static_cast<std::int64_t>(kSlots) - 1;
    const auto tick = std::clamp(tick_of(entry.deadline_), next_tick_, last);
    entry.filed_for_ = std::min(entry.deadline_, Clock::time_point{kTick * tick});
    Entry& head = slots_[static_cast<std::size_t>(tick) % kSlots];
    entry.prev_ = head.prev_;
    entry.next_ = &head;
    head.prev_->next_ = &entry;
    head.prev_ = &entry;
    ++filed_;
}

void DeadlineWheel::unlink(Entry& entry) {
    entry.prev_->next_ = entry.next_;
    entry.next_->prev_ = entry.prev_;
    entry.next_ = entry.prev_ = nullptr;
    --filed_;
}

void DeadlineWheel::take_slot(Entry& batch) {
    Entry& head = slots_[static_cast<std::size_t>(next_tick_) % kSlots];
    ++next_tick_;
    if (head.next_ == &head) {
        batch.next_ = batch.prev_ = &batch;
        return;
    }
    batch.next_ = head.next_;
    batch.prev_ = head.prev_;
    batch.next_->prev_ = batch.prev_->next_ = &batch;
    head.next_ = head.prev_ = &head;
}

DeadlineWheel::Entry* DeadlineWheel::take_first(Entry& batch) {
    Entry* first = batch.next_;
    if (first == &batch) return nullptr;
    unlink(*first);
    return first;
}

}  // namespace fleet::http
