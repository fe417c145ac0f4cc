#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "fleet/core/host.hpp"

namespace fleet {

/// Platforms as bits, 1 << Platform.
using PlatformBits = unsigned;

/// The platforms of a comma list ("darwin,linux"); 0 for "": all. Nothing when a name is unknown.
std::optional<PlatformBits> parse_policy_platforms(std::string_view list);
/// The list without blanks and repeats, in the order in which the names first came.
std::string clean_policy_platforms(std::string_view list);

/// Which hosts a policy is for. Every condition must hold.
struct PolicyScope {
    std::optional<TeamId> team{};  // none: all hosts; 0: hosts of no team
    PlatformBits platforms = 0;    // 0: any
    std::vector<LabelId> include_any{}, include_all{}, exclude_any{}, exclude_all{};

    bool has_labels() const {
        return !(
            include_any.empty() && include_all.empty() && exclude_any.empty() && exclude_all.empty()
        );
    }
    bool covers_team(std::optional<TeamId> of_host) const {
        return !team || *team == of_host.value_or(TeamId{0});
    }
    bool covers_platform(Platform platform) const {
        return platforms == 0 || (platforms >> static_cast<unsigned>(platform) & 1U) != 0;
    }
    /// `labels`: of the host, sorted.
    bool covers_labels(const std::vector<LabelId>& labels) const;
    bool covers(
        std::optional<TeamId> of_host, Platform platform, const std::vector<LabelId>& labels
    ) const {
        return covers_team(of_host) && covers_platform(platform) && covers_labels(labels);
    }
};

}  // namespace fleet
