// What clients send of policies, turned into fields.
#include <algorithm>
#include <set>

#include "fleet/core/json.hpp"
#include "fleet/service/policy_service.hpp"

namespace fleet::service {
namespace {

constexpr Action kWrite = Action::write_policies;

Error bad(const std::string& reason) {
    return Error::bad_request("policy payload verification: " + reason);
}

/// 0 takes the automation away; absent keeps it.
void set_target(std::optional<std::uint64_t>& slot, std::optional<std::uint64_t> in) {
    if (in) slot = *in == 0 ? std::nullopt : in;
}

std::string applied_details(
    std::span<const store::PolicyUpsert> upserts, std::span<const PolicySpec> specs
) {
    json::Value details{{"policies", json::Value::array()}};
    for (std::size_t i = 0; i < upserts.size(); ++i) {
        const store::PolicyFields& f = upserts[i].fields;
        details["policies"].push_back(
            {{"name", f.name},
             {"query", f.sql},
             {"description", f.description},
             {"critical", f.critical},
             {"resolution", f.resolution.value_or("")},
             {"team", specs[i].team_name},
             {"platform", f.platform}}
        );
    }
    return json::dump(details);
}

}  // namespace

Result<> PolicyService::merge_labels(store::PolicyLabels& labels, const PolicyChanges& in) {
    const auto set = [&](std::vector<store::LabelRef>& target,
                         const std::optional<std::vector<std::string>>& names) -> Result<> {
        if (!names) return {};
        auto found = deps_.queries.labels_named(*names);
        for (const std::string& name : *names) {
            const bool known = std::any_of(found.begin(), found.end(), [&](const auto& label) {
                return label.name == name;
            });
            if (!known) return fail(bad("label \"" + name + "\" does not exist"));
        }
        std::sort(found.begin(), found.end(), [](const auto& a, const auto& b) {
            return a.id < b.id;
        });
        found.erase(
            std::unique(
                found.begin(),
                found.end(),
                [](const auto& a, const auto& b) { return a.id == b.id; }
            ),
            found.end()
        );
        target = std::move(found);
        return {};
    };
    // Naming labels of one kind replaces those of the other: there is one list of each.
    const auto named = [](const auto& names) { return names && !names->empty(); };
    if (named(in.include_any) && !in.include_all) labels.include_all.clear();
    if (named(in.include_all) && !in.include_any) labels.include_any.clear();
    if (named(in.exclude_any) && !in.exclude_all) labels.exclude_all.clear();
    if (named(in.exclude_all) && !in.exclude_any) labels.exclude_any.clear();
    FLEET_CHECK(set(labels.include_any, in.include_any));
    FLEET_CHECK(set(labels.include_all, in.include_all));
    FLEET_CHECK(set(labels.exclude_any, in.exclude_any));
    return set(labels.exclude_all, in.exclude_all);
}

/// The server holds no packages and no scripts yet, so none can be named.
Result<> PolicyService::merge_automations(
    store::PolicyFields& fields, const PolicyChanges& in, std::optional<TeamId> team
) {
    set_target(fields.software_title, in.software_title);
    set_target(fields.software_installer, in.software_installer);
    set_target(fields.script, in.script);
    if (!team) {
        fields.software_title.reset();
        fields.software_installer.reset();
        fields.script.reset();
        return {};
    }
    if (fields.software_title) {
        return fail(
            bad("software title " + std::to_string(*fields.software_title) +
                " has no package for this team")
        );
    }
    if (fields.software_installer) return fail(bad("software_installer_id needs a software title"));
    if (fields.script) {
        return fail(
            bad("script " + std::to_string(*fields.script) + " does not belong to this team")
        );
    }
    return {};
}

Result<store::PolicyFields> PolicyService::merge(
    store::PolicyFields fields, const PolicyChanges& in, std::optional<TeamId> team
) {
    if (!in.type.empty() && in.type != "dynamic") {
        return fail(
            bad(in.type == "patch" ? "patch policies need a Fleet-maintained app, and there is none"
                                   : "invalid policy type \"" + in.type + "\": use dynamic")
        );
    }
    if (in.query) {
        if (in.sql && !in.sql->empty()) {
            return fail(bad("only one of query_id and query may be given"));
        }
        const auto query = deps_.queries.find(*in.query);
        if (!query || !query->saved) return fail(Error::not_found("Query", to_text(*in.query)));
        fields.name = query->fields.name;
        fields.sql = query->fields.sql;
        fields.description = query->fields.description;
    }
    const auto set = [](auto& target, const auto& value) {
        if (value) target = *value;
    };
    if (!in.query || (in.name && !in.name->empty())) set(fields.name, in.name);
    if (!in.query) set(fields.sql, in.sql);
    set(fields.description, in.description);
    set(fields.resolution, in.resolution);
    if (in.platform) {
        if (!parse_policy_platforms(*in.platform)) return fail(bad("invalid policy platform"));
        // The same names in another order are no change.
        if (parse_policy_platforms(*in.platform) != parse_policy_platforms(fields.platform)) {
            fields.platform = clean_policy_platforms(*in.platform);
        }
    }
    set(fields.critical, in.critical);
    if (team) {
        set(fields.calendar_events, in.calendar_events);
        set(fields.conditional_access, in.conditional_access);
        set(fields.continuous_automations, in.continuous_automations);
    }
    FLEET_CHECK(merge_automations(fields, in, team));
    FLEET_CHECK(merge_labels(fields.labels, in));
    FLEET_CHECK(check_policy(fields));
    return fields;
}

/// "" for all hosts, "No team" and "Unassigned" for hosts of none, else a team's name.
Result<std::optional<TeamId>> PolicyService::team_named(const std::string& name) {
    if (name.empty()) return std::optional<TeamId>{};
    if (name == "No team" || name == "Unassigned") return std::optional{TeamId{0}};
    const auto team = deps_.queries.team_named(name);
    if (!team) return fail(Error::not_found("Team", name));
    return team;
}

Result<store::PolicyUpsert> PolicyService::to_upsert(const Viewer& viewer, const PolicySpec& spec) {
    store::PolicyUpsert out;
    FLEET_TRY(out.team, team_named(spec.team_name));
    FLEET_CHECK(authorize(viewer, kWrite, policy_object(out.team)));
    auto fields = merge({}, spec.fields, out.team);
    if (!fields) {
        Error error = std::move(fields).error();
        constexpr std::string_view kPayload = "policy payload";
        for (Error::Field& field : error.fields) {
            if (field.reason.starts_with(kPayload)) {
                field.reason.replace(0, kPayload.size(), "policy spec payload");
            }
        }
        return fail(std::move(error));
    }
    out.fields = std::move(*fields);
    if (const auto existing = deps_.policies.find(out.team, out.fields.name)) {
        out.existing = existing->id;
        out.change = what_changes(existing->fields, out.fields);
    }
    return out;
}

Result<> PolicyService::apply(
    const Viewer& viewer, std::span<const PolicySpec> specs, DryRun dry_run
) {
    FLEET_CHECK(authorize(viewer, kWrite, Object::anywhere()));
    std::vector<store::PolicyUpsert> upserts;
    std::set<std::pair<std::optional<TeamId>, std::string>> names;
    for (const PolicySpec& spec : specs) {
        FLEET_TRY(store::PolicyUpsert upsert, to_upsert(viewer, spec));
        if (!names.emplace(upsert.team, upsert.fields.name).second) {
            return fail(Error::bad_request(
                "policy spec payload verification: duplicate policy names not allowed"
            ));
        }
        upserts.push_back(std::move(upsert));
    }
    if (upserts.empty() || dry_run == DryRun::yes) return {};
    const store::QueryAuthor by{viewer.id, viewer.name, viewer.email};
    FLEET_CHECK(deps_.policies.upsert(upserts, by, [&](store::Session& session) {
        deps_.activities.record(
            session, viewer, "applied_spec_policy", applied_details(upserts, specs)
        );
    }));
    changed();
    return {};
}

}  // namespace fleet::service
