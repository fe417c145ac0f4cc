#include <algorithm>
#include <array>

#include "fleet/core/json.hpp"
#include "fleet/core/log.hpp"
#include "fleet/core/roles.hpp"
#include "fleet/service/host_service.hpp"
#include "host_selection.hpp"

namespace fleet::service {
namespace {

/// Hosts in one transaction: small enough that agents hardly wait for its locks.
constexpr std::size_t kBatch = 250;

std::string deleted_details(const store::DeletedHost& host) {
    return json::dump(
        {{"host_id", raw(host.id)},
         {"host_display_name", host.display_name},
         {"host_serial", host.serial},
         {"triggered_by", "manual"}}
    );
}

}  // namespace

/// What is left of a deletion that goes on in the background.
struct HostService::Batch {
    Viewer viewer{};
    std::vector<HostId> ids{};
    std::size_t at = 0;
};

Result<> HostService::remove(const Viewer& viewer, HostId id) {
    FLEET_CHECK(authorize(viewer, Action::delete_host, Object::anywhere()));
    const auto record = deps_.hosts.find(id);
    if (!record) return fail(Error::not_found("Host", to_text(id)));
    FLEET_CHECK(authorize(viewer, Action::delete_host, Object::of_host_team(record->team_id)));
    remove_batch(viewer, std::array{id});
    return {};
}

Result<Deletion> HostService::remove_ids(const Viewer& viewer, std::vector<HostId> ids) {
    FLEET_CHECK(authorize(viewer, Action::delete_host, Object::anywhere()));
    return remove_all(viewer, std::move(ids));
}

Result<Deletion> HostService::remove_matching(
    const Viewer& viewer, const HostSelection& selection
) {
    FLEET_CHECK(authorize(viewer, Action::delete_host, Object::anywhere()));
    // Not narrowed to the viewer's teams: a host that may not be deleted refuses the whole.
    FLEET_TRY(const HostSelection wanted, looked_up(selection, viewer));
    FLEET_TRY(std::vector<HostId> ids, select(wanted, {}));
    return remove_all(viewer, std::move(ids));
}

Result<Deletion> HostService::remove_all(const Viewer& viewer, std::vector<HostId> ids) {
    std::sort(ids.begin(), ids.end());
    ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
    for (const TeamId team : deps_.hosts.teams_of(ids)) {
        const auto of = raw(team) == 0 ? std::nullopt : std::optional{team};
        FLEET_CHECK(authorize(viewer, Action::delete_host, Object::of_host_team(of)));
    }
    const auto deadline = deps_.clock.now() + deps_.patience;
    auto batch = std::make_shared<Batch>(Batch{viewer, std::move(ids)});
    while (batch->at < batch->ids.size()) {
        if (deps_.clock.now() >= deadline &&
            deps_.workers.submit([this, batch] { go_on(*this, batch); })) {
            return Deletion::continues;
        }
        const std::size_t count = std::min(kBatch, batch->ids.size() - batch->at);
        remove_batch(viewer, std::span{batch->ids}.subspan(batch->at, count));
        batch->at += count;
    }
    return Deletion::done;
}

void HostService::go_on(HostService& self, std::shared_ptr<Batch> batch) {
    // One batch a job, so that other work gets its turn and a stop does not wait for all.
    const std::size_t count = std::min(kBatch, batch->ids.size() - batch->at);
    self.remove_batch(batch->viewer, std::span{batch->ids}.subspan(batch->at, count));
    batch->at += count;
    const std::size_t left = batch->ids.size() - batch->at;
    if (left == 0) return;
    if (!self.deps_.workers.submit([&self, batch] { go_on(self, batch); })) {
        log::warn("bulk deletion of hosts cut short, repeat it", {{"left", left}});
    }
}

void HostService::remove_batch(const Viewer& viewer, std::span<const HostId> ids) {
    const Time now = deps_.clock.now();
    const auto gone = deps_.hosts.remove(
        ids,
        now,
        [&](store::Session& session, std::span<const store::DeletedHost> hosts) {
            for (const store::DeletedHost& host : hosts)
                deps_.activities.record(session, viewer, "deleted_host", deleted_details(host));
        }
    );
    std::vector<HostId> deleted;
    for (const store::DeletedHost& host : gone)
        deleted.push_back(host.id);
    if (!deleted.empty()) deps_.events.hosts_deleted(deleted);
}

}  // namespace fleet::service
