#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "fleet/core/result.hpp"

namespace fleet {

/// A fact about a host that criteria can look at.
struct HostVital {
    enum class Kind : std::uint8_t {
        text,
        number,
        unknown_to_us  // a word of the contract for which no host has a value yet
    };
    std::string_view name;
    Kind kind = Kind::text;
};
std::span<const HostVital> host_vitals();

/// What makes a host a member of a host-vitals label (rest-api-a 14.3): a comparison, or all or any
/// of several criteria.
struct LabelCriteria {
    enum class Kind : std::uint8_t { compare, all, any };
    enum class Operator : std::uint8_t { equal, unequal, greater, less, like };
    Kind kind = Kind::compare;
    HostVital vital{};
    Operator op = Operator::equal;
    std::string value{};  // as text; of a number when the vital is one
    double number = 0;
    std::vector<LabelCriteria> parts{};
};

/// 422 on the field `criteria` when they cannot be evaluated.
Result<LabelCriteria> parse_label_criteria(std::string_view json_text);

}  // namespace fleet
