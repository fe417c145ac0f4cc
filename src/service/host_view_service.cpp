#include "fleet/service/host_view_service.hpp"

#include "fleet/core/roles.hpp"

namespace fleet::service {
namespace {

using store::HostListView;

constexpr std::uint64_t kMostViews = 100;  // of one user
constexpr std::size_t kLongestName = 255;
constexpr std::size_t kLargestFilters = 16 << 10;

Error no_view(HostViewId id) {
    return Error::not_found("View", to_text(id));
}

Result<> merge(HostListView& view, const HostViewChanges& in) {
    if (in.name) view.name = *in.name;
    if (in.filters) view.filters = *in.filters;
    if (in.shared) view.shared = *in.shared;
    if (view.name.find_first_not_of(" \t\r\n") == std::string::npos) {
        return fail(Error::invalid("name", "missing required argument"));
    }
    if (view.name.size() > kLongestName) {
        return fail(Error::invalid("name", "cannot be longer than 255 bytes"));
    }
    if (view.filters.size() > kLargestFilters) {
        return fail(Error::invalid("filters", "cannot be larger than 16 KiB"));
    }
    return {};
}

}  // namespace

Result<std::vector<HostListView>> HostViewService::list(const Viewer& viewer) {
    FLEET_CHECK(authorize(viewer, Action::list_hosts, Object::anywhere()));
    return views_.list(viewer.id);
}

Result<HostListView> HostViewService::get(const Viewer& viewer, HostViewId id) {
    FLEET_CHECK(authorize(viewer, Action::list_hosts, Object::anywhere()));
    auto view = views_.find(id);
    // Other people's views are nobody's business.
    if (!view || (view->owner != viewer.id && !view->shared)) return fail(no_view(id));
    return std::move(*view);
}

Result<HostListView> HostViewService::create(const Viewer& viewer, const HostViewChanges& in) {
    FLEET_CHECK(authorize(viewer, Action::list_hosts, Object::anywhere()));
    HostListView view;
    view.owner = viewer.id;
    FLEET_CHECK(merge(view, in));
    if (views_.count_of(viewer.id) >= kMostViews) {
        return fail(Error::invalid("name", "you have 100 views; delete one first"));
    }
    FLEET_TRY(const HostViewId id, views_.insert(view));
    return get(viewer, id);
}

Result<HostListView> HostViewService::writable(const Viewer& viewer, HostViewId id) {
    FLEET_TRY(HostListView view, get(viewer, id));
    if (view.owner != viewer.id && viewer.global_role != Role::admin) {
        return fail(Error::forbidden());
    }
    return view;
}

Result<HostListView> HostViewService::modify(
    const Viewer& viewer, HostViewId id, const HostViewChanges& in
) {
    FLEET_TRY(HostListView view, writable(viewer, id));
    FLEET_CHECK(merge(view, in));
    FLEET_CHECK(views_.update(view));
    if (view.owner != viewer.id && !view.shared) return view;  // no longer ours to see
    return get(viewer, id);
}

Result<> HostViewService::remove(const Viewer& viewer, HostViewId id) {
    FLEET_CHECK(writable(viewer, id));
    views_.remove(id);
    return {};
}

}  // namespace fleet::service
