#include "fleet/core/nearest.hpp"

#include <algorithm>
#include <array>
#include <numeric>

namespace fleet {
namespace {

constexpr std::size_t kMaxLength = 64;

char lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

}  // namespace

std::size_t edit_distance(std::string_view a, std::string_view b) {
    a = a.substr(0, kMaxLength);
    b = b.substr(0, kMaxLength);
    using Line = std::array<std::size_t, kMaxLength + 1>;
    // Three lines of the matrix are enough: a swap looks back two.
    Line before{};
    Line last{};
    Line line{};
    std::iota(last.begin(), last.end(), std::size_t{0});
    for (std::size_t i = 1; i <= a.size(); ++i) {
        line[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const bool same = lower(a[i - 1]) == lower(b[j - 1]);
            line[j] = std::min({last[j] + 1, line[j - 1] + 1, last[j - 1] + (same ? 0u : 1u)});
            const bool swapped = i > 1 && j > 1 && lower(a[i - 1]) == lower(b[j - 2]) &&
                                 lower(a[i - 2]) == lower(b[j - 1]);
            if (swapped) line[j] = std::min(line[j], before[j - 2] + 1);
        }
        before = last;
        last = line;
    }
    return last[b.size()];
}

std::optional<std::string_view> nearest_name(
    std::string_view word, std::span<const std::string_view> names
) {
    // One slip in three letters is still a slip; more is another word.
    const std::size_t limit = std::max<std::size_t>(1, std::min(word.size(), kMaxLength) / 3);
    std::optional<std::string_view> best;
    std::size_t best_distance = limit + 1;
    for (const std::string_view name : names) {
        const std::size_t gap =
            name.size() > word.size() ? name.size() - word.size() : word.size() - name.size();
        if (gap >= best_distance) continue;
        const std::size_t distance = edit_distance(word, name);
        if (distance < best_distance) {
            best = name;
            best_distance = distance;
        }
    }
    return best;
}

}  // namespace fleet
