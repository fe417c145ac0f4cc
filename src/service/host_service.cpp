#include "fleet/service/host_service.hpp"

#include <algorithm>
#include <array>
#include <unordered_map>

#include "fleet/core/roles.hpp"
#include "host_finder.hpp"
#include "host_selection.hpp"

namespace fleet::service {
namespace {

Error no_host(HostId id) {
    return Error::not_found("Host", to_text(id));
}

/// Groups (host, item) pairs into the views, which hold each host once.
template <class Item, class Put>
void distribute(std::vector<HostView>& views, std::vector<std::pair<HostId, Item>> items, Put put) {
    std::unordered_map<HostId, HostView*> by_id;
    for (HostView& view : views)
        by_id.emplace(view.host.id, &view);
    for (auto& [id, item] : items) {
        if (const auto found = by_id.find(id); found != by_id.end()) {
            put(*found->second, std::move(item));
        }
    }
}

}  // namespace

std::vector<HostView> HostCursor::next(std::size_t count) {
    const std::span<const HostId> ids{ids_.data() + at_, std::min(count, ids_.size() - at_)};
    at_ += ids.size();
    std::vector<HostView> out;
    const Time now = clock_.now();
    for (store::HostRecord& record : hosts_.load(ids)) {
        HostView& view = out.emplace_back();
        view.host = std::move(record);
        view.status = current_status(view.host, presence_, now);
    }
    if (extras_.users) {
        distribute(out, hosts_.users(ids), [](HostView& view, HostUser user) {
            view.users.push_back(std::move(user));
        });
    }
    if (extras_.labels) {
        distribute(out, hosts_.labels(ids), [](HostView& view, store::HostLabel label) {
            view.labels.push_back(std::move(label));
        });
    }
    if (extras_.additional) {
        distribute(out, hosts_.additional(ids), [](HostView& view, std::string text) {
            view.additional = std::move(text);
        });
    }
    if (extras_.software) {
        using List = std::vector<store::InstalledSoftware>;
        distribute(out, software_.of_hosts(ids), [](HostView& view, List list) {
            view.software = std::move(list);
        });
    }
    if (extras_.emails) {
        distribute(out, emails_.of_hosts(ids), [](HostView& view, store::HostEmail email) {
            view.emails.push_back(std::move(email));
        });
    }
    if (extras_.policies) {
        using List = std::vector<store::HostPolicy>;
        distribute(out, policies_.of_hosts(ids), [](HostView& view, List list) {
            view.policies = std::move(list);
        });
    }
    if (extras_.issues) {
        distribute(out, policies_.failing(ids), [](HostView& view, std::uint64_t failing) {
            view.failing_policies = failing;
        });
    }
    return out;
}

Result<HostCursor> HostService::list(
    const Viewer& viewer,
    const HostSelection& selection,
    const Paging& paging,
    const HostExtras& extras
) {
    FLEET_CHECK(authorize(viewer, Action::list_hosts, Object::anywhere()));
    return open(viewer, selection, paging, extras);
}

Result<HostCursor> HostService::list_in_label(
    const Viewer& viewer,
    const HostSelection& selection,
    const Paging& paging,
    const HostExtras& extras
) {
    FLEET_CHECK(authorize(viewer, Action::read_labels, Object::anywhere()));
    return open(viewer, selection, paging, extras);
}

Result<HostCursor> HostService::open(
    const Viewer& viewer,
    const HostSelection& selection,
    const Paging& paging,
    const HostExtras& extras
) {
    FLEET_TRY(const HostSelection allowed, prepared(selection, viewer, Action::list_hosts));
    FLEET_TRY(std::vector<HostId> ids, select(allowed, paging));
    return HostCursor{
        deps_.hosts,
        deps_.software,
        deps_.emails,
        deps_.policies,
        deps_.presence,
        deps_.clock,
        std::move(ids),
        extras};
}

/// The selection with the viewer's limits.
Result<HostSelection> HostService::prepared(
    const HostSelection& selection, const Viewer& viewer, Action action
) {
    FLEET_TRY(HostSelection out, narrowed(selection, viewer, action));
    return looked_up(std::move(out), viewer);
}

/// Software and labels turned into what hosts refer to.
Result<HostSelection> HostService::looked_up(HostSelection out, const Viewer& viewer) {
    if (out.software_version) {
        out.filter.software_sets = deps_.software.sets_with_version(*out.software_version);
    } else if (out.software_title) {
        out.filter.software_sets = deps_.software.sets_with_title(*out.software_title);
    }
    if (!out.filter.labels) return out;
    Result<> found;
    out.filter.labels->each_label([&](LabelExpression& leaf) {
        if (!found) return;
        const auto label =
            leaf.name.empty() ? deps_.labels.find(leaf.label) : deps_.labels.find(leaf.name);
        if (label && may(viewer, Action::read_labels, Object::of_shared(label->team))) {
            leaf.label = label->id;
            return;
        }
        // Not "nobody": then "not" would mean everybody.
        const std::string which = leaf.name.empty() ? to_text(leaf.label) : leaf.name;
        found = fail(Error::bad_request("Invalid labels: there is no label " + which));
    });
    FLEET_CHECK(found);
    return out;
}

Result<std::vector<HostId>> HostService::matching(
    const Viewer& viewer, const HostSelection& selection, Action action
) {
    FLEET_CHECK(authorize(viewer, action, Object::anywhere()));
    FLEET_TRY(const HostSelection allowed, prepared(selection, viewer, action));
    return select(allowed, {});
}

Result<std::uint64_t> HostService::count(const Viewer& viewer, const HostSelection& selection) {
    FLEET_CHECK(authorize(viewer, Action::list_hosts, Object::anywhere()));
    FLEET_TRY(
        const HostSelection allowed,
        prepared(dated(selection, deps_.clock.now()), viewer, Action::list_hosts)
    );
    return HostFinder{deps_.hosts, deps_.presence, deps_.clock.now()}.count(allowed);
}

Result<std::vector<HostId>> HostService::select(
    const HostSelection& selection, const Paging& paging
) {
    const Time now = deps_.clock.now();
    return HostFinder{deps_.hosts, deps_.presence, now}.page(dated(selection, now), paging);
}

Result<HostSummary> HostService::summary(const Viewer& viewer, const SummaryRequest& request) {
    FLEET_CHECK(authorize(viewer, Action::list_hosts, Object::anywhere()));
    HostSelection selection;
    selection.filter.team = request.team;
    selection.filter.platform = request.platform;
    FLEET_TRY(const HostSelection allowed, narrowed(selection, viewer, Action::list_hosts));

    const Time now = deps_.clock.now();
    HostSummary out;
    HostCensus census = deps_.presence.census(
        {allowed.filter.visible, allowed.filter.team, allowed.filter.platform}, now, now - kNewFor
    );
    out.total = census.total;
    out.online = census.online;
    out.offline = census.total - census.online;
    out.missing = census.missing;
    out.fresh = census.fresh;
    out.platforms = std::move(census.platforms);
    for (const PlatformCount& platform : out.platforms) {
        if (platform.is_linux) out.all_linux += platform.hosts;
    }
    if (request.low_disk_gigs) {
        store::HostFilter low = allowed.filter;
        low.low_disk_gigs = request.low_disk_gigs;
        out.low_disk_space = deps_.hosts.count(low);
    }
    FLEET_TRY(auto labels, deps_.labels.list({}, {}));
    for (store::Label& label : labels) {
        if (label.builtin) out.builtin_labels.push_back(std::move(label));
    }
    return out;
}

void HostService::refresh(HostView& view) const {
    view.status = current_status(view.host, deps_.presence, deps_.clock.now());
}

HostDetail HostService::detail(store::HostRecord record, WithSoftware software) {
    HostDetail out;
    out.host = std::move(record);
    refresh(out);
    const std::array ids{out.host.id};
    for (auto& [id, user] : deps_.hosts.users(ids))
        out.users.push_back(std::move(user));
    for (auto& [id, label] : deps_.hosts.labels(ids))
        out.labels.push_back(std::move(label));
    for (auto& [id, text] : deps_.hosts.additional(ids))
        out.additional = std::move(text);
    for (auto& [id, email] : deps_.emails.of_hosts(ids))
        out.emails.push_back(std::move(email));
    out.batteries = deps_.hosts.batteries(out.host.id);
    out.query_stats = deps_.hosts.query_stats(out.host.id);
    add_policies(out);
    if (software == WithSoftware::yes) {
        for (auto& [id, list] : deps_.software.of_hosts(ids))
            out.software = std::move(list);
    }
    return out;
}

Result<HostView> HostService::get_brief(const Viewer& viewer, HostId id) {
    FLEET_CHECK(authorize(viewer, Action::read_host, Object::anywhere()));
    auto record = deps_.hosts.find(id);
    if (!record) return fail(no_host(id));
    FLEET_CHECK(authorize(viewer, Action::read_host, Object::of_host_team(record->team_id)));
    HostView out;
    out.host = std::move(*record);
    refresh(out);
    return out;
}

/// With the list at hand the failing ones are counted in it, so that both always agree.
void HostService::add_policies(HostView& view) {
    for (auto& [id, list] : deps_.policies.of_hosts(std::array{view.host.id}))
        view.policies = std::move(list);
    const auto fails = [](const store::HostPolicy& policy) {
        return policy.answer == PolicyAnswer::fail;
    };
    view.failing_policies =
        static_cast<std::uint64_t>(std::count_if(view.policies.begin(), view.policies.end(), fails)
        );
}

Result<HostView> HostService::get_with_policies(const Viewer& viewer, HostId id) {
    FLEET_TRY(HostView out, get_brief(viewer, id));
    add_policies(out);
    return out;
}

Result<HostDetail> HostService::get(const Viewer& viewer, HostId id, WithSoftware software) {
    FLEET_TRY(HostView brief, get_brief(viewer, id));
    return detail(std::move(brief.host), software);
}

Result<HostDetail> HostService::get_by_identifier(
    const Viewer& viewer, const std::string& identifier, WithSoftware software
) {
    constexpr Action kAction = Action::read_host_by_identifier;
    FLEET_CHECK(authorize(viewer, kAction, Object::anywhere()));
    const auto id = deps_.hosts.find_identifier(identifier);
    auto record = id ? deps_.hosts.find(*id) : std::nullopt;
    if (!record) return fail(Error::not_found("Host", identifier));
    FLEET_CHECK(authorize(viewer, kAction, Object::of_host_team(record->team_id)));
    return detail(std::move(*record), software);
}

Result<CertificatePage> HostService::certificates(
    const Viewer& viewer, HostId id, const Paging& paging
) {
    FLEET_CHECK(get_brief(viewer, id));
    CertificatePage out;
    out.count = deps_.hosts.count_certificates(id);
    FLEET_TRY(out.certificates, deps_.hosts.certificates(id, paging));
    out.has_next = paging.offset() + out.certificates.size() < out.count;
    return out;
}

Result<> HostService::refetch(const Viewer& viewer, HostId id) {
    FLEET_CHECK(authorize(viewer, Action::refetch_host, Object::anywhere()));
    const auto record = deps_.hosts.find(id);
    if (!record) return fail(no_host(id));
    FLEET_CHECK(authorize(viewer, Action::refetch_host, Object::of_host_team(record->team_id)));
    if (!deps_.hosts.request_refetch(id, deps_.clock.now())) return fail(no_host(id));
    deps_.events.hosts_changed(std::array{id});
    return {};
}

}  // namespace fleet::service
