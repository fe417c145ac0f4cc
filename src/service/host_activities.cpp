#include "fleet/service/host_activities.hpp"

#include "fleet/core/roles.hpp"

namespace fleet::service {
namespace {

/// 404 for a host that is not there, 403 for one that the viewer may not touch this way.
Result<> check_host(store::HostStore& hosts, const Viewer& viewer, Action action, HostId host) {
    FLEET_CHECK(authorize(viewer, action, Object::anywhere()));
    const auto found = hosts.find(host);
    if (!found) return fail(Error::not_found("Host", to_text(host)));
    return authorize(viewer, action, Object::of_host_team(found->team_id));
}

}  // namespace

Result<ActivityPage> HostActivities::past(const Viewer& viewer, HostId host, const Paging& paging) {
    FLEET_CHECK(check_host(deps_.hosts, viewer, Action::read_host, host));
    return deps_.activities.page_of(paging, {.host = host});
}

Result<ActivityPage> HostActivities::upcoming(
    const Viewer& viewer, HostId host, const Paging& paging
) {
    FLEET_CHECK(check_host(deps_.hosts, viewer, Action::read_host, host));
    ActivityPage page;
    page.has_previous = paging.page > 0;
    return page;
}

Result<> HostActivities::cancel(const Viewer& viewer, HostId host, const std::string& uuid) {
    FLEET_CHECK(check_host(deps_.hosts, viewer, Action::cancel_host_work, host));
    return fail(Error::not_found("UpcomingActivity", uuid));
}

}  // namespace fleet::service
