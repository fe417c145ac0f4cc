#include "fleet/core/policy_automations.hpp"

#include <algorithm>

#include "fleet/core/json.hpp"

namespace fleet {
namespace {

/// The object below these members, or null.
json::Value* below(json::Value& from, std::initializer_list<const char*> path) {
    json::Value* at = &from;
    for (const char* name : path) {
        if (!at->is_object()) return nullptr;
        const auto found = at->find(name);
        if (found == at->end()) return nullptr;
        at = &*found;
    }
    return at;
}

bool is_true(json::Value& from, std::initializer_list<const char*> path) {
    const json::Value* found = below(from, path);
    return found != nullptr && found->is_boolean() && found->get<bool>();
}

bool makes_tickets(json::Value& config, const char* service) {
    json::Value* list = below(config, {"integrations", service});
    return list != nullptr && list->is_array() &&
           std::any_of(list->begin(), list->end(), [](json::Value& one) {
               return is_true(one, {"enable_failing_policies"});
           });
}

json::Value* policy_ids(json::Value& config) {
    json::Value* ids =
        below(config, {"webhook_settings", "failing_policies_webhook", "policy_ids"});
    return ids != nullptr && ids->is_array() ? ids : nullptr;
}

}  // namespace

std::vector<PolicyId> policies_with_webhook(std::string_view text) {
    json::Value config = json::Value::parse(text, nullptr, false);
    const bool on =
        is_true(
            config,
            {"webhook_settings", "failing_policies_webhook", "enable_failing_policies_webhook"}
        ) ||
        makes_tickets(config, "jira") || makes_tickets(config, "zendesk");
    std::vector<PolicyId> out;
    const json::Value* ids = policy_ids(config);
    if (!on || ids == nullptr) return out;
    for (const json::Value& id : *ids) {
        if (id.is_number_unsigned()) out.push_back(PolicyId{id.get<std::uint64_t>()});
    }
    std::sort(out.begin(), out.end());
    return out;
}

std::optional<std::string> without_webhook(
    std::string_view text, std::span<const PolicyId> policies
) {
    json::Value config = json::Value::parse(text, nullptr, false);
    json::Value* ids = policy_ids(config);
    if (ids == nullptr) return std::nullopt;
    json::Value left = json::Value::array();
    for (const json::Value& id : *ids) {
        const bool gone =
            id.is_number_unsigned() &&
            std::find(policies.begin(), policies.end(), PolicyId{id.get<std::uint64_t>()}) !=
                policies.end();
        if (!gone) left.push_back(id);
    }
    if (left.size() == ids->size()) return std::nullopt;
    *ids = std::move(left);
    return json::dump(config);
}

}  // namespace fleet
