#include "fleet/store/software_catalog.hpp"

#include <mutex>

namespace fleet::store {
namespace {

template <class Map>
auto value_in(const Map& map, const ContentDigest& digest)
    -> std::optional<typename Map::mapped_type> {
    const auto found = map.find(digest);
    if (found == map.end()) return std::nullopt;
    return found->second;
}

template <class Container>
void merge(Container& into, Container&& from, std::size_t limit) {
    if (into.size() + from.size() > limit) into.clear();
    into.merge(from);
}

}  // namespace

bool SoftwareCatalog::knows(const ContentDigest& software) const {
    const std::shared_lock lock{mutex_};
    return software_.contains(software);
}

std::optional<SoftwareCatalog::Known> SoftwareCatalog::take(const ContentDigest& software) {
    const std::scoped_lock lock{mutex_};
    const auto found = software_.find(software);
    if (found == software_.end()) return std::nullopt;
    ++found->second.holders;
    return found->second;
}

std::optional<std::uint64_t> SoftwareCatalog::bucket(const ContentDigest& digest) const {
    const std::shared_lock lock{mutex_};
    return value_in(buckets_, digest);
}

std::optional<std::uint64_t> SoftwareCatalog::set(const ContentDigest& digest) const {
    const std::shared_lock lock{mutex_};
    return value_in(sets_, digest);
}

bool SoftwareCatalog::knows_title(const ContentDigest& digest) const {
    const std::shared_lock lock{mutex_};
    return titles_.contains(digest);
}

void SoftwareCatalog::enter(std::uint64_t generation) {
    const std::scoped_lock lock{mutex_};
    if (generation_ == generation) return;
    generation_ = generation;
    software_.clear();
    buckets_.clear();
    sets_.clear();
    titles_.clear();
}

void SoftwareCatalog::learn(Learned learned) {
    const std::scoped_lock lock{mutex_};
    if (learned.generation != generation_) return;
    if (software_.size() + learned.software.size() > limits_.software) {
        // The long tail goes first: what one host alone has is not met again.
        std::erase_if(software_, [](const auto& entry) { return entry.second.holders <= 1; });
        if (software_.size() > limits_.software / 4 * 3) software_.clear();
    }
    software_.merge(learned.software);
    merge(buckets_, std::move(learned.buckets), limits_.buckets);
    merge(sets_, std::move(learned.sets), limits_.sets);
    merge(titles_, std::move(learned.titles), limits_.software);
}

}  // namespace fleet::store
