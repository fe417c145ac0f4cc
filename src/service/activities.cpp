#include "fleet/service/activities.hpp"

#include "fleet/core/roles.hpp"

namespace fleet::service {

void Activities::record(
    store::Session& session, const Viewer& viewer, std::string type, std::string details
) {
    store_.insert(
        session,
        {
            .created_at = clock_.now(),
            .actor = Actor{.id = viewer.id, .name = viewer.name, .email = viewer.email},
            .type = std::move(type),
            .details = std::move(details),
        }
    );
}

void Activities::record_automatic(store::Session& session, std::string type, std::string details) {
    store_.insert(
        session,
        {
            .created_at = clock_.now(),
            .actor = std::nullopt,
            .type = std::move(type),
            .details = std::move(details),
        }
    );
}

Result<ActivityPage> Activities::list(
    const Viewer& viewer, const Paging& paging, const store::ActivityFilter& filter
) {
    FLEET_CHECK(authorize(viewer, Action::read_activities, Object::global()));
    ActivityPage page;
    page.activities = store_.list(paging, filter);
    page.has_next = paging.per_page && page.activities.size() > *paging.per_page;
    page.has_previous = paging.page > 0;
    if (page.has_next) page.activities.resize(*paging.per_page);
    return page;
}

}  // namespace fleet::service
