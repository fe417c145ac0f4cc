#include <algorithm>
#include <set>

#include "fleet/core/roles.hpp"
#include "fleet/service/pack_service.hpp"

namespace fleet::service {
namespace {

using store::Pack;
using store::PackQuery;

Error bad(const std::string& reason) {
    return Error::bad_request("pack payload verification: " + reason);
}

template <class T>
std::vector<T> sorted(std::vector<T> values) {
    std::sort(values.begin(), values.end());
    values.erase(std::unique(values.begin(), values.end()), values.end());
    return values;
}

std::vector<store::PackQueryFields> by_name(std::vector<store::PackQueryFields> queries) {
    std::sort(queries.begin(), queries.end(), [](const auto& a, const auto& b) {
        return a.name < b.name;
    });
    return queries;
}

bool same(const store::PackFields& a, const store::PackFields& b) {
    return a.name == b.name && a.description == b.description && a.platform == b.platform &&
           a.disabled == b.disabled && sorted(a.targets.labels) == sorted(b.targets.labels) &&
           sorted(a.targets.hosts) == sorted(b.targets.hosts) &&
           sorted(a.targets.teams) == sorted(b.targets.teams);
}

}  // namespace

Result<PackSpec> PackService::to_spec(const Pack& pack) {
    PackSpec out;
    out.id = pack.id;
    out.name = pack.fields.name;
    out.description = pack.fields.description;
    out.platform = pack.fields.platform;
    out.disabled = pack.fields.disabled;
    store::PackTargetNames names = deps_.packs.target_names(pack.id);
    out.labels = std::move(names.labels);
    out.teams = std::move(names.teams);
    FLEET_TRY(const auto queries, deps_.packs.queries(pack.id, {}));
    for (const PackQuery& query : queries)
        out.queries.push_back({query.query_name, query.fields});
    return out;
}

Result<std::vector<PackSpec>> PackService::specs(const Viewer& viewer) {
    FLEET_CHECK(authorize(viewer, Action::read_packs, Object::global()));
    FLEET_TRY(const auto packs, deps_.packs.list({}));
    std::vector<PackSpec> out;
    // Three statements a pack: there are few, and nobody asks often.
    for (const Pack& pack : packs) {
        FLEET_TRY(PackSpec spec, to_spec(pack));
        out.push_back(std::move(spec));
    }
    return out;
}

Result<PackSpec> PackService::spec(const Viewer& viewer, const std::string& name) {
    FLEET_CHECK(authorize(viewer, Action::read_packs, Object::global()));
    const auto pack = deps_.packs.find(name);
    if (!pack) return fail(Error::not_found("Pack", name));
    return to_spec(*pack);
}

Result<store::PackUpsert> PackService::to_upsert(const PackSpec& spec) {
    store::PackUpsert out;
    out.fields.name = spec.name;
    out.fields.description = spec.description;
    out.fields.platform = spec.platform;
    out.fields.disabled = spec.disabled;
    const auto labels = deps_.queries.labels_named(spec.labels);
    for (const std::string& name : spec.labels) {
        const auto found = std::find_if(labels.begin(), labels.end(), [&](const auto& label) {
            return label.name == name;
        });
        if (found == labels.end()) return fail(bad("label \"" + name + "\" not found"));
        out.fields.targets.labels.push_back(found->id);
    }
    for (const std::string& name : spec.teams) {
        const auto team = deps_.queries.team_named(name);
        if (!team) return fail(bad("fleet \"" + name + "\" not found"));
        out.fields.targets.teams.push_back(*team);
    }
    FLEET_CHECK(check_pack(out.fields));
    std::set<std::string> names;
    for (const PackSpecQuery& entry : spec.queries) {
        const auto query = deps_.queries.find(std::nullopt, entry.query);
        if (!query) return fail(bad("query \"" + entry.query + "\" not found"));
        store::PackQueryFields fields = entry.fields;
        fields.query = query->id;
        if (fields.name.empty()) fields.name = query->fields.name;
        if (const auto ok = check_pack_query(fields); !ok) {
            const Error::Field& field = ok.error().fields.front();
            return fail(bad("query \"" + fields.name + "\": " + field.name + " " + field.reason));
        }
        if (!names.insert(fields.name).second) {
            return fail(bad("duplicate query name \"" + fields.name + "\""));
        }
        out.queries.push_back(std::move(fields));
    }
    return out;
}

Result<ApplyPlan> PackService::apply(
    const Viewer& viewer, std::span<const PackSpec> specs, DryRun dry_run
) {
    FLEET_CHECK(authorize(viewer, Action::write_packs, Object::global()));
    ApplyPlan plan;
    std::vector<store::PackUpsert> upserts;
    std::set<std::string> names;
    for (const PackSpec& spec : specs) {
        if (!names.insert(spec.name).second) {
            return fail(bad("duplicate pack name \"" + spec.name + "\""));
        }
        FLEET_TRY(store::PackUpsert upsert, to_upsert(spec));
        const auto existing = deps_.packs.find(spec.name);
        if (!existing) {
            plan.added.push_back(spec.name);
        } else if (existing->type) {
            plan.kept.push_back(spec.name);
            continue;
        } else {
            upsert.existing = existing->id;
            // Host targets cannot be told in a spec (operations.md B.4): they stay.
            upsert.fields.targets.hosts = existing->fields.targets.hosts;
            FLEET_TRY(const auto queries, deps_.packs.queries(existing->id, {}));
            std::vector<store::PackQueryFields> before;
            for (const PackQuery& query : queries)
                before.push_back(query.fields);
            const bool kept =
                same(existing->fields, upsert.fields) && by_name(before) == by_name(upsert.queries);
            (kept ? plan.kept : plan.changed).push_back(spec.name);
        }
        upserts.push_back(std::move(upsert));
    }
    if (dry_run == DryRun::yes || upserts.empty()) return plan;
    FLEET_CHECK(deps_.packs.apply(upserts, [&](store::Session& session) {
        deps_.activities.record(session, viewer, "applied_spec_pack", "");
    }));
    deps_.events.schedule_changed();
    return plan;
}

}  // namespace fleet::service
