// Labels of one host (rest-api-a 13.25).
#include <algorithm>
#include <array>

#include "fleet/core/roles.hpp"
#include "fleet/service/label_service.hpp"

namespace fleet::service {
namespace {

std::string quoted_list(const std::vector<std::string>& names) {
    std::string out;
    for (const std::string& name : names)
        out += (out.empty() ? "\"" : ", \"") + name + "\"";
    return out;
}

void add_reason(std::string& reason, const char* what, const std::vector<std::string>& names) {
    if (names.empty()) return;
    reason += (reason.empty() ? "" : "; ") + std::string{what} + quoted_list(names);
}

}  // namespace

/// Ids of the labels; 400 that lists all names that will not do.
Result<std::vector<LabelId>> LabelService::manual_labels(
    std::span<const std::string> names, std::optional<TeamId> host_team
) {
    const auto found = deps_.labels.find_named(names);
    std::vector<std::string> unknown;
    std::vector<std::string> not_manual;
    std::vector<std::string> foreign;
    std::vector<LabelId> out;
    for (const std::string& name : names) {
        const auto label = std::find_if(found.begin(), found.end(), [&](const store::Label& one) {
            return one.name == name;
        });
        if (label == found.end()) {
            unknown.push_back(name);
        } else if (label->builtin || label->membership != store::LabelMembership::manual) {
            not_manual.push_back(name);
        } else if (label->team && label->team != host_team) {
            foreign.push_back(name);
        } else {
            out.push_back(label->id);
        }
    }
    std::string reason;
    add_reason(reason, "unknown labels: ", unknown);
    add_reason(reason, "not manual labels: ", not_manual);
    add_reason(reason, "labels of another team: ", foreign);
    if (!reason.empty()) return fail(Error::bad_request(reason));
    std::sort(out.begin(), out.end());
    out.erase(std::unique(out.begin(), out.end()), out.end());
    return out;
}

Result<> LabelService::add_to_host(
    const Viewer& viewer, HostId host, std::span<const std::string> names
) {
    return change_host(viewer, host, names, Change::join);
}

Result<> LabelService::remove_from_host(
    const Viewer& viewer, HostId host, std::span<const std::string> names
) {
    return change_host(viewer, host, names, Change::leave);
}

Result<> LabelService::change_host(
    const Viewer& viewer, HostId host, std::span<const std::string> names, Change change
) {
    FLEET_CHECK(authorize(viewer, Action::label_hosts, Object::anywhere()));
    const auto team = deps_.labels.team_of_host(host);
    if (!team) return fail(Error::not_found("Host", to_text(host)));
    FLEET_CHECK(authorize(viewer, Action::label_hosts, Object::of_host_team(*team)));
    FLEET_TRY(const std::vector<LabelId> labels, manual_labels(names, *team));
    if (labels.empty()) return {};
    const std::vector<LabelId> none;
    const bool joins = change == Change::join;
    const bool done = deps_.labels.change_host(
        host, joins ? labels : none, joins ? none : labels, deps_.clock.now()
    );
    if (!done) return fail(Error::not_found("Host", to_text(host)));
    deps_.host_events.hosts_changed(std::array{host});
    return {};
}

}  // namespace fleet::service
