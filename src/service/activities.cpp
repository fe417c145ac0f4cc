#include "fleet/service/activities.hpp"

#include "fleet/core/roles.hpp"

namespace fleet::service {

void Activities::record(
    store::Session& session,
    const Viewer& viewer,
    ActivityName type,
    std::string details,
    std::vector<HostId> hosts
) {
    store_.insert(
        session,
        {
            .created_at = clock_.now(),
            .actor =
                Actor{
                    .id = viewer.id,
                    .name = viewer.name,
                    .email = viewer.email,
                    .ip = viewer.client_ip,
                    .api_only = viewer.api_only,
                },
            .type = std::string{type.text()},
            .details = std::move(details),
            .hosts = std::move(hosts),
        }
    );
}

void Activities::record_automatic(
    store::Session& session, ActivityName type, std::string details, std::vector<HostId> hosts
) {
    store_.insert(
        session,
        {
            .created_at = clock_.now(),
            .actor = std::nullopt,
            .type = std::string{type.text()},
            .details = std::move(details),
            .hosts = std::move(hosts),
        }
    );
}

void Activities::record_by_server(
    store::Session& session, ActivityName type, std::string details, std::vector<HostId> hosts
) {
    store_.insert(
        session,
        {
            .created_at = clock_.now(),
            .actor = std::nullopt,
            .type = std::string{type.text()},
            .details = std::move(details),
            .fleet_initiated = true,
            .hosts = std::move(hosts),
        }
    );
}

Result<ActivityPage> Activities::list(
    const Viewer& viewer, const Paging& paging, const store::ActivityFilter& filter
) {
    FLEET_CHECK(authorize(viewer, Action::read_activities, Object::global()));
    return page_of(paging, filter);
}

ActivityPage Activities::page_of(const Paging& paging, const store::ActivityFilter& filter) {
    ActivityPage page;
    page.activities = store_.list(paging, filter);
    page.has_next = paging.per_page && page.activities.size() > *paging.per_page;
    page.has_previous = paging.page > 0;
    if (page.has_next) page.activities.resize(*paging.per_page);
    return page;
}

}  // namespace fleet::service
