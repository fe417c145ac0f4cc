#pragma once

#include <cstdint>
#include <string_view>

namespace fleet::perf {

/// splitmix64: turns a counter or key into well-mixed bits.
constexpr std::uint64_t mix(std::uint64_t x) {
    x += 0x9E3779B97F4A7C15U;
    x = (x ^ (x >> 30U)) * 0xBF58476D1CE4E5B9U;
    x = (x ^ (x >> 27U)) * 0x94D049BB133111EBU;
    return x ^ (x >> 31U);
}

/// A value that depends on a host's key and a purpose, and on nothing else: the same host gets
/// the same data in every run.
constexpr std::uint64_t draw(std::uint64_t key, std::string_view purpose) {
    std::uint64_t hash = 0xCBF29CE484222325U;
    for (const char c : purpose) {
        hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001B3U;
    }
    return mix(key ^ hash);
}

/// Fast generator for jitter; not reproducible data.
class Jitter {
public:
    explicit Jitter(std::uint64_t seed) : state_{seed} {}

    std::uint64_t next() { return mix(state_++); }

    /// Uniform in [0, 1).
    double fraction() { return static_cast<double>(next() >> 11U) * 0x1.0p-53; }

private:
    std::uint64_t state_;
};

}  // namespace fleet::perf
