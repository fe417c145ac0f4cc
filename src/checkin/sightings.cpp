#include "fleet/checkin/sightings.hpp"

#include <algorithm>
#include <functional>
#include <limits>

namespace fleet::checkin {
namespace {

constexpr auto kRelaxed = std::memory_order_relaxed;
/// Agents name their platform themselves; beyond so many names hosts count under none.
constexpr std::size_t kMostPlatforms = 1'000;

std::int64_t to_us(Time time) {
    return time.time_since_epoch().count();
}

Time to_time(std::int64_t us) {
    return Time{std::chrono::microseconds{us}};
}

/// A scope in the numbers of the records.
class Filter {
public:
    Filter(const CensusScope& scope, const std::vector<std::string>& platforms)
        : all_teams_{!scope.visible}, team_{scope.team} {
        if (scope.visible) {
            for (const TeamId team : *scope.visible)
                visible_.push_back(raw(team));
            std::sort(visible_.begin(), visible_.end());
        }
        linux_only_ = scope.platform == "linux";
        if (linux_only_ || scope.platform.empty()) return;
        const auto found = std::find(platforms.begin(), platforms.end(), scope.platform);
        platform_ = static_cast<std::size_t>(found - platforms.begin());
    }

    bool admits(const Sightings::Record& host) const {
        const std::uint64_t team = host.team.load(kRelaxed);
        if (team_ && raw(*team_) != team) return false;
        if (linux_only_ && !host.is_linux.load(kRelaxed)) return false;
        if (platform_ && *platform_ != host.platform.load(kRelaxed)) return false;
        return all_teams_ || std::binary_search(visible_.begin(), visible_.end(), team);
    }

private:
    bool all_teams_;
    std::optional<TeamId> team_;
    std::vector<std::uint64_t> visible_{};
    bool linux_only_ = false;
    std::optional<std::size_t> platform_{};
};

HostStatus status_of(const Sightings::Record& host, Time seen, Time now) {
    return host_status(now, seen, std::chrono::seconds{host.online_for_s.load(kRelaxed)});
}

}  // namespace

void Sightings::Place::describe(const HostFacts& facts) {
    const auto window = online_window(facts.distributed_interval, facts.config_tls_refresh).count();
    constexpr std::int64_t kMost = std::numeric_limits<std::uint32_t>::max();
    at_->online_for_s.store(
        static_cast<std::uint32_t>(std::clamp<std::int64_t>(window, 0, kMost)), kRelaxed
    );
    at_->id.store(raw(facts.id), kRelaxed);
    at_->created_us.store(to_us(facts.created), kRelaxed);
    at_->team.store(facts.team ? raw(*facts.team) : 0, kRelaxed);
    at_->is_linux.store(facts.platform == Platform::linux, kRelaxed);
    // Names hardly ever change, and looking their number up takes a lock that all hosts share.
    const std::size_t hash = std::hash<std::string>{}(facts.raw_platform.str());
    if (hash == platform_hash_) return;
    platform_hash_ = hash;
    at_->platform.store(all_->platform_number(facts.raw_platform), kRelaxed);
}

Sightings::Record* Sightings::take() {
    const std::scoped_lock lock{mutex_};
    if (free_.empty()) {
        Chunk& chunk = *chunks_.emplace_back(std::make_unique<Chunk>());
        for (auto record = chunk.rbegin(); record != chunk.rend(); ++record)
            free_.push_back(&*record);
    }
    Record* record = free_.back();
    free_.pop_back();
    return record;
}

void Sightings::give_back(Record* record) {
    const std::scoped_lock lock{mutex_};
    record->counted.store(false, kRelaxed);
    record->platform.store(0, kRelaxed);
    free_.push_back(record);
}

std::uint16_t Sightings::platform_number(std::string_view name) {
    const std::scoped_lock lock{mutex_};
    const auto found = platform_numbers_.find(std::string{name});
    if (found != platform_numbers_.end()) return found->second;
    if (platforms_.size() >= kMostPlatforms) return 0;
    const auto number = static_cast<std::uint16_t>(platforms_.size());
    platforms_.emplace_back(name);
    platform_numbers_.emplace(name, number);
    return number;
}

Sightings::Extent Sightings::extent() const {
    Extent out;
    const std::scoped_lock lock{mutex_};
    for (const auto& chunk : chunks_)
        out.chunks.push_back(chunk.get());
    out.platforms = platforms_;
    return out;
}

template <class Visit>
void Sightings::look_through(const Extent& all, const CensusScope& scope, Visit&& visit) {
    const Filter filter{scope, all.platforms};
    for (const Chunk* chunk : all.chunks) {
        for (const Record& host : *chunk) {
            if (host.counted.load(std::memory_order_acquire) && filter.admits(host)) visit(host);
        }
    }
}

void Sightings::each(const CensusScope& scope, Time now, const VisitSeen& visit) const {
    look_through(extent(), scope, [&](const Record& host) {
        const Time seen = to_time(host.seen_us.load(kRelaxed));
        visit({static_cast<HostId>(host.id.load(kRelaxed)), seen, status_of(host, seen, now)});
    });
}

HostCensus Sightings::count(const CensusScope& scope, Time now, Time fresh_since) const {
    Extent all = extent();
    std::vector<std::string>& names = all.platforms;
    HostCensus out;
    std::vector<PlatformCount> platforms(names.size());
    look_through(all, scope, [&](const Record& host) {
        ++out.total;
        const HostStatus status = status_of(host, to_time(host.seen_us.load(kRelaxed)), now);
        if (status == HostStatus::online) ++out.online;
        if (status == HostStatus::missing) ++out.missing;
        if (host.created_us.load(kRelaxed) >= to_us(fresh_since)) ++out.fresh;
        const std::size_t number = host.platform.load(kRelaxed);
        // A name that came up while we count; the next count knows it.
        PlatformCount& platform = platforms[number < platforms.size() ? number : 0];
        ++platform.hosts;
        platform.is_linux = platform.is_linux || host.is_linux.load(kRelaxed);
    });
    for (std::size_t i = 0; i < platforms.size(); ++i) {
        if (platforms[i].hosts == 0) continue;
        platforms[i].platform = std::move(names[i]);
        out.platforms.push_back(std::move(platforms[i]));
    }
    std::sort(out.platforms.begin(), out.platforms.end(), [](const auto& a, const auto& b) {
        return a.hosts != b.hosts ? a.hosts > b.hosts : a.platform < b.platform;
    });
    return out;
}

}  // namespace fleet::checkin
