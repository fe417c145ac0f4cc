#pragma once

#include <string>
#include <vector>

namespace fleet::service {

enum class DryRun { no, yes };

/// What a batch of specs does, by name.
struct ApplyPlan {
    std::vector<std::string> added{}, changed{}, deleted{}, kept{};
};

}  // namespace fleet::service
