#include "fleet/service/label_service.hpp"

#include <algorithm>
#include <iterator>

#include "fleet/core/log.hpp"
#include "fleet/core/roles.hpp"
#include "label_rules.hpp"

namespace fleet::service {
namespace {

using store::Label;
using store::LabelMembership;

Error no_label(const std::string& key) {
    return Error::not_found("Label", key);
}

}  // namespace

Result<std::vector<Label>> LabelService::list(
    const Viewer& viewer, store::LabelFilter filter, const Paging& paging
) {
    FLEET_CHECK(authorize(viewer, Action::read_labels, Object::anywhere()));
    if (filter.scope == store::LabelFilter::Scope::team_and_global) {
        FLEET_CHECK(authorize(viewer, Action::read_labels, Object::of_team(filter.team)));
    }
    filter.visible = teams_for(viewer, Action::read_labels);
    filter.text = paging.query;
    return deps_.labels.list(filter, paging);
}

Result<LabelWithHosts> LabelService::get(const Viewer& viewer, LabelId id) {
    FLEET_CHECK(authorize(viewer, Action::read_labels, Object::anywhere()));
    auto label = deps_.labels.find(id);
    // A label of a foreign team looks as if it did not exist (14.5).
    if (!label || !may(viewer, Action::read_labels, Object::of_shared(label->team))) {
        return fail(no_label(to_text(id)));
    }
    return with_hosts(viewer, std::move(*label));
}

LabelWithHosts LabelService::with_hosts(const Viewer& viewer, Label label) {
    LabelWithHosts out;
    out.hosts = deps_.labels.host_ids(label.id, teams_for(viewer, Action::list_hosts));
    out.label = std::move(label);
    return out;
}

std::vector<HostId> LabelService::members(
    const LabelMembers& named, const store::MemberScope& scope
) {
    if (named.identifiers) return deps_.labels.hosts_named(*named.identifiers, scope);
    if (named.ids) return deps_.labels.hosts_with_ids(*named.ids, scope);
    return {};
}

/// Who sees only some hosts replaces only those: the others stay.
void LabelService::add_unseen(
    std::vector<HostId>& hosts, LabelId label, const std::optional<std::vector<TeamId>>& visible
) {
    if (!visible) return;
    const auto all = deps_.labels.host_ids(label, std::nullopt);
    const auto seen = deps_.labels.host_ids(label, visible);
    std::set_difference(
        all.begin(), all.end(), seen.begin(), seen.end(), std::back_inserter(hosts)
    );
    std::sort(hosts.begin(), hosts.end());
    hosts.erase(std::unique(hosts.begin(), hosts.end()), hosts.end());
}

Result<LabelWithHosts> LabelService::create(const Viewer& viewer, const NewLabel& in) {
    FLEET_CHECK(authorize(viewer, Action::write_labels, Object::of_shared(in.team)));
    FLEET_CHECK(check_label_texts(in.name, in.description, in.platform));
    if (is_reserved_label(in.name)) {
        return fail(Error::invalid(
            "name", "cannot add label '" + in.name + "': it is the name of a built-in label"
        ));
    }
    Label label;
    FLEET_TRY(label.membership, membership_of(in));
    label.name = in.name;
    label.description = in.description;
    label.platform = in.platform;
    label.author = viewer.id;
    label.team = in.team;
    if (label.membership == LabelMembership::dynamic) label.query = in.query;
    if (label.membership == LabelMembership::host_vitals) label.criteria = in.criteria;
    if (in.team) {
        label.team_name = deps_.labels.team_name(*in.team);
        if (!label.team_name) return fail(Error::not_found("Team", to_text(*in.team)));
    }
    // Who sees no hosts cannot add any: gitops makes empty labels here (14.2).
    const store::MemberScope scope{teams_for(viewer, Action::list_hosts), in.team};
    const auto hosts = members(in.members, scope);
    FLEET_TRY(
        label.id,
        deps_.labels.insert(
            label,
            hosts,
            deps_.clock.now(),
            [&](store::Session& session, LabelId id) {
                label.id = id;
                deps_.activities.record(session, viewer, "created_label", label_details(label));
            }
        )
    );
    if (label.membership == LabelMembership::host_vitals) deps_.labels.fill(label.id);
    deps_.schedule_events.schedule_changed();
    return get(viewer, label.id);
}

/// The label, if the viewer may change it and nobody else has forbidden that. Without the right to
/// write global labels an unknown one is 403, not 404 (7, order of checks).
Result<Label> LabelService::writable(
    const Viewer& viewer, std::optional<Label> found, const std::string& key
) {
    if (!found) {
        FLEET_CHECK(authorize(viewer, Action::write_labels, Object::global()));
        return fail(no_label(key));
    }
    const bool own = found->author == viewer.id;
    const Action action = own && !found->team ? Action::write_own_labels : Action::write_labels;
    FLEET_CHECK(authorize(viewer, action, Object::of_shared(found->team)));
    return std::move(*found);
}

Result<LabelWithHosts> LabelService::modify(
    const Viewer& viewer, LabelId id, const LabelChanges& in
) {
    FLEET_CHECK(authorize(viewer, Action::write_labels, Object::anywhere()));
    FLEET_TRY(Label label, writable(viewer, deps_.labels.find(id), to_text(id)));
    if (label.builtin) {
        return fail(
            Error::invalid("label_type", "cannot modify built-in label '" + label.name + "'")
        );
    }
    FLEET_CHECK(check_members(in.members));
    if (in.members.given() && label.membership != LabelMembership::manual) {
        return fail(Error::invalid(
            "hosts", "hosts can only be given for a manual label; this one decides by itself"
        ));
    }
    if (in.name) label.name = *in.name;
    if (in.description) label.description = *in.description;
    FLEET_CHECK(check_label_texts(label.name, label.description, label.platform));
    if (is_reserved_label(label.name)) {
        return fail(Error::invalid(
            "name",
            "cannot rename label to '" + label.name + "': it is the name of a built-in label"
        ));
    }
    std::optional<std::vector<HostId>> hosts;
    if (in.members.given()) {
        const auto visible = teams_for(viewer, Action::list_hosts);
        hosts = members(in.members, {visible, label.team});
        add_unseen(*hosts, id, visible);
    }
    FLEET_CHECK(deps_.labels
                    .update(id, label.name, label.description, hosts, [&](store::Session& session) {
                        deps_.activities.record(
                            session, viewer, "edited_label", label_details(label)
                        );
                    }));
    deps_.schedule_events.schedule_changed();
    return get(viewer, id);
}

Result<> LabelService::remove(const Viewer& viewer, LabelId id) {
    FLEET_CHECK(authorize(viewer, Action::write_labels, Object::anywhere()));
    FLEET_TRY(const Label label, writable(viewer, deps_.labels.find(id), to_text(id)));
    return remove(viewer, label);
}

Result<> LabelService::remove_named(const Viewer& viewer, const std::string& name) {
    FLEET_CHECK(authorize(viewer, Action::write_labels, Object::anywhere()));
    FLEET_TRY(const Label label, writable(viewer, deps_.labels.find(name), name));
    return remove(viewer, label);
}

Result<> LabelService::remove(const Viewer& viewer, const Label& label) {
    if (label.builtin) {
        return fail(
            Error::invalid("label_type", "cannot delete built-in label '" + label.name + "'")
        );
    }
    FLEET_CHECK(deps_.labels.remove(label, [&](store::Session& session) {
        deps_.activities.record(session, viewer, "deleted_label", label_details(label));
    }));
    deps_.schedule_events.schedule_changed();
    return {};
}

void LabelService::finish_filling() {
    for (const LabelId id : deps_.labels.unfilled()) {
        deps_.labels.fill(id);
        log::info("criteria of a label judged for all hosts", {{"label_id", raw(id)}});
        deps_.schedule_events.schedule_changed();
    }
}

}  // namespace fleet::service
