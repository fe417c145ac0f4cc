#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "fleet/core/result.hpp"
#include "fleet/core/roles.hpp"
#include "fleet/core/team.hpp"
#include "fleet/core/time.hpp"
#include "fleet/core/viewer.hpp"
#include "fleet/core/worker_pool.hpp"
#include "fleet/service/activities.hpp"
#include "fleet/service/events.hpp"
#include "fleet/service/host_presence.hpp"
#include "fleet/store/host_email_store.hpp"
#include "fleet/store/host_store.hpp"
#include "fleet/store/label_store.hpp"
#include "fleet/store/policy_store.hpp"
#include "fleet/store/software_store.hpp"
#include "fleet/store/team_store.hpp"

namespace fleet::service {

/// Values of the status filter; `mia` is an old word for missing.
enum class HostStatusFilter { fresh, online, offline, missing };

/// "new", "online", "offline", "missing" or "mia".
std::optional<HostStatusFilter> parse_status_filter(std::string_view text);

/// Which hosts. The viewer's own limits are added by the service.
struct HostSelection {
    store::HostFilter filter{};
    std::optional<HostStatusFilter> status{};
    std::optional<Time> seen_since{}, seen_before{};
    std::optional<std::uint64_t> software_version{}, software_title{};
};

/// What a list shows beside the rows.
struct HostExtras {
    bool users = false;
    bool labels = false;
    bool additional = false;
    std::vector<std::string> additional_keys{};  // none: all of them
    bool software = false;
    bool emails = false;
    bool policies = false;
    bool issues = true;  // how many policies the host fails
};

struct HostView {
    store::HostRecord host{};
    HostStatus status = HostStatus::offline;
    std::vector<HostUser> users{};
    std::vector<store::HostLabel> labels{};
    std::optional<std::string> additional{};  // JSON text
    std::vector<store::InstalledSoftware> software{};
    std::vector<store::HostEmail> emails{};
    std::vector<store::HostPolicy> policies{};
    std::uint64_t failing_policies = 0;
};

enum class WithSoftware { no, yes };

struct HostDetail : HostView {
    std::vector<HostBattery> batteries{};
    std::vector<store::HostQueryStats> query_stats{};
};

/// Hands out a list some hosts at a time, so that a hundred thousand never sit in memory.
class HostCursor {
public:
    HostCursor(
        store::HostStore& hosts,
        store::SoftwareStore& software,
        store::HostEmailStore& emails,
        store::PolicyStore& policies,
        const HostPresence& presence,
        const Clock& clock,
        std::vector<HostId> ids,
        HostExtras extras
    )
        : hosts_{hosts},
          software_{software},
          emails_{emails},
          policies_{policies},
          presence_{presence},
          clock_{clock},
          ids_{std::move(ids)},
          extras_{std::move(extras)} {}

    std::size_t size() const { return ids_.size(); }
    bool done() const { return at_ >= ids_.size(); }
    /// The next hosts, at most `count`; those deleted meanwhile are missing.
    std::vector<HostView> next(std::size_t count);

private:
    store::HostStore& hosts_;
    store::SoftwareStore& software_;
    store::HostEmailStore& emails_;
    store::PolicyStore& policies_;
    const HostPresence& presence_;
    const Clock& clock_;
    std::vector<HostId> ids_;
    HostExtras extras_;
    std::size_t at_ = 0;
};

struct HostSummary {
    std::uint64_t total = 0, online = 0, offline = 0, missing = 0, fresh = 0, all_linux = 0;
    std::optional<std::uint64_t> low_disk_space{};
    std::vector<store::Label> builtin_labels{};
    std::vector<PlatformCount> platforms{};
};

struct SummaryRequest {
    std::optional<TeamId> team{};
    std::string platform{};
    std::optional<std::int64_t> low_disk_gigs{};
};

struct CertificatePage {
    std::vector<store::StoredCertificate> certificates{};
    std::uint64_t count = 0;
    bool has_next = false;
};

enum class Deletion { done, continues };

/// Hosts for people and scripts (rest-api-a 13).
class HostService {
public:
    struct Deps {
        store::HostStore& hosts;
        store::LabelStore& labels;
        store::SoftwareStore& software;
        store::TeamStore& teams;
        store::HostEmailStore& emails;
        store::PolicyStore& policies;
        Activities& activities;
        const HostPresence& presence;
        HostEvents& events;
        WorkerPool& workers;
        const Clock& clock;
        /// After this long a bulk deletion goes on in the background.
        std::chrono::milliseconds patience = std::chrono::seconds{25};
    };

    explicit HostService(Deps deps) : deps_{deps} {}

    Result<HostCursor> list(
        const Viewer& viewer,
        const HostSelection& selection,
        const Paging& paging,
        const HostExtras& extras
    );
    /// Hosts of a label, for those who may read the label; nothing for gitops.
    Result<HostCursor> list_in_label(
        const Viewer& viewer,
        const HostSelection& selection,
        const Paging& paging,
        const HostExtras& extras
    );
    Result<std::uint64_t> count(const Viewer& viewer, const HostSelection& selection);
    /// Ids of the hosts that match, of those on which the viewer may do `action`: for work on all
    /// of them.
    Result<std::vector<HostId>> matching(
        const Viewer& viewer, const HostSelection& selection, Action action
    );
    Result<HostSummary> summary(const Viewer& viewer, const SummaryRequest& request);

    Result<HostDetail> get(const Viewer& viewer, HostId id, WithSoftware software);
    Result<HostDetail> get_by_identifier(
        const Viewer& viewer, const std::string& identifier, WithSoftware software
    );
    /// The row alone, for answers that need little of it.
    Result<HostView> get_brief(const Viewer& viewer, HostId id);
    /// The row and the policies.
    Result<HostView> get_with_policies(const Viewer& viewer, HostId id);
    Result<CertificatePage> certificates(const Viewer& viewer, HostId id, const Paging& paging);

    Result<> refetch(const Viewer& viewer, HostId id);
    Result<> remove(const Viewer& viewer, HostId id);
    Result<Deletion> remove_ids(const Viewer& viewer, std::vector<HostId> ids);
    Result<Deletion> remove_matching(const Viewer& viewer, const HostSelection& selection);

    /// Puts hosts into a team, or (none) out of every team; ids that name nothing are skipped.
    Result<> transfer_ids(const Viewer& viewer, std::optional<TeamId> to, std::vector<HostId> ids);
    Result<> transfer_matching(
        const Viewer& viewer, std::optional<TeamId> to, const HostSelection& selection
    );

private:
    struct Batch;
    Result<HostCursor> open(
        const Viewer& viewer,
        const HostSelection& selection,
        const Paging& paging,
        const HostExtras& extras
    );
    Result<HostSelection> prepared(
        const HostSelection& selection, const Viewer& viewer, Action action
    );
    Result<HostSelection> looked_up(HostSelection selection, const Viewer& viewer);
    Result<std::vector<HostId>> select(const HostSelection& selection, const Paging& paging);
    Result<Deletion> remove_all(const Viewer& viewer, std::vector<HostId> ids);
    void remove_batch(const Viewer& viewer, std::span<const HostId> ids);
    static void go_on(HostService& self, std::shared_ptr<Batch> batch);
    Result<std::optional<Team>> destination(const Viewer& viewer, std::optional<TeamId> to);
    Result<> move_all(
        const Viewer& viewer, const std::optional<Team>& team, std::span<const HostId> ids
    );
    HostDetail detail(store::HostRecord record, WithSoftware software);
    void refresh(HostView& view) const;
    void add_policies(HostView& view);

    Deps deps_;
};

}  // namespace fleet::service
