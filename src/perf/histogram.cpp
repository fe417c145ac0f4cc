#include "perf/histogram.hpp"

#include <algorithm>
#include <bit>
#include <cmath>

namespace fleet::perf {

// Values below 64 have a bucket each. Above, a value with highest bit b falls into one of the 64
// equal parts of [2^b, 2^(b+1)).

std::size_t Histogram::bucket_of(std::uint64_t microseconds) {
    constexpr std::uint64_t kLinear = 1ULL << kSubBits;
    if (microseconds < kLinear) return static_cast<std::size_t>(microseconds);
    const auto high = static_cast<std::size_t>(std::bit_width(microseconds)) - 1;
    const auto shift = high - kSubBits;
    const auto part = static_cast<std::size_t>(microseconds >> shift) & (kLinear - 1);
    return std::min(((shift + 1) << kSubBits) + part, kBuckets - 1);
}

std::uint64_t Histogram::highest_in(std::size_t bucket) {
    constexpr std::uint64_t kLinear = 1ULL << kSubBits;
    if (bucket < kLinear) return bucket;
    const auto shift = (bucket >> kSubBits) - 1;
    const auto part = bucket & (kLinear - 1);
    return ((kLinear + part + 1) << shift) - 1;
}

void Histogram::record(std::chrono::nanoseconds value) {
    const auto ticks = std::max<std::int64_t>(value.count() / 1000, 0);
    const auto microseconds = static_cast<std::uint64_t>(ticks);
    ++buckets_.at(bucket_of(microseconds));
    ++count_;
    sum_ += microseconds;
    maximum_ = std::max(maximum_, microseconds);
}

void Histogram::merge(const Histogram& other) {
    for (std::size_t i = 0; i < kBuckets; ++i)
        buckets_.at(i) += other.buckets_.at(i);
    count_ += other.count_;
    sum_ += other.sum_;
    maximum_ = std::max(maximum_, other.maximum_);
}

std::chrono::microseconds Histogram::mean() const {
    return std::chrono::microseconds{count_ == 0 ? 0 : sum_ / count_};
}

std::chrono::microseconds Histogram::percentile(double percent) const {
    if (count_ == 0) return {};
    const auto share = std::ceil(percent / 100.0 * static_cast<double>(count_));
    const auto wanted = std::clamp<std::uint64_t>(static_cast<std::uint64_t>(share), 1, count_);
    std::uint64_t seen = 0;
    for (std::size_t i = 0; i < kBuckets; ++i) {
        seen += buckets_.at(i);
        if (seen >= wanted) return std::chrono::microseconds{std::min(highest_in(i), maximum_)};
    }
    return maximum();
}

}  // namespace fleet::perf
