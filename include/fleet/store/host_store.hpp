#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "fleet/core/host.hpp"
#include "fleet/core/label_expression.hpp"
#include "fleet/core/paging.hpp"
#include "fleet/core/result.hpp"
#include "fleet/store/db.hpp"
#include "fleet/store/host_names.hpp"

namespace fleet::store {

/// A host as people see it: its row, and the name of its team.
struct HostRecord {
    HostId id{};
    Time created_at{}, updated_at{}, last_enrolled_at{};
    Time detail_updated_at{}, label_updated_at{}, policy_updated_at{}, seen_time{};
    bool refetch_requested = false;
    std::string hostname{}, computer_name{}, display_name{}, uuid{};
    std::string platform{}, platform_like{}, osquery_version{}, os_version{}, build{}, code_name{};
    std::int64_t uptime = 0;
    std::optional<Time> last_restarted_at{};
    std::int64_t memory = 0;
    std::string cpu_type{}, cpu_subtype{}, cpu_brand{};
    std::int64_t cpu_physical_cores = 0, cpu_logical_cores = 0;
    std::string hardware_vendor{}, hardware_model{}, hardware_version{}, hardware_serial{};
    std::string public_ip{}, primary_ip{}, primary_mac{};
    std::int64_t distributed_interval = 0, config_tls_refresh = 0, logger_tls_period = 0;
    std::optional<TeamId> team_id{};
    std::optional<std::string> team_name{};
    double gigs_disk_space_available = 0, percent_disk_space_available = 0;
    double gigs_total_disk_space = 0;
    std::optional<double> gigs_all_disk_space{};
    std::optional<bool> disk_encrypted{};
    std::optional<Time> orbit_enrolled{};
    bool duplicate_identity = false;
};

/// Which hosts; every condition narrows. The same filter lists, counts, exports and deletes.
struct HostFilter {
    std::string text{};                            // in a name, serial, uuid or address
    std::optional<std::vector<TeamId>> visible{};  // teams that the viewer may see; none: all
    std::optional<TeamId> team{};                  // 0: hosts of no team
    std::optional<LabelId> label{};
    std::optional<LabelExpression> labels{};             // its names have been looked up
    std::string platform{};                              // raw, or "linux" for every Linux
    std::optional<std::string> os_name{}, os_version{};  // "Ubuntu", "22.04.4 LTS"
    std::optional<Time> created_since{}, created_before{};
    std::optional<std::int64_t> low_disk_gigs{};
    /// Hosts with one of these sets of software (SoftwareStore::sets_with).
    std::optional<std::vector<std::uint64_t>> software_sets{};
    /// Hosts that have answered the policy; `policy_passes` narrows it to one of the answers.
    std::optional<PolicyId> policy{};
    std::optional<bool> policy_passes{};
    /// Only these, each given once; for lists that are worked out elsewhere. Some thousands.
    std::optional<std::vector<HostId>> among{};
    bool nothing = false;  // asks for data that no host has

    bool operator==(const HostFilter&) const = default;
};

struct HostLabel {
    LabelId id{};
    std::string name{}, description{}, query{}, platform{};
    bool builtin = false;
    int membership = 0;
    Time created_at{}, updated_at{};
};

struct HostQueryStats {
    QueryId query{};
    std::string query_name{}, description{};
    std::optional<TeamId> team{};
    ScheduledQueryStats stats{};
    bool discard_data = false, automations = false;
    std::optional<Time> last_fetched{};
};

struct StoredCertificate : HostCertificate {
    std::uint64_t id = 0;
};

/// Who a deletion is recorded for.
struct DeletedHost {
    HostId id{};
    std::string display_name{}, serial{};
};

/// Who a transfer is recorded for.
struct MovedHost {
    HostId id{};
    std::string display_name{};
};

/// Hosts for people and scripts. Every function blocks.
class HostStore {
public:
    explicit HostStore(Database& db) : db_{db}, names_{db} {}

    /// Ids of the hosts that match, in order: one page, or all. Only what the indexes know, so that
    /// far pages are near.
    Result<std::vector<HostId>> ids(const HostFilter& filter, const Paging& paging);
    /// Ids of all that match in no particular order, for what is decided in memory.
    std::vector<HostId> ids(const HostFilter& filter);
    std::uint64_t count(const HostFilter& filter);

    /// Full rows in the order of the ids; hosts that are gone are left out.
    std::vector<HostRecord> load(std::span<const HostId> ids);
    std::optional<HostRecord> find(HostId id);
    /// By identifier, node key, UUID, serial, host name or display name, in this order.
    std::optional<HostId> find_identifier(const std::string& identifier);

    std::vector<std::pair<HostId, HostUser>> users(std::span<const HostId> hosts);
    std::vector<std::pair<HostId, HostLabel>> labels(std::span<const HostId> hosts);
    std::vector<std::pair<HostId, std::string>> additional(std::span<const HostId> hosts);
    std::vector<HostBattery> batteries(HostId host);
    std::vector<HostQueryStats> query_stats(HostId host);
    Result<std::vector<StoredCertificate>> certificates(HostId host, const Paging& paging);
    std::uint64_t count_certificates(HostId host);

    /// Marks the host so that its next check-in brings all details. False: no such host.
    bool request_refetch(HostId host, Time now);
    /// Teams of the hosts, one each (0: none), sorted, without repeats.
    std::vector<TeamId> teams_of(std::span<const HostId> hosts);
    /// Deletes in one transaction: memberships with their counts, the rows, a note for other
    /// instances, then `record`. Unknown ids are skipped. At most kMaxList ids.
    std::vector<DeletedHost> remove(
        std::span<const HostId> hosts,
        Time now,
        const std::function<void(Session&, std::span<const DeletedHost>)>& record
    );
    /// Hosts of a team, in no particular order.
    std::vector<HostId> in_team(TeamId team, std::size_t most);
    /// Puts the hosts into a team, or (none) out of every team, in one transaction, then `record`.
    /// Unknown ids are skipped; 404 when there is no such team. At most kMaxList ids.
    Result<std::vector<MovedHost>> transfer(
        std::span<const HostId> hosts,
        std::optional<TeamId> team,
        Time now,
        const std::function<void(Session&, std::span<const MovedHost>)>& record
    );

private:
    HostFilter narrowed(const HostFilter& filter);

    Database& db_;
    HostNames names_;
};

}  // namespace fleet::store
