#pragma once

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>

namespace fleet::http {

/// Deadlines of many connections, exact to a tick. Setting one costs a few stores: a deadline that
/// is put off stays where it is filed and is looked at again when its old time comes. Not
/// thread-safe.
class DeadlineWheel {
public:
    using Clock = std::chrono::steady_clock;
    static constexpr std::chrono::milliseconds kTick{50};

    /// Base of what has a deadline; must be removed, or never set, before it is destroyed.
    class Entry {
    public:
        Entry() = default;
        Entry(const Entry&) = delete;
        Entry& operator=(const Entry&) = delete;

        Clock::time_point deadline() const { return deadline_; }

    private:
        friend class DeadlineWheel;
        Entry* next_ = nullptr;  // null: not filed
        Entry* prev_ = nullptr;
        Clock::time_point deadline_ = Clock::time_point::max();
        Clock::time_point filed_for_{};
    };

    explicit DeadlineWheel(Clock::time_point now);
    ~DeadlineWheel();
    DeadlineWheel(const DeadlineWheel&) = delete;
    DeadlineWheel& operator=(const DeadlineWheel&) = delete;

    /// The end of time means none.
    void set(Entry& entry, Clock::time_point deadline);
    void remove(Entry& entry);
    bool empty() const { return filed_ == 0; }

    /// Calls `due(Entry&)` for each entry whose deadline has come, having taken it out. `due` may
    /// set and remove any entry.
    template <class Due>
    void advance(Clock::time_point now, Due&& due) {
        const auto end = tick_of(now);
        // After a long sleep one round sees every slot.
        constexpr auto kRound = static_cast<std::int64_t>(kSlots);
        if (end - next_tick_ > kRound) next_tick_ = end - kRound;
        while (next_tick_ < end) {
            Entry batch;
            take_slot(batch);  // moves on, so that nothing can be filed into what is looked at
            while (Entry* entry = take_first(batch)) {
                if (entry->deadline_ <= now) {
                    entry->deadline_ = Clock::time_point::max();
                    due(*entry);
                } else if (entry->deadline_ != Clock::time_point::max()) {
                    file(*entry);
                }
            }
        }
    }

private:
    static constexpr std::size_t kSlots = 512;

    static std::int64_t tick_of(Clock::time_point when) { return when.time_since_epoch() / kTick; }
    void file(Entry& entry);
    void take_slot(Entry& batch);
    Entry* take_first(Entry& batch);
    void unlink(Entry& entry);

    std::array<Entry, kSlots> slots_{};  // heads of rings
    std::int64_t next_tick_;             // the first that has not been looked at
    std::size_t filed_ = 0;
};

}  // namespace fleet::http
