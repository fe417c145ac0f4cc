#include "host_selection.hpp"

#include <limits>
#include <utility>

namespace fleet::service {

std::optional<HostStatusFilter> parse_status_filter(std::string_view text) {
    if (text == "new") return HostStatusFilter::fresh;
    if (text == "online") return HostStatusFilter::online;
    if (text == "offline") return HostStatusFilter::offline;
    if (text == "missing" || text == "mia") return HostStatusFilter::missing;
    return std::nullopt;
}

Result<HostSelection> narrowed(HostSelection selection, const Viewer& viewer, Action action) {
    selection.filter.visible = teams_for(viewer, action);
    const auto& team = selection.filter.team;
    if (team && raw(*team) != 0 && selection.filter.visible) {
        FLEET_CHECK(authorize(viewer, action, Object::of_team(*team)));
    }
    return selection;
}

HostSelection dated(HostSelection selection, Time now) {
    if (selection.status == HostStatusFilter::fresh) {
        auto& since = selection.filter.created_since;
        since = std::max(since.value_or(Time::min()), Time{now - kNewFor});
    }
    return selection;
}

bool needs_memory(const HostSelection& selection) {
    const bool by_status = selection.status && *selection.status != HostStatusFilter::fresh;
    return by_status || selection.seen_since || selection.seen_before;
}

HostStatus current_status(store::HostRecord& host, const HostPresence& presence, Time now) {
    const auto sighting = presence.find(host.id);
    if (!sighting) {
        return host_status(now, host.seen_time, host.distributed_interval, host.config_tls_refresh);
    }
    // What the database has from before the clock was set back says nothing.
    const bool plausible = host.seen_time <= now;
    host.seen_time = plausible ? std::max(host.seen_time, sighting->seen) : sighting->seen;
    return host_status(
        now, host.seen_time, sighting->distributed_interval, sighting->config_tls_refresh
    );
}

namespace {

bool is(HostStatusFilter wanted, HostStatus status) {
    switch (wanted) {
        case HostStatusFilter::online:
            return status == HostStatus::online;
        case HostStatusFilter::offline:
            return status != HostStatus::online;
        case HostStatusFilter::missing:
            return status == HostStatus::missing;
        case HostStatusFilter::fresh:
            return true;
    }
    return false;
}

}  // namespace

bool matches(const HostSelection& selection, const SeenHost& host) {
    if (selection.seen_since && host.seen < *selection.seen_since) return false;
    if (selection.seen_before && host.seen >= *selection.seen_before) return false;
    return !selection.status || is(*selection.status, host.status);
}

MemoryOrder memory_order(const Paging& paging) {
    if (paging.order_key == "seen_time") return MemoryOrder::seen;
    if (paging.order_key == "status") return MemoryOrder::status;
    const bool by_id =
        paging.order_key.empty() || paging.order_key == "id" || paging.order_key == "h.id";
    return by_id && !paging.after ? MemoryOrder::id : MemoryOrder::none;
}

Result<> drop_before_cursor(std::vector<SeenHost>& hosts, const Paging& paging) {
    if (!paging.after) return {};
    if (memory_order(paging) != MemoryOrder::seen) {
        return fail(Error::bad_request("after cannot be used with order_key status"));
    }
    const auto after = parse_rfc3339(*paging.after);
    if (!after) return fail(Error::bad_request("invalid after value: " + *paging.after));
    std::erase_if(hosts, [&](const SeenHost& host) {
        return paging.order == Order::ascending ? host.seen <= *after : host.seen >= *after;
    });
    return {};
}

void sort_first(std::vector<SeenHost>& hosts, const Paging& paging, std::size_t count) {
    const MemoryOrder order = memory_order(paging);
    // online, offline, missing: the alphabet does not matter, nearness to life does.
    const auto rank = [order](const SeenHost& host) -> std::int64_t {
        if (order == MemoryOrder::seen) return host.seen.time_since_epoch().count();
        return order == MemoryOrder::status ? static_cast<std::int64_t>(host.status) : 0;
    };
    const auto before = [&](const SeenHost& a, const SeenHost& b) {
        const std::pair left{rank(a), a.id};
        const std::pair right{rank(b), b.id};
        return paging.order == Order::ascending ? left < right : left > right;
    };
    auto end = hosts.end();
    if (count < hosts.size()) {
        end = hosts.begin() + static_cast<std::ptrdiff_t>(count);
        std::nth_element(hosts.begin(), end, hosts.end(), before);
    }
    std::sort(hosts.begin(), end, before);
}

std::size_t page_end(const Paging& paging) {
    constexpr std::size_t kAll = std::numeric_limits<std::size_t>::max();
    if (!paging.per_page) return kAll;
    const std::size_t from = paging.offset();
    return *paging.per_page > kAll - from ? kAll : from + *paging.per_page;
}

void cut_page(std::vector<HostId>& ids, const Paging& paging) {
    if (!paging.per_page) return;
    const std::size_t from = std::min<std::size_t>(paging.offset(), ids.size());
    const std::size_t count = std::min<std::size_t>(*paging.per_page, ids.size() - from);
    ids.erase(ids.begin(), ids.begin() + static_cast<std::ptrdiff_t>(from));
    ids.resize(count);
}

std::vector<HostId> ids_of(std::span<const SeenHost> hosts) {
    std::vector<HostId> out;
    out.reserve(hosts.size());
    for (const SeenHost& host : hosts)
        out.push_back(host.id);
    return out;
}

}  // namespace fleet::service
