#include "fleet/store/host_names.hpp"

#include <algorithm>

namespace fleet::store {
namespace {

using namespace std::chrono_literals;

/// A change carries the time of the instance that makes it and is seen when it is committed.
constexpr auto kSlack = 2min;
/// Heals what clocks that are further apart would leave out, and forgets hosts that are gone.
constexpr auto kReadWholeEvery = 10min;

bool is_plain(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return c >= 0x20 && c < 0x7F; });
}

std::string folded(std::string text) {
    for (char& c : text) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    return text;
}

}  // namespace

std::optional<std::vector<HostId>> HostNames::candidates(std::string_view text, std::size_t most) {
    // An address of somebody who uses the host is elsewhere.
    if (!is_plain(text) || text.find('@') != std::string_view::npos) return std::nullopt;
    const std::string wanted = folded(std::string{text});
    const std::scoped_lock lock{mutex_};
    bring_up_to_date();
    std::vector<HostId> out;
    for (const Entry& entry : entries_) {
        if (!entry.always && entry.folded.find(wanted) == std::string::npos) continue;
        if (out.size() == most) return std::nullopt;
        out.push_back(entry.id);
    }
    return out;
}

void HostNames::bring_up_to_date() {
    const auto now = Clock::now();
    const bool whole = !read_whole_ || now - *read_whole_ > kReadWholeEvery;
    static const std::string columns{
        "SELECT id, hostname, computer_name, display_name, hardware_serial, uuid, primary_ip "
        "FROM hosts"};
    static const Sql all{"host_names_all", columns + " ORDER BY id"};
    // Index hosts_identity_changed.
    static const Sql changed{
        "host_names_changed", columns + " WHERE identity_changed_at >= ? ORDER BY id"};
    db_.read([&](Session& session) {
        if (whole) entries_.clear();
        const Time started = session
                                 .one(
                                     Sql{"utc_now", "SELECT UTC_TIMESTAMP(6)"},
                                     [](const Row& row) { return row.time(0); }
                                 )
                                 .value();
        const auto take = [&](const Row& row) {
            Entry entry{.id = row.id<HostId>(0)};
            for (unsigned column = 1; column <= 6; ++column) {
                const std::string text = row.str(column);
                if (!is_plain(text)) entry.always = true;
                // No plain text has a line break, so that nothing is found across two columns.
                entry.folded += folded(text) + '\n';
            }
            put(std::move(entry));
        };
        if (whole) {
            session.select(all, {}, take);
        } else {
            session.select(changed, std::vector<Param>{Time{read_at_ - kSlack}}, take);
        }
        read_at_ = started;
    });
    if (whole) read_whole_ = now;
}

void HostNames::put(Entry entry) {
    entry.folded.shrink_to_fit();
    const auto at = std::lower_bound(
        entries_.begin(),
        entries_.end(),
        entry.id,
        [](const Entry& known, HostId id) { return known.id < id; }
    );
    if (at != entries_.end() && at->id == entry.id) {
        *at = std::move(entry);
    } else {
        entries_.insert(at, std::move(entry));
    }
}

}  // namespace fleet::store
