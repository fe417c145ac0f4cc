#include "fleet/service/software_service.hpp"

#include <algorithm>
#include <array>
#include <map>

#include "fleet/core/roles.hpp"

namespace fleet::service {
namespace {

constexpr Action kRead = Action::read_software;

Result<store::SoftwareFilter> narrowed(
    const Viewer& viewer, std::optional<TeamId> team, const SoftwareRequest& request = {}
) {
    store::SoftwareFilter out;
    out.text = request.paging.query;
    out.nothing = request.nothing;
    if (!team) {
        out.teams = teams_for(viewer, kRead);
        return out;
    }
    const bool is_no_team = raw(*team) == 0;
    const Object object = is_no_team ? Object::of_host_team(std::nullopt) : Object::of_team(*team);
    FLEET_CHECK(authorize(viewer, kRead, object));
    out.teams = std::vector{*team};
    return out;
}

bool contains_ignoring_case(std::string_view text, std::string_view wanted) {
    const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c; };
    return std::search(text.begin(), text.end(), wanted.begin(), wanted.end(), [&](char a, char b) {
               return lower(a) == lower(b);
           }) != text.end();
}

/// The titles of a host's software, whose versions stand in the order of the list.
std::vector<HostTitle> group_by_title(
    std::vector<store::InstalledSoftware> list, const std::string& query
) {
    std::vector<HostTitle> out;
    std::map<std::uint64_t, std::size_t> places;
    for (store::InstalledSoftware& one : list) {
        if (!contains_ignoring_case(one.software->name, query)) continue;
        const auto [place, added] = places.try_emplace(one.software->title, out.size());
        if (added) out.push_back({one.software->title, {}});
        out[place->second].versions.push_back(std::move(one));
    }
    return out;
}

template <class Item>
void cut_page(SoftwarePage<Item>& page, const Paging& paging) {
    page.count = page.items.size();
    if (!paging.per_page) return;
    const std::size_t from = std::min<std::size_t>(paging.offset(), page.items.size());
    const std::size_t count = std::min<std::size_t>(*paging.per_page, page.items.size() - from);
    page.has_next = from + count < page.items.size();
    page.items.erase(page.items.begin(), page.items.begin() + static_cast<std::ptrdiff_t>(from));
    page.items.erase(page.items.begin() + static_cast<std::ptrdiff_t>(count), page.items.end());
}

Error no_version(std::uint64_t id) {
    return Error::not_found("Software", std::to_string(id));
}

Error no_title(std::uint64_t id) {
    return Error::not_found("Software title", std::to_string(id));
}

}  // namespace

Result<SoftwarePage<store::CountedSoftware>> SoftwareService::versions(
    const Viewer& viewer, const SoftwareRequest& request
) {
    FLEET_CHECK(authorize(viewer, kRead, Object::anywhere()));
    FLEET_TRY(const store::SoftwareFilter filter, narrowed(viewer, request.team, request));
    SoftwarePage<store::CountedSoftware> out;
    FLEET_TRY(out.items, deps_.lists.versions(filter, request.paging));
    out.count = deps_.lists.count_versions(filter);
    out.has_next = request.paging.offset() + out.items.size() < out.count;
    out.counted_at = deps_.lists.counted_at();
    return out;
}

Result<std::uint64_t> SoftwareService::count_versions(
    const Viewer& viewer, const SoftwareRequest& request
) {
    FLEET_CHECK(authorize(viewer, kRead, Object::anywhere()));
    FLEET_TRY(const store::SoftwareFilter filter, narrowed(viewer, request.team, request));
    return deps_.lists.count_versions(filter);
}

Result<CountedItem<store::CountedSoftware>> SoftwareService::version(
    const Viewer& viewer, std::uint64_t id, std::optional<TeamId> team
) {
    FLEET_CHECK(authorize(viewer, kRead, Object::anywhere()));
    FLEET_TRY(const store::SoftwareFilter filter, narrowed(viewer, team));
    auto found = deps_.lists.version(id, filter);
    if (!found) return fail(no_version(id));
    return CountedItem<store::CountedSoftware>{std::move(*found), deps_.lists.counted_at()};
}

Result<SoftwarePage<store::SoftwareTitle>> SoftwareService::titles(
    const Viewer& viewer, const SoftwareRequest& request
) {
    FLEET_CHECK(authorize(viewer, kRead, Object::anywhere()));
    FLEET_TRY(const store::SoftwareFilter filter, narrowed(viewer, request.team, request));
    SoftwarePage<store::SoftwareTitle> out;
    FLEET_TRY(out.items, deps_.lists.titles(filter, request.paging));
    out.count = deps_.lists.count_titles(filter);
    out.has_next = request.paging.offset() + out.items.size() < out.count;
    out.counted_at = deps_.lists.counted_at();
    return out;
}

Result<CountedItem<store::SoftwareTitle>> SoftwareService::title(
    const Viewer& viewer, std::uint64_t id, std::optional<TeamId> team
) {
    FLEET_CHECK(authorize(viewer, kRead, Object::anywhere()));
    FLEET_TRY(const store::SoftwareFilter filter, narrowed(viewer, team));
    auto found = deps_.lists.title(id, filter);
    if (!found) return fail(no_title(id));
    return CountedItem<store::SoftwareTitle>{std::move(*found), deps_.lists.counted_at()};
}

Result<SoftwarePage<HostTitle>> SoftwareService::of_host(
    const Viewer& viewer, HostId host, const SoftwareRequest& request
) {
    FLEET_CHECK(authorize(viewer, Action::read_host, Object::anywhere()));
    const auto record = deps_.hosts.find(host);
    if (!record) return fail(Error::not_found("Host", to_text(host)));
    FLEET_CHECK(authorize(viewer, Action::read_host, Object::of_host_team(record->team_id)));
    const Paging& paging = request.paging;
    if (!paging.order_key.empty() && paging.order_key != "name") {
        return fail(Error::bad_request("unknown order_key: " + paging.order_key));
    }
    SoftwarePage<HostTitle> out;
    if (request.nothing) return out;
    for (auto& [id, list] : deps_.installed.of_hosts(std::array{host}))
        out.items = group_by_title(std::move(list), paging.query);
    if (paging.order == Order::descending) std::reverse(out.items.begin(), out.items.end());
    cut_page(out, paging);
    return out;
}

}  // namespace fleet::service
