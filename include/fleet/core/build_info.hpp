#pragma once

#include <string_view>

namespace fleet {

/// What this binary was built from; "unknown" where the build could not tell.
struct BuildInfo {
    std::string_view version;
    std::string_view branch;
    std::string_view revision;
    std::string_view build_date;  // that of the revision, so that builds can be repeated
    std::string_view build_user;
    std::string_view compiler;
};

BuildInfo build_info() noexcept;

}  // namespace fleet
