#pragma once

#include <array>
#include <string_view>

/// Texts of the wire that are one of a few words, for those who check and those who describe them.
namespace fleet {

/// In the order of Role.
inline constexpr std::array<std::string_view, 6> kRoleWords{
    "admin", "maintainer", "technician", "observer_plus", "observer", "gitops"};

/// How osquery reports a scheduled query: all rows, or what changed.
inline constexpr std::array<std::string_view, 3> kLoggingWords{
    "snapshot", "differential", "differential_ignore_removals"};

}  // namespace fleet
