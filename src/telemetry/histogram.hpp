#pragma once

#include <prometheus/client_metric.h>

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>

namespace fleet::telemetry {

/// Upper bounds in raw units (nanoseconds, bytes) and how many raw units make one shown unit.
struct Scale {
    std::span<const std::uint64_t> bounds;
    double unit;
};

/// A histogram that any thread may count into without a lock. The one of prometheus-cpp takes a
/// mutex for each observation, which the event loop should not.
class Histogram {
public:
    static constexpr std::size_t kMaxBounds = 18;

    explicit Histogram(Scale scale) : scale_{scale} {}

    void observe(std::uint64_t raw) noexcept {
        std::size_t bucket = 0;
        while (bucket < scale_.bounds.size() && raw > scale_.bounds[bucket]) {
            ++bucket;
        }
        counts_[bucket].fetch_add(1, std::memory_order_relaxed);
        sum_.fetch_add(raw, std::memory_order_relaxed);
    }

    prometheus::ClientMetric collect() const {
        prometheus::ClientMetric out;
        std::uint64_t total = 0;
        for (std::size_t i = 0; i <= scale_.bounds.size(); ++i) {
            total += counts_[i].load(std::memory_order_relaxed);
            const double bound = i < scale_.bounds.size()
                                     ? static_cast<double>(scale_.bounds[i]) / scale_.unit
                                     : std::numeric_limits<double>::infinity();
            out.histogram.bucket.push_back({total, bound});
        }
        out.histogram.sample_count = total;
        out.histogram.sample_sum =
            static_cast<double>(sum_.load(std::memory_order_relaxed)) / scale_.unit;
        return out;
    }

private:
    Scale scale_;
    std::array<std::atomic<std::uint64_t>, kMaxBounds + 1> counts_{};
    std::atomic<std::uint64_t> sum_ = 0;
};

}  // namespace fleet::telemetry
