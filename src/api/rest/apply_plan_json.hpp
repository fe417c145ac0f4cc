#pragma once

#include "fleet/core/json.hpp"
#include "fleet/service/apply_plan.hpp"

namespace fleet::api::rest {

/// The answer to specs: `{}` as clients know it, and the plan when that was all they asked for.
inline json::Value apply_answer(const service::ApplyPlan& plan, service::DryRun dry_run) {
    json::Value out = json::Value::object();
    if (dry_run == service::DryRun::no) return out;
    out["plan"] = {
        {"added", plan.added},
        {"changed", plan.changed},
        {"deleted", plan.deleted},
        {"kept", plan.kept}};
    return out;
}

}  // namespace fleet::api::rest
