#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "fleet/core/host.hpp"
#include "fleet/core/host_census.hpp"

namespace fleet::checkin {

/// What hosts are counted and listed by: a short record each, side by side in memory, so that
/// 100,000 hosts are looked through in less than a millisecond. Check-ins write them without a
/// lock; counting reads them while they change.
class Sightings {
public:
    struct Record {
        std::atomic<std::uint64_t> id{0};
        std::atomic<std::int64_t> seen_us{0};
        std::atomic<std::int64_t> created_us{0};
        std::atomic<std::uint64_t> team{0};  // 0: none
        std::atomic<std::uint32_t> online_for_s{0};
        std::atomic<std::uint16_t> platform{0};  // see platform_number()
        std::atomic<bool> is_linux{false};
        std::atomic<bool> counted{false};
    };

    /// One host's record, as long as its entry lives.
    class Place {
    public:
        explicit Place(std::shared_ptr<Sightings> all) : all_{std::move(all)}, at_{all_->take()} {}
        ~Place() { all_->give_back(at_); }
        Place(const Place&) = delete;
        Place& operator=(const Place&) = delete;

        Record* operator->() const { return at_; }
        /// Brings everything but the last sign of life up to date.
        void describe(const HostFacts& facts);

    private:
        std::shared_ptr<Sightings> all_;
        Record* at_;
        std::size_t platform_hash_ = 0;  // of the name that the record's number stands for
    };

    HostCensus count(const CensusScope& scope, Time now, Time fresh_since) const;
    /// Visits the hosts of the scope in no particular order. A host that is added or deleted just
    /// then may be visited or not.
    void each(const CensusScope& scope, Time now, const VisitSeen& visit) const;

private:
    static constexpr std::size_t kChunk = 1024;
    using Chunk = std::array<Record, kChunk>;

    /// What there is to look through at a moment.
    struct Extent {
        std::vector<const Chunk*> chunks{};
        std::vector<std::string> platforms{};  // by number
    };
    Extent extent() const;
    template <class Visit>
    static void look_through(const Extent& all, const CensusScope& scope, Visit&& visit);

    Record* take();
    void give_back(Record* record);
    std::uint16_t platform_number(std::string_view name);

    mutable std::mutex mutex_{};
    std::vector<std::unique_ptr<Chunk>> chunks_{};  // never shrinks, records stay where they are
    std::vector<Record*> free_{};
    std::vector<std::string> platforms_{std::string{}};
    std::unordered_map<std::string, std::uint16_t> platform_numbers_{{std::string{}, 0}};
};

}  // namespace fleet::checkin
