#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "fleet/core/ids.hpp"
#include "fleet/core/result.hpp"

namespace fleet {

/// Which labels a host must have: "(7 or 'Pilot group') and not 9". A tree; labels are its leaves.
struct LabelExpression {
    enum class Kind : std::uint8_t { label, all, any, none_of };
    Kind kind = Kind::label;
    LabelId label{};     // of a leaf, when it was given by id or has been looked up
    std::string name{};  // of a leaf that was given by name
    std::vector<LabelExpression> parts{};  // none_of has one

    /// Calls `visit` for every leaf.
    void each_label(const std::function<void(LabelExpression&)>& visit);

    bool operator==(const LabelExpression&) const = default;
};

/// Most labels that one expression may name, and how deep it may be nested.
inline constexpr std::size_t kMostLabelTerms = 50;
inline constexpr int kDeepestLabelTerm = 16;

/// `and`, `or`, `not` in any case, brackets; labels by id, or by name in quotes (a quote in a name
/// is written twice). `not` binds tightest, then `and`. The error is a reason for people.
Result<LabelExpression> parse_label_expression(std::string_view text);

}  // namespace fleet
