#include "fleet/core/policy_scope.hpp"

#include <algorithm>
#include <array>

namespace fleet {
namespace {

constexpr std::array kPlatforms{
    Platform::darwin, Platform::windows, Platform::linux, Platform::chrome};

/// Takes the next name off a comma list, without the blanks around it.
std::string_view next_name(std::string_view& list) {
    std::string_view name = list.substr(0, list.find(','));
    list.remove_prefix(std::min(name.size() + 1, list.size()));
    while (!name.empty() && name.front() == ' ')
        name.remove_prefix(1);
    while (!name.empty() && name.back() == ' ')
        name.remove_suffix(1);
    return name;
}

bool has(const std::vector<LabelId>& sorted, LabelId label) {
    return std::binary_search(sorted.begin(), sorted.end(), label);
}

}  // namespace

std::optional<PlatformBits> parse_policy_platforms(std::string_view list) {
    PlatformBits out = 0;
    while (!list.empty()) {
        const std::string_view name = next_name(list);
        const auto found = std::find_if(kPlatforms.begin(), kPlatforms.end(), [&](Platform one) {
            return to_text(one) == name;
        });
        if (found == kPlatforms.end()) return std::nullopt;
        out |= 1U << static_cast<unsigned>(*found);
    }
    return out;
}

std::string clean_policy_platforms(std::string_view list) {
    std::vector<std::string_view> names;
    while (!list.empty()) {
        const std::string_view name = next_name(list);
        if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
    }
    std::string out;
    for (const std::string_view name : names) {
        if (!out.empty()) out += ',';
        out += name;
    }
    return out;
}

bool PolicyScope::covers_labels(const std::vector<LabelId>& labels) const {
    const auto member = [&](LabelId label) { return has(labels, label); };
    const auto any = [&](const std::vector<LabelId>& of) {
        return std::any_of(of.begin(), of.end(), member);
    };
    const auto all = [&](const std::vector<LabelId>& of) {
        return std::all_of(of.begin(), of.end(), member);
    };
    if (!include_any.empty() && !any(include_any)) return false;
    if (!include_all.empty() && !all(include_all)) return false;
    if (!exclude_any.empty() && any(exclude_any)) return false;
    return exclude_all.empty() || !all(exclude_all);
}

}  // namespace fleet
