#pragma once

#include <atomic>
#include <cstddef>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace fleet::telemetry {

/// Entries by name. Looking up a known name takes no lock: readers see an immutable table that is
/// replaced when a name is new. Replaced tables are kept until the end; names are few.
template <class Entry>
class NameTable {
public:
    static constexpr std::size_t kMaxNames = 1000;

    NameTable() { publish(std::make_unique<Table>()); }

    /// The entry of a name, made when new. Above the limit all new names share "other".
    Entry& at(std::string_view name) {
        const Table& table = *current_.load(std::memory_order_acquire);
        const auto found = table.find(name);
        return found != table.end() ? *found->second : add(name);
    }

    template <class Visit>
    void each(Visit visit) const {
        for (const auto& [name, entry] : *current_.load(std::memory_order_acquire)) {
            visit(name, *entry);
        }
    }

private:
    struct Hash {
        using is_transparent = void;
        std::size_t operator()(std::string_view text) const noexcept {
            return std::hash<std::string_view>{}(text);
        }
    };
    using Table = std::unordered_map<std::string, Entry*, Hash, std::equal_to<>>;

    Entry& add(std::string_view name) {
        const std::lock_guard lock{mutex_};
        const Table& table = *current_.load(std::memory_order_relaxed);
        if (table.size() >= kMaxNames) name = "other";
        if (const auto found = table.find(name); found != table.end()) return *found->second;
        entries_.push_back(std::make_unique<Entry>());
        auto next = std::make_unique<Table>(table);
        next->emplace(name, entries_.back().get());
        publish(std::move(next));
        return *entries_.back();
    }

    void publish(std::unique_ptr<Table> table) {
        tables_.push_back(std::move(table));
        current_.store(tables_.back().get(), std::memory_order_release);
    }

    std::mutex mutex_;
    std::vector<std::unique_ptr<Entry>> entries_;
    std::vector<std::unique_ptr<Table>> tables_;
    std::atomic<const Table*> current_ = nullptr;
};

}  // namespace fleet::telemetry
