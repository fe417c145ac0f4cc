#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "fleet/core/crypto.hpp"
#include "fleet/core/ids.hpp"
#include "fleet/core/policy.hpp"
#include "fleet/core/shared_text.hpp"
#include "fleet/core/software.hpp"
#include "fleet/core/time.hpp"

namespace fleet {

/// Families of platforms that queries, labels and policies are written for (agent-api B.9.3).
enum class Platform : std::uint8_t {
    unknown,
    linux,
    darwin,
    windows,
    chrome,
    ios,
    ipados,
    android
};

std::string_view to_text(Platform platform);
/// From osquery's own name ("ubuntu"); `platform_like` and the enrolment bit mask help with
/// distributions that nobody listed.
Platform generic_platform(std::string_view raw, std::string_view platform_like = {}, int mask = 0);

/// What the detail queries tell about a machine: the columns of its row. Absent = not reported in
/// this answer, so the stored value stays.
struct HostVitals {
    std::optional<std::string> hostname{}, computer_name{}, uuid{};
    std::optional<std::string> platform{}, platform_like{}, os_version{}, build{}, code_name{};
    std::optional<std::string> osquery_version{};
    std::optional<std::string> cpu_type{}, cpu_subtype{}, cpu_brand{};
    std::optional<std::int64_t> cpu_physical_cores{}, cpu_logical_cores{}, memory{};
    std::optional<std::string> hardware_vendor{}, hardware_model{}, hardware_version{};
    std::optional<std::string> hardware_serial{};
    std::optional<std::string> primary_ip{}, primary_mac{}, public_ip{};
    std::optional<std::int64_t> uptime_ns{};
    std::optional<double> gigs_disk_space_available{}, percent_disk_space_available{};
    std::optional<double> gigs_total_disk_space{}, gigs_all_disk_space{};
    std::optional<bool> disk_encrypted{};
    std::optional<std::int64_t> distributed_interval{}, config_tls_refresh{}, logger_tls_period{};
};

struct HostUser {
    std::int64_t uid = 0;
    std::string username{}, type{}, groupname{}, shell{};
};

struct HostBattery {
    std::string serial_number{};
    std::int64_t cycle_count = 0;
    std::string health{};
};

struct HostCertificate {
    std::string sha1{}, common_name{}, subject{}, issuer{}, key_algorithm{}, key_usage{};
    std::string signing_algorithm{}, serial{}, source{}, username{};
    std::int64_t key_strength = 0;
    bool authority = false;
    std::optional<Time> not_valid_before{}, not_valid_after{};
};

/// Counters of one scheduled query as the agent keeps them.
struct ScheduledQueryStats {
    QueryId query{};
    std::int64_t executions = 0, average_memory = 0, system_time = 0, user_time = 0;
    std::int64_t wall_time = 0, output_size = 0, interval = 0;
    bool denylisted = false;
    std::optional<Time> last_executed{};
};

/// Kinds of answers that are compared by digest before anything is written.
enum class DigestKind : std::uint8_t {
    vitals,
    users,
    batteries,
    certificates,
    additional,
    software,
    software_paths,
    software_opened
};
inline constexpr std::size_t kDigestKinds = 8;
using HostDigests = std::array<ContentDigest, kDigestKinds>;

/// One inventory that replaces what is stored; present only when its digest differs.
template <class Item>
using Inventory = std::optional<std::vector<Item>>;

/// What check-ins must know about a host without asking the database.
struct HostFacts {
    HostId id{};
    Digest key{};
    std::optional<TeamId> team{};
    SharedText hostname{};
    SharedText display_name{};  // empty: the hostname
    SharedText raw_platform{}, os_version{};
    Platform platform = Platform::unknown;
    bool refetch = false;
    Time created{}, seen{}, detail_updated{}, label_updated{}, policy_updated{};
    /// When the label questions were last handed out, and when those that the host has answered
    /// were. A label that changed later than that has to be asked.
    Time label_handed{}, label_asked{};
    std::int64_t distributed_interval = 0, config_tls_refresh = 0, logger_tls_period = 0;
    std::vector<LabelId> labels{};  // sorted; built-in ones included
    HostDigests digests{};
    /// Hash of the last software answer as it came, 0 when this process has not seen one.
    std::uint64_t software_text = 0;
    PolicyAnswers policies{};
    std::uint64_t policies_version = 0;   // of the stored answers
    std::uint64_t policies_revision = 0;  // schedule up to which dropped answers are left out
    std::uint64_t policies_asked = 0;     // schedule of the last questions; 0: not asked since
};

/// Everything that one distributed write (or an enrolment) changes about a host.
struct HostUpdate {
    HostId host{};
    Time at{};
    HostVitals vitals{};
    bool details_fetched = false;  // at least one host-column query answered (B.7.1 step 4)
    bool labels_fetched = false;
    Time labels_handed{};  // when the label questions of this answer were handed out
    bool policies_fetched = false;
    bool clear_refetch = false;
    Inventory<HostUser> users{};
    Inventory<HostBattery> batteries{};
    Inventory<HostCertificate> certificates{};
    std::vector<ScheduledQueryStats> query_stats{};
    std::optional<std::string> additional{};
    std::shared_ptr<const SoftwareReport> software{};  // when any part of it is new
    std::uint64_t software_text = 0;                   // for HostFacts, when not 0
    std::shared_ptr<const PolicyReport> policies{};    // when policies were answered or left
    std::vector<LabelId> joined{};                     // labels that the host is newly in
    std::vector<LabelId> left{};
    std::vector<std::pair<DigestKind, ContentDigest>> digests{};  // what changed, to remember
};

/// online, offline or missing (30 days), from the last time it spoke.
enum class HostStatus { online, offline, missing };
HostStatus host_status(
    Time now, Time seen, std::int64_t distributed_interval, std::int64_t config_tls_refresh
);
/// The same from how long a host counts as online after each sign of life.
HostStatus host_status(Time now, Time seen, std::chrono::seconds online_for);
/// agent-api B.9.1: the shorter of the host's two intervals and some grace.
std::chrono::seconds online_window(
    std::int64_t distributed_interval, std::int64_t config_tls_refresh
);

}  // namespace fleet
