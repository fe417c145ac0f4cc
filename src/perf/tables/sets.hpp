#pragma once

#include "perf/host_context.hpp"
#include "perf/sql/table.hpp"

namespace fleet::perf {

/// All tables of a virtual host of this family, or of this very machine.
TableSet make_tables(Family family);

// One family of tables each. What a platform does not have is left out, so that a query of it
// fails with "no such table" as it does in the field.
void add_synthetic_system(TableSet& set, Family family);
void add_synthetic_accounts(TableSet& set, Family family);
void add_synthetic_processes(TableSet& set, Family family);
void add_synthetic_network(TableSet& set, Family family);
void add_synthetic_storage(TableSet& set, Family family);
void add_synthetic_packages(TableSet& set, Family family);
void add_synthetic_apps(TableSet& set, Family family);
void add_synthetic_windows(TableSet& set);

void add_machine_system(TableSet& set);
void add_machine_accounts(TableSet& set);
void add_machine_processes(TableSet& set);
void add_machine_sockets(TableSet& set);
void add_machine_network(TableSet& set);
void add_machine_storage(TableSet& set);
void add_machine_packages(TableSet& set);
void add_machine_files(TableSet& set);

/// osquery_info, osquery_flags, osquery_schedule, time, carves and the like: the same for all.
void add_osquery_tables(TableSet& set);

/// What osquery has on this platform and the calls above have not added: missing columns, which
/// are NULL, and whole tables, which are empty.
void complete_with_schema(TableSet& set, Family family);

/// osquery_registry, which lists the other tables: comes last.
void add_registry_table(TableSet& set);

// Column lists that synthetic and real hosts share.
namespace shape {
inline constexpr auto kSystemInfo =
    "hostname uuid cpu_type cpu_subtype cpu_brand cpu_physical_cores:i cpu_logical_cores:i "
    "cpu_sockets:i cpu_microcode physical_memory:b hardware_vendor hardware_model "
    "hardware_version hardware_serial board_vendor board_model board_version board_serial "
    "computer_name local_hostname emulated_cpu_type";
inline constexpr auto kOsVersion =
    "name version major:i minor:i patch:i build platform platform_like codename arch extra";
inline constexpr auto kPlatformInfo =
    "vendor version date revision extra firmware_type address size volume_size:i";
inline constexpr auto kUptime = "days:i hours:i minutes:i seconds:i total_seconds:b";
inline constexpr auto kKernelInfo = "version arguments path device";
inline constexpr auto kCpuInfo =
    "device_id model manufacturer processor_type cpu_status:i number_of_cores "
    "logical_processors:i address_width current_clock_speed:i max_clock_speed:i "
    "socket_designation availability load_percentage:i number_of_efficiency_cores:i "
    "number_of_performance_cores:i";
inline constexpr auto kMemoryInfo =
    "memory_total:b memory_free:b memory_available:b buffers:b cached:b swap_cached:b active:b "
    "inactive:b swap_total:b swap_free:b";
inline constexpr auto kLoadAverage = "period average";
inline constexpr auto kUsers =
    "uid:b gid:b uid_signed:b gid_signed:b username description directory shell uuid type "
    "is_hidden:i";
inline constexpr auto kGroups = "gid:b gid_signed:b groupname group_sid comment is_hidden:i";
inline constexpr auto kUserGroups = "uid:b gid:b";
inline constexpr auto kLoggedInUsers = "type user tty host time:b pid:i sid registry_hive";
inline constexpr auto kProcesses =
    "pid:b name path cmdline state cwd root uid:b gid:b euid:b egid:b suid:b sgid:b on_disk:i "
    "wired_size:b resident_size:b total_size:b user_time:b system_time:b disk_bytes_read:b "
    "disk_bytes_written:b start_time:b parent:b pgroup:b threads:i nice:i elapsed_time:b";
inline constexpr auto kProcessOpenSockets =
    "pid:i fd:b socket:b family:i protocol:i local_address remote_address local_port:i "
    "remote_port:i path state net_namespace";
inline constexpr auto kListeningPorts =
    "pid:i port:i protocol:i family:i address fd:b socket:b path net_namespace";
inline constexpr auto kInterfaceAddresses =
    "interface address mask broadcast point_to_point type friendly_name";
inline constexpr auto kInterfaceDetails =
    "interface mac type:i mtu:i metric:i flags:i ipackets:b opackets:b ibytes:b obytes:b "
    "ierrors:b oerrors:b idrops:b odrops:b collisions:b last_change:b link_speed:b pci_slot "
    "friendly_name description manufacturer connection_id connection_status enabled:i "
    "physical_adapter:i speed:i service dhcp_enabled:i dhcp_lease_expires dhcp_lease_obtained "
    "dhcp_server dns_domain dns_domain_suffix_search_order dns_host_name dns_server_search_order";
inline constexpr auto kRoutes =
    "destination netmask:i gateway source flags:i interface mtu:i metric:i type hopcount:i";
inline constexpr auto kEtcHosts = "address hostnames";
inline constexpr auto kArpCache = "address mac interface permanent";
inline constexpr auto kDnsResolvers = "id:i type address netmask options:b";
inline constexpr auto kMounts =
    "device device_alias path type blocks_size:b blocks:b blocks_free:b blocks_available:b "
    "inodes:b inodes_free:b flags";
inline constexpr auto kBlockDevices =
    "name parent vendor model serial size:b block_size:i uuid type label";
inline constexpr auto kDiskEncryption =
    "name uuid encrypted:i type encryption_status uid user_uuid filevault_status";
inline constexpr auto kDebPackages =
    "name version source size:b arch revision status maintainer section priority admindir";
inline constexpr auto kRpmPackages =
    "name version release source size:b sha1 arch epoch:i install_time:i vendor package_group";
inline constexpr auto kPythonPackages = "name uid:b version summary author license path directory";
inline constexpr auto kCrontab = "event minute hour day_of_month month day_of_week command path";
inline constexpr auto kCertificates =
    "common_name subject subject2 issuer issuer2 ca:i self_signed:i not_valid_before "
    "not_valid_after signing_algorithm key_algorithm key_strength key_usage subject_key_id "
    "authority_key_id sha1 path serial sid store_location store username store_id";
inline constexpr auto kFile =
    "path directory filename inode:b uid:b gid:b mode device:b size:b block_size:i atime:b "
    "mtime:b ctime:b btime:b hard_links:i symlink:i type symlink_target_path";
inline constexpr auto kHash = "path directory md5 sha1 sha256";
inline constexpr auto kSystemdUnits =
    "id description load_state active_state sub_state unit_file_state following object_path "
    "job_id:b job_type job_path fragment_path user source_path";
inline constexpr auto kKernelModules = "name size:b used_by status address";
}  // namespace shape

}  // namespace fleet::perf
