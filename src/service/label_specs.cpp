// Labels as files: rest-api-a 14.10 to 14.12.
#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "fleet/core/roles.hpp"
#include "fleet/service/label_service.hpp"
#include "label_rules.hpp"

namespace fleet::service {
namespace {

using store::Label;
using store::LabelMembership;
using store::LabelUpsert;

bool differs(const Label& a, const Label& b) {
    return a.description != b.description || a.query != b.query || a.platform != b.platform ||
           a.membership != b.membership || a.criteria != b.criteria || a.team != b.team;
}

/// What made hosts members has changed, so that they have to be asked or judged again.
bool starts_over(const Label& before, const Label& after) {
    return before.membership != after.membership || before.query != after.query ||
           before.platform != after.platform || before.criteria != after.criteria ||
           before.team != after.team;
}

Error conflict(std::string reason) {
    Error error = Error::conflict("Label", "name");
    error.fields.front().reason = std::move(reason);
    return error;
}

}  // namespace

Result<std::vector<LabelWithMembers>> LabelService::specs(
    const Viewer& viewer, store::LabelFilter filter
) {
    FLEET_TRY(std::vector<Label> labels, list(viewer, std::move(filter), {}));
    std::vector<LabelId> manual;
    for (const Label& label : labels) {
        if (label.membership == LabelMembership::manual) manual.push_back(label.id);
    }
    std::map<LabelId, std::vector<std::string>> members;
    const auto visible = teams_for(viewer, Action::list_hosts);
    for (auto& [label, host] : deps_.labels.member_identifiers(manual, visible))
        members[label].push_back(std::move(host));
    std::vector<LabelWithMembers> out;
    for (Label& label : labels) {
        const LabelId id = label.id;
        out.push_back({std::move(label), std::move(members[id])});
    }
    return out;
}

Result<LabelWithMembers> LabelService::spec(const Viewer& viewer, const std::string& name) {
    FLEET_CHECK(authorize(viewer, Action::read_labels, Object::anywhere()));
    auto label = deps_.labels.find(name);
    if (!label || !may(viewer, Action::read_labels, Object::of_shared(label->team))) {
        return fail(Error::not_found("Label", name));
    }
    LabelWithMembers out;
    if (label->membership == LabelMembership::manual) {
        const std::array ids{label->id};
        const auto visible = teams_for(viewer, Action::list_hosts);
        for (auto& [id, host] : deps_.labels.member_identifiers(ids, visible))
            out.hosts.push_back(std::move(host));
    }
    out.label = std::move(*label);
    return out;
}

Result<LabelUpsert> LabelService::to_upsert(
    const Viewer& viewer, const LabelSpec& spec, const ApplyLabels& in
) {
    LabelUpsert out;
    Label& label = out.label;
    FLEET_TRY(label.membership, membership_of(spec));
    label.name = spec.name;
    label.description = spec.description;
    label.platform = spec.platform;
    label.team = spec.team;
    if (label.membership == LabelMembership::dynamic) label.query = spec.query;
    if (label.membership == LabelMembership::host_vitals) label.criteria = spec.criteria;
    if (spec.team) {
        label.team_name = deps_.labels.team_name(*spec.team);
        if (!label.team_name) return fail(Error::not_found("Team", to_text(*spec.team)));
    }
    const auto before = deps_.labels.find(spec.name);
    if (before) {
        FLEET_TRY(const Label existing, writable(viewer, before, spec.name));
        out.existing = existing.id;
        const auto& moving = in.names_to_move;
        const bool moves = std::find(moving.begin(), moving.end(), spec.name) != moving.end();
        if (existing.team != spec.team && !moves) {
            return fail(conflict(
                "Label \"" + spec.name + "\" belongs to another team; name it in names_to_move"
            ));
        }
        out.starts_over = starts_over(existing, label);
        out.changed = differs(existing, label);
    }
    if (label.membership == LabelMembership::manual) {
        // Unlike a person's, an applied list is whole: whoever may write the label may fill it.
        const auto visible = teams_for(viewer, Action::write_labels);
        out.hosts = deps_.labels.hosts_named(*spec.hosts, {visible, spec.team});
        if (out.existing && !out.starts_over) add_unseen(*out.hosts, *out.existing, visible);
    }
    return out;
}

Result<> LabelService::apply(const Viewer& viewer, const ApplyLabels& in) {
    FLEET_CHECK(authorize(viewer, Action::write_labels, Object::anywhere()));
    std::set<std::string> names;
    std::vector<LabelUpsert> upserts;
    for (const LabelSpec& spec : in.specs) {
        FLEET_CHECK(authorize(viewer, Action::write_labels, Object::of_shared(spec.team)));
        if (auto ok = check_label_texts(spec.name, spec.description, spec.platform); !ok) {
            const Error::Field& field = ok.error().fields.front();
            return fail(
                spec_error("label \"" + spec.name + "\": " + field.name + ": " + field.reason)
            );
        }
        if (!names.insert(spec.name).second) {
            return fail(spec_error("label \"" + spec.name + "\" occurs twice"));
        }
        if (is_reserved_label(spec.name) || spec.type == "builtin") {
            const auto builtin = deps_.labels.find(spec.name);
            if (builtin && is_unchanged_builtin(spec, *builtin)) continue;
            return fail(spec_error("cannot add or modify built-in label '" + spec.name + "'"));
        }
        if (!spec.type.empty() && spec.type != "regular") {
            return fail(spec_error("label \"" + spec.name + "\": unknown label_type"));
        }
        FLEET_TRY(LabelUpsert upsert, to_upsert(viewer, spec, in));
        upserts.push_back(std::move(upsert));
    }
    for (const std::string& name : in.names_to_move) {
        if (!names.contains(name)) {
            return fail(conflict("Label \"" + name + "\" of names_to_move is not among the specs"));
        }
    }
    if (in.dry_run || upserts.empty()) return {};
    return write(viewer, upserts);
}

Result<> LabelService::write(const Viewer& viewer, std::span<const LabelUpsert> upserts) {
    std::vector<LabelId> to_fill;
    FLEET_CHECK(deps_.labels.upsert(
        upserts,
        viewer.id,
        deps_.clock.now(),
        [&](store::Session& session, const LabelUpsert& upsert, LabelId id, bool changed) {
            if (upsert.label.membership == LabelMembership::host_vitals) to_fill.push_back(id);
            if (!changed) return;
            Label label = upsert.label;
            label.id = id;
            deps_.activities.record(
                session,
                viewer,
                upsert.existing ? ActivityName{"edited_label"} : ActivityName{"created_label"},
                label_details(label)
            );
        }
    ));
    std::sort(to_fill.begin(), to_fill.end());
    to_fill.erase(std::unique(to_fill.begin(), to_fill.end()), to_fill.end());
    for (const LabelId id : to_fill)
        deps_.labels.fill(id);
    deps_.schedule_events.schedule_changed();
    return {};
}

}  // namespace fleet::service
