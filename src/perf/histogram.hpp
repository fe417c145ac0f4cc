#pragma once

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>

namespace fleet::perf {

/// Latencies from 1 microsecond to over an hour in buckets that grow with the value: at most
/// 1.6 % wide, so every percentile is right within that.
class Histogram {
public:
    void record(std::chrono::nanoseconds value);
    void merge(const Histogram& other);

    std::uint64_t count() const { return count_; }
    std::chrono::microseconds maximum() const { return std::chrono::microseconds{maximum_}; }
    std::chrono::microseconds mean() const;

    /// The value that `percent` percent of the recorded ones do not exceed; 0 when empty.
    std::chrono::microseconds percentile(double percent) const;

private:
    static constexpr std::size_t kSubBits = 6;
    static constexpr std::size_t kMagnitudes = 27;
    static constexpr std::size_t kBuckets = (kMagnitudes + 1) << kSubBits;

    static std::size_t bucket_of(std::uint64_t microseconds);
    static std::uint64_t highest_in(std::size_t bucket);

    std::array<std::uint32_t, kBuckets> buckets_{};
    std::uint64_t count_{};
    std::uint64_t sum_{};
    std::uint64_t maximum_{};
};

}  // namespace fleet::perf
