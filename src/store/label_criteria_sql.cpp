#include "label_criteria_sql.hpp"

#include <algorithm>

#include "fleet/core/log.hpp"
#include "sql_list.hpp"

namespace fleet::store {
namespace {

constexpr const char* kColumns = "SELECT id, team_id, criteria FROM labels WHERE ";

const char* operator_text(LabelCriteria::Operator op) {
    switch (op) {
        case LabelCriteria::Operator::equal:
            return " = ?";
        case LabelCriteria::Operator::unequal:
            return " <> ?";
        case LabelCriteria::Operator::greater:
            return " > ?";
        case LabelCriteria::Operator::less:
            return " < ?";
        case LabelCriteria::Operator::like:
            return " LIKE ?";
    }
    return " = ?";
}

void take_values(std::vector<Param>& to, std::vector<Param> from) {
    to.insert(to.end(), std::make_move_iterator(from.begin()), std::make_move_iterator(from.end()));
}

/// Labels whose criteria can no longer be read take nobody; a message says so.
std::optional<CriteriaLabel> to_label(const Row& row) {
    CriteriaLabel out;
    out.id = row.id<LabelId>(0);
    out.team = row.opt_id<TeamId>(1);
    auto criteria = parse_label_criteria(row.str(2));
    if (!criteria) {
        log::error("criteria of a label cannot be read", {{"label_id", raw(out.id)}});
        return std::nullopt;
    }
    out.criteria = std::move(*criteria);
    return out;
}

using Kind = LabelExpression::Kind;

std::vector<LabelId> plain_labels(const LabelExpression& expression) {
    std::vector<LabelId> out;
    for (const LabelExpression& part : expression.parts) {
        if (part.kind == Kind::label) out.push_back(part.label);
    }
    return out;
}

HostCondition in_labels(const std::vector<LabelId>& labels) {
    HostCondition out;
    out.values = id_params<LabelId>(labels);
    out.text = "h.id IN (SELECT lm.host_id FROM label_membership lm WHERE lm.label_id IN " +
               placeholders(out.values.size()) + ")";
    return out;
}

}  // namespace

HostCondition criteria_condition(const LabelCriteria& criteria) {
    HostCondition out;
    if (criteria.kind == LabelCriteria::Kind::compare) {
        if (criteria.vital.kind == HostVital::Kind::unknown_to_us) {
            out.text = "1 = 0";
            return out;
        }
        // The name comes from the table of vitals, which holds columns of hosts.
        out.text = "h." + std::string{criteria.vital.name} + operator_text(criteria.op);
        if (criteria.vital.kind == HostVital::Kind::number) {
            out.values.emplace_back(criteria.number);
        } else {
            out.values.emplace_back(criteria.value);
        }
        return out;
    }
    const char* word = criteria.kind == LabelCriteria::Kind::all ? " AND " : " OR ";
    for (const LabelCriteria& part : criteria.parts) {
        HostCondition one = criteria_condition(part);
        out.text += (out.text.empty() ? "(" : word) + one.text;
        take_values(out.values, std::move(one.values));
    }
    out.text += ")";
    return out;
}

HostCondition label_condition(const LabelExpression& expression) {
    if (expression.kind == Kind::label) return in_labels({expression.label});
    HostCondition out;
    if (expression.kind == Kind::none_of) {
        HostCondition inner = label_condition(expression.parts.front());
        out.text = "NOT (" + inner.text + ")";
        out.values = std::move(inner.values);
        return out;
    }
    const bool any = expression.kind == Kind::any;
    const auto add = [&](HostCondition one) {
        if (!out.text.empty()) out.text += any ? " OR " : " AND ";
        out.text += one.text;
        take_values(out.values, std::move(one.values));
    };
    if (any) {
        if (const auto labels = plain_labels(expression); !labels.empty()) add(in_labels(labels));
    }
    for (const LabelExpression& part : expression.parts) {
        if (!any || part.kind != Kind::label) add(label_condition(part));
    }
    out.text = "(" + out.text + ")";
    return out;
}

std::vector<CriteriaLabel> criteria_labels(Session& session) {
    static const Sql sql{"criteria_labels", std::string{kColumns} + "membership = 2 ORDER BY id"};
    std::vector<CriteriaLabel> out;
    session.select(sql, {}, [&](const Row& row) {
        if (auto label = to_label(row)) out.push_back(std::move(*label));
    });
    return out;
}

std::optional<CriteriaLabel> criteria_label(Session& session, LabelId id) {
    static const Sql sql{"criteria_label", std::string{kColumns} + "id = ? AND membership = 2"};
    const std::vector<Param> values = params(id);
    std::optional<CriteriaLabel> out;
    session.select(sql, values, [&](const Row& row) { out = to_label(row); });
    return out;
}

std::vector<HostId> hosts_that_meet(
    Session& session, const CriteriaLabel& label, std::span<const HostId> hosts
) {
    if (hosts.empty()) return {};
    HostCondition condition = criteria_condition(label.criteria);
    if (label.team) {
        condition.text += " AND h.team_id = ?";
        condition.values.emplace_back(raw(*label.team));
    }
    std::vector<Param> values = id_params(hosts);
    const std::string list = placeholders(values.size());
    take_values(values, std::move(condition.values));
    const Sql sql{
        "hosts_that_meet_criteria",
        "SELECT h.id FROM hosts h WHERE h.id IN " + list + " AND " + condition.text};
    std::vector<HostId> out;
    session.select(sql, values, [&](const Row& row) { out.push_back(row.id<HostId>(0)); });
    std::sort(out.begin(), out.end());
    return out;
}

}  // namespace fleet::store
