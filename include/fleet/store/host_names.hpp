#pragma once

#include <chrono>
#include <cstdint>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "fleet/core/ids.hpp"
#include "fleet/core/time.hpp"
#include "fleet/store/db.hpp"

namespace fleet::store {

/// What hosts are searched by, in memory, because a part of a word is not in any index: 100,000
/// hosts are looked through in a few milliseconds, which take the database a tenth of a second.
/// Read at the first search and brought up to date at each; about 150 bytes a host. Thread-safe;
/// blocks.
class HostNames {
public:
    explicit HostNames(Database& db) : db_{db} {}

    /// Hosts that may have the text in a name, serial, uuid or address: all that have it, and a few
    /// that have not, for the database to decide on. Nothing when they are more than `most`, or
    /// when only the database knows how to compare (text that is not plain ASCII).
    std::optional<std::vector<HostId>> candidates(std::string_view text, std::size_t most);

private:
    using Clock = std::chrono::steady_clock;
    struct Entry {
        HostId id{};
        bool always = false;  // has letters whose case and accents only the database knows
        std::string folded{};
    };

    void bring_up_to_date();
    void put(Entry entry);

    Database& db_;
    std::mutex mutex_{};
    std::vector<Entry> entries_{};  // by id
    Time read_at_{};                // by the database's clock
    std::optional<Clock::time_point> read_whole_{};
};

}  // namespace fleet::store
