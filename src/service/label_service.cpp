#include "fleet/service/label_service.hpp"

#include "fleet/core/roles.hpp"

namespace fleet::service {

Result<std::vector<store::Label>> LabelService::list(
    const Viewer& viewer, store::LabelFilter filter, const Paging& paging
) {
    FLEET_CHECK(authorize(viewer, Action::read_labels, Object::anywhere()));
    if (filter.scope == store::LabelFilter::Scope::team_and_global) {
        FLEET_CHECK(authorize(viewer, Action::read_labels, Object::of_team(filter.team)));
    }
    filter.visible = teams_for(viewer, Action::read_labels);
    filter.text = paging.query;
    return labels_.list(filter, paging);
}

Result<LabelWithHosts> LabelService::get(const Viewer& viewer, LabelId id) {
    FLEET_CHECK(authorize(viewer, Action::read_labels, Object::anywhere()));
    auto label = labels_.find(id);
    // A label of a foreign team looks as if it did not exist (14.5).
    if (!label || !may(viewer, Action::read_labels, Object::of_shared(label->team))) {
        return fail(Error::not_found("Label", to_text(id)));
    }
    LabelWithHosts out;
    out.hosts = labels_.host_ids(id, teams_for(viewer, Action::list_hosts));
    out.label = std::move(*label);
    return out;
}

}  // namespace fleet::service
