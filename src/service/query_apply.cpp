#include <algorithm>

#include "fleet/core/json.hpp"
#include "fleet/core/roles.hpp"
#include "fleet/service/query_service.hpp"

namespace fleet::service {
namespace {

std::string applied_details(std::span<const store::QueryUpsert> upserts) {
    json::Value details{{"specs", json::Value::array()}};
    for (const store::QueryUpsert& upsert : upserts) {
        details["specs"].push_back(
            {{"name", upsert.fields.name},
             {"description", upsert.fields.description},
             {"query", upsert.fields.sql}}
        );
    }
    return json::dump(details);
}

bool same_labels(std::vector<store::LabelRef> a, std::vector<store::LabelRef> b) {
    const auto by_id = [](const store::LabelRef& x, const store::LabelRef& y) {
        return x.id < y.id;
    };
    std::sort(a.begin(), a.end(), by_id);
    std::sort(b.begin(), b.end(), by_id);
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const auto& x, const auto& y) {
        return x.id == y.id;
    });
}

bool same(const store::QueryFields& a, const store::QueryFields& b) {
    return a.name == b.name && a.description == b.description && a.sql == b.sql &&
           a.platform == b.platform && a.min_osquery_version == b.min_osquery_version &&
           a.logging == b.logging && a.interval == b.interval &&
           a.automations_enabled == b.automations_enabled && a.discard_data == b.discard_data &&
           a.observer_can_run == b.observer_can_run &&
           same_labels(a.labels_include_any, b.labels_include_any) &&
           same_labels(a.labels_include_all, b.labels_include_all);
}

}  // namespace

Result<ApplyPlan> QueryService::apply(
    const Viewer& viewer, std::span<const QuerySpec> specs, DryRun dry_run
) {
    FLEET_CHECK(authorize(viewer, Action::write_queries, Object::anywhere()));
    ApplyPlan plan;
    std::vector<store::QueryUpsert> upserts;
    for (const QuerySpec& spec : specs) {
        store::QueryUpsert upsert;
        if (!spec.team_name.empty()) {
            upsert.team = deps_.queries.team_named(spec.team_name);
            if (!upsert.team) return fail(Error::not_found("Team", spec.team_name));
        }
        FLEET_CHECK(authorize(viewer, Action::write_queries, Object::of_shared(upsert.team)));
        FLEET_TRY(upsert.fields, merge({}, spec.fields));
        if (const auto existing = deps_.queries.find(upsert.team, upsert.fields.name)) {
            upsert.existing = existing->id;
            upsert.discard = what_to_discard(existing->fields, upsert.fields);
            const bool kept = same(existing->fields, upsert.fields);
            (kept ? plan.kept : plan.changed).push_back(upsert.fields.name);
        } else {
            plan.added.push_back(upsert.fields.name);
        }
        upserts.push_back(std::move(upsert));
    }
    if (dry_run == DryRun::yes || upserts.empty()) return plan;
    FLEET_CHECK(deps_.queries.upsert(
        upserts,
        {viewer.id, viewer.name, viewer.email},
        [&](store::Session& session) {
            deps_.activities.record(
                session, viewer, "applied_spec_saved_query", applied_details(upserts)
            );
        }
    ));
    deps_.events.schedule_changed();
    return plan;
}

Result<store::Query> QueryService::schedule_copy(
    const Viewer& viewer,
    std::optional<TeamId> team,
    std::optional<QueryId> id,
    const QueryChanges& schedule
) {
    FLEET_CHECK(authorize(viewer, Action::write_queries, Object::of_shared(team)));
    if (!id) return fail(Error::invalid("query_id", "is required"));
    if (schedule.interval.value_or(0) == 0) {
        return fail(Error::invalid("interval", "must be greater than 0"));
    }
    FLEET_TRY(const store::Query original, get(viewer, *id));
    if (original.team && original.team != team) {
        return fail(Error::invalid("query_id", "the query belongs to another fleet"));
    }
    const store::QueryFields& f = original.fields;
    QueryChanges copy = schedule;
    copy.name = "Copy of " + f.name + " (" + std::to_string(unix_seconds(deps_.clock.now())) + ")";
    copy.description = f.description;
    copy.sql = f.sql;
    copy.observer_can_run = f.observer_can_run;
    copy.automations_enabled = true;
    if (!copy.platform) copy.platform = f.platform;
    if (!copy.min_osquery_version) copy.min_osquery_version = f.min_osquery_version;
    return create(viewer, team, copy);
}

}  // namespace fleet::service
