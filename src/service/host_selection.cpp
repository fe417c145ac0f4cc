#include "host_selection.hpp"

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

bool needs_memory(const std::optional<HostStatusFilter>& status) {
    return status && *status != HostStatusFilter::fresh;
}

bool needs_memory(const HostSelection& selection) {
    return needs_memory(selection.status) || selection.seen_since || selection.seen_before;
}

store::HostKey current(store::HostKey key, const HostPresence& presence, Time now) {
    if (const auto sighting = presence.find(key.id)) {
        // What the database has from before the clock was set back says nothing.
        const bool plausible = key.seen <= now;
        key.seen = plausible ? std::max(key.seen, sighting->seen) : sighting->seen;
        key.distributed_interval = sighting->distributed_interval;
        key.config_tls_refresh = sighting->config_tls_refresh;
    }
    return key;
}

namespace {

HostStatus status_of(const store::HostKey& key, Time now) {
    return host_status(now, key.seen, key.distributed_interval, key.config_tls_refresh);
}

}  // namespace

HostStatus current_status(store::HostRecord& host, const HostPresence& presence, Time now) {
    const store::HostKey key = current(
        {host.id, host.seen_time, host.distributed_interval, host.config_tls_refresh}, presence, now
    );
    host.seen_time = key.seen;
    return status_of(key, now);
}

bool matches(
    HostStatusFilter status, const store::HostKey& key, const HostPresence& presence, Time now
) {
    const HostStatus is = status_of(current(key, presence, now), now);
    switch (status) {
        case HostStatusFilter::online:
            return is == HostStatus::online;
        case HostStatusFilter::offline:
            return is != HostStatus::online;
        case HostStatusFilter::missing:
            return is == HostStatus::missing;
        case HostStatusFilter::fresh:
            return true;
    }
    return false;
}

bool matches(
    const HostSelection& selection,
    const store::HostKey& key,
    const HostPresence& presence,
    Time now
) {
    const Time seen = current(key, presence, now).seen;
    if (selection.seen_since && seen < *selection.seen_since) return false;
    if (selection.seen_before && seen >= *selection.seen_before) return false;
    return !selection.status || matches(*selection.status, key, presence, now);
}

bool sorts_by_memory(const Paging& paging) {
    return paging.order_key == "seen_time" || paging.order_key == "status";
}

Result<> sort_by_memory(std::vector<store::HostKey>& keys, const Paging& paging, Time now) {
    const bool by_status = paging.order_key == "status";
    if (paging.after && by_status) {
        return fail(Error::bad_request("after cannot be used with order_key status"));
    }
    // online, offline, missing: the alphabet does not matter, nearness to life does.
    const auto rank = [&](const store::HostKey& key) {
        return by_status ? static_cast<std::int64_t>(status_of(key, now))
                         : key.seen.time_since_epoch().count();
    };
    if (paging.after) {
        const auto after = parse_rfc3339(*paging.after);
        if (!after) return fail(Error::bad_request("invalid after value: " + *paging.after));
        std::erase_if(keys, [&](const store::HostKey& key) {
            return paging.order == Order::ascending ? key.seen <= *after : key.seen >= *after;
        });
    }
    std::sort(keys.begin(), keys.end(), [&](const store::HostKey& a, const store::HostKey& b) {
        const auto left = std::pair{rank(a), a.id};
        const auto right = std::pair{rank(b), b.id};
        return paging.order == Order::ascending ? left < right : left > right;
    });
    return {};
}

void cut_page(std::vector<store::HostKey>& keys, const Paging& paging) {
    if (!paging.per_page) return;
    const std::size_t from = std::min<std::size_t>(paging.offset(), keys.size());
    const std::size_t count = std::min<std::size_t>(*paging.per_page, keys.size() - from);
    keys.erase(keys.begin(), keys.begin() + static_cast<std::ptrdiff_t>(from));
    keys.resize(count);
}

std::vector<HostId> ids_of(const std::vector<store::HostKey>& keys) {
    std::vector<HostId> out;
    out.reserve(keys.size());
    for (const store::HostKey& key : keys)
        out.push_back(key.id);
    return out;
}

}  // namespace fleet::service
