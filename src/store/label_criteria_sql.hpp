#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "fleet/core/ids.hpp"
#include "fleet/core/label_criteria.hpp"
#include "fleet/core/label_expression.hpp"
#include "fleet/store/db.hpp"

namespace fleet::store {

/// A condition on `hosts h`, made of constants, and the values it binds.
struct HostCondition {
    std::string text{};
    std::vector<Param> values{};
};

HostCondition criteria_condition(const LabelCriteria& criteria);

/// Names must have been looked up. Alternatives that are plain labels share one list, and a label
/// by itself is a semi-join, so the smaller side leads.
HostCondition label_condition(const LabelExpression& expression);

/// A label that decides by the attributes of hosts.
struct CriteriaLabel {
    LabelId id{};
    std::optional<TeamId> team{};
    LabelCriteria criteria{};
};
std::vector<CriteriaLabel> criteria_labels(Session& session);
std::optional<CriteriaLabel> criteria_label(Session& session, LabelId id);

/// Those of the hosts that the label takes, sorted. At most kMaxList hosts.
std::vector<HostId> hosts_that_meet(
    Session& session, const CriteriaLabel& label, std::span<const HostId> hosts
);

}  // namespace fleet::store
