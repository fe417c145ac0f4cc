#include "../host_json.hpp"
#include "describe.hpp"

namespace fleet::api::rest::describe {

using namespace json;

Shape host() {
    Shape out = shape_of<HostDto>(Use::answer);
    out.name = "Host";
    return out;
}

namespace {

Shape installed_software() {
    return named(
        "InstalledSoftware",
        {{"id", count},
         {"name", text},
         {"display_name", text},
         {"version", text},
         {"source", text},
         {"browser", text},
         {"extension_for", text},
         optional("bundle_identifier", text),
         optional("extension_id", text),
         optional("release", text),
         optional("vendor", text),
         optional("arch", text),
         optional("upgrade_code", text),
         optional("last_opened_at", time),
         {"generated_cpe", text},
         {"vulnerabilities", vulnerabilities()},
         {"installed_paths", list_of(text)}}
    );
}

Shape host_user() {
    return named(
        "HostUser",
        {{"uid", integer}, {"username", text}, {"type", text}, {"groupname", text}, {"shell", text}}
    );
}

Shape host_label() {
    return named(
        "HostLabel",
        {{"created_at", time},
         {"updated_at", time},
         {"id", count},
         {"name", text},
         {"description", text},
         {"query", text},
         {"platform", text},
         {"label_type", label_type()},
         {"label_membership_type", label_membership()}}
    );
}

Shape pack_stats() {
    const Shape query = named(
        "ScheduledQueryStats",
        {{"scheduled_query_name", text},
         {"scheduled_query_id", count},
         {"query_name", text},
         {"description", text},
         {"pack_name", text},
         {"pack_id", count},
         {"average_memory", integer},
         {"denylisted", flag},
         {"discard_data", flag},
         {"automations_enabled", flag},
         {"executions", integer},
         {"interval", integer},
         {"last_executed", nullable(time)},
         {"last_fetched", nullable(time)},
         {"output_size", integer},
         {"system_time", integer},
         {"user_time", integer},
         {"wall_time", integer}}
    );
    return named(
        "PackStats",
        {{"pack_id", count}, {"pack_name", text}, {"type", text}, {"query_stats", list_of(query)}}
    );
}

Shape email() {
    return named("HostEmail", {{"email", text}, {"source", text}});
}

Shape end_user() {
    return named(
        "EndUser",
        {{"idp_username", text},
         {"idp_full_name", text},
         {"idp_info_updated_at", nullable(time)},
         {"idp_groups", list_of(text)},
         {"idp_department", text},
         {"other_emails", list_of(email())}}
    );
}

Shape device_mapping() {
    return object({{"host_id", count}, {"device_mapping", nullable(list_of(email()))}});
}

/// How many hosts are in device management, and by what.
std::vector<Field> mdm_counts() {
    const Shape by_status = object(
        {{"enrolled_manual_hosts_count", count},
         {"enrolled_automated_hosts_count", count},
         {"enrolled_personal_hosts_count", count},
         {"pending_hosts_count", count},
         {"unenrolled_hosts_count", count},
         {"hosts_count", count}}
    );
    return {
        {"counts_updated_at", time},
        {"mobile_device_management_enrollment_status", by_status},
        {"mobile_device_management_solution", list_of(anything)}};
}

Descriptions host_facts() {
    std::vector<Field> mac = mdm_counts();
    mac.push_back({"munki_versions", list_of(anything)});
    mac.push_back({"munki_issues", list_of(anything)});
    return {
        {.endpoint = "list_host_device_mapping",
         .summary = "List who uses a host",
         .answer = device_mapping()},
        {.endpoint = "set_host_device_mapping",
         .summary = "Say who uses a host",
         .answer = device_mapping(),
         .required = {"email"}},
        {.endpoint = "delete_host_idp_mapping", .summary = "Forget who uses a host"},
        {.endpoint = "hosts_mdm_summary",
         .summary = "Count hosts by device management",
         .answer = object(mdm_counts())},
        {.endpoint = "macadmins",
         .summary = "Count Macs by Munki and device management",
         .answer = object({{"macadmins", object(std::move(mac))}})},
        {.endpoint = "host_encryption_key",
         .summary = "Get the disk encryption key of a host",
         .answer = anything},
        {.endpoint = "mdm_host_encryption_key",
         .summary = "The same under its older path",
         .answer = anything},
    };
}

Descriptions host_views() {
    const Shape view = named(
        "HostView",
        {{"id", count},
         {"name", text},
         {"filters", map_of(anything)},
         {"shared", flag},
         {"owner_id", count},
         {"owner_name", text},
         {"own", flag},
         {"created_at", time},
         {"updated_at", time}}
    );
    const Shape one = object({{"host_view", view}});
    return {
        {.endpoint = "list_host_views",
         .summary = "List saved views of the host list",
         .answer = object({{"host_views", list_of(view)}})},
        {.endpoint = "get_host_view", .summary = "Get one saved view", .answer = one},
        {.endpoint = "create_host_view",
         .summary = "Save a view of the host list",
         .answer = one,
         .required = {"name", "filters"}},
        {.endpoint = "modify_host_view", .summary = "Change a saved view", .answer = one},
        {.endpoint = "delete_host_view", .summary = "Delete a saved view"},
    };
}

Shape host_detail() {
    std::vector<Field> mdm = shape_of<HostMdmDto>(Use::answer).fields;
    for (const char* name : {"profiles", "os_settings", "macos_settings"})
        mdm.push_back({name, anything});
    mdm.push_back({"encryption_key_archived", flag});
    mdm.push_back({"device_status", text});
    mdm.push_back({"pending_action", text});
    return extended(
        host(),
        "HostDetail",
        {{"mdm", object(std::move(mdm))},
         {"pack_stats", list_of(pack_stats())},
         {"packs", list_of(anything)},
         {"labels", list_of(host_label())},
         {"users", list_of(host_user())},
         {"policies", list_of(host_policy())},
         optional("software", list_of(installed_software())),
         {"batteries", list_of(object({{"cycle_count", integer}, {"health", text}}))},
         {"end_users", list_of(end_user())},
         {"maintenance_window", anything},
         optional("additional", anything),
         optional("disk_encryption_enabled", flag),
         {"warnings", list_of(text)}}
    );
}

Shape list() {
    const Shape listed = extended(
        host(),
        "ListedHost",
        {optional("users", list_of(host_user())),
         optional("labels", list_of(host_label())),
         optional("policies", list_of(host_policy())),
         optional("device_mapping", list_of(email())),
         optional("software", list_of(installed_software())),
         optional("additional", anything)}
    );
    return object(
        {optional("software", anything),
         optional("software_title", anything),
         {"hosts", list_of(listed)},
         optional("error", text)}
    );
}

Shape summary() {
    const Shape label =
        object({{"id", count}, {"name", text}, {"description", text}, {"label_type", label_type()}}
        );
    return object(
        {optional("team_id", count),
         {"totals_hosts_count", count},
         {"online_count", count},
         {"offline_count", count},
         {"mia_count", count},
         {"missing_30_days_count", count},
         {"new_count", count},
         {"all_linux_count", count},
         optional("low_disk_space_count", count),
         {"builtin_labels", list_of(label)},
         {"platforms", list_of(object({{"platform", text}, {"hosts_count", count}}))}}
    );
}

Shape health() {
    const Shape failing =
        object({{"id", count}, {"name", text}, {"critical", flag}, {"resolution", text}});
    return object(
        {{"updated_at", time},
         {"os_version", text},
         optional("disk_encryption_enabled", flag),
         {"failing_policies_count", count},
         {"failing_critical_policies_count", count},
         {"failing_policies", list_of(failing)},
         {"vulnerable_software", list_of(anything)}}
    );
}

Shape certificates() {
    const Shape who = named(
        "DistinguishedName",
        {{"country", text},
         {"organization", text},
         {"organizational_unit", text},
         {"common_name", text}}
    );
    const Shape certificate = named(
        "HostCertificate",
        {{"id", count},
         {"not_valid_after", nullable(time)},
         {"not_valid_before", nullable(time)},
         {"certificate_authority", flag},
         {"common_name", text},
         {"key_algorithm", text},
         {"key_strength", integer},
         {"key_usage", text},
         {"serial", text},
         {"signing_algorithm", text},
         {"subject", who},
         {"issuer", who},
         {"source", text},
         {"username", text}}
    );
    return object({{"certificates", list_of(certificate)}, {"count", count}, {"meta", page_meta()}}
    );
}

Shape carve() {
    return named(
        "Carve",
        {{"id", count},
         {"created_at", time},
         {"host_id", count},
         {"name", text},
         {"block_count", integer},
         {"block_size", integer},
         {"carve_size", integer},
         {"carve_id", text},
         {"request_id", text},
         {"session_id", text},
         {"expired", flag},
         {"max_block", integer},
         optional("error", text)}
    );
}

Descriptions carves() {
    return {
        {.endpoint = "list_carves",
         .summary = "List files that hosts have sent",
         .answer = object({{"carves", list_of(carve())}})},
        {.endpoint = "get_carve",
         .summary = "Get one carve",
         .answer = object({{"carve", carve()}})},
        {.endpoint = "get_carve_block",
         .summary = "Get a block of a carve, in base64",
         .answer = object({{"data", text}})},
    };
}

}  // namespace

Descriptions hosts() {
    const Shape one = object({{"host", host_detail()}});
    Descriptions out = {
        {.endpoint = "list_hosts", .summary = "List hosts", .answer = list()},
        {.endpoint = "count_hosts", .summary = "Count hosts"},
        {.endpoint = "host_summary",
         .summary = "Count hosts by status, platform and built-in label",
         .answer = summary()},
        {.endpoint = "host_history",
         .summary = "Count hosts, and those online, hour by hour; the last entry is now",
         .answer = object(
             {{"history", list_of(object({{"at", time}, {"online", count}, {"total", count}}))}}
         )},
        {.endpoint = "host_os_versions",
         .summary = "Count hosts by version of the operating system",
         .answer = object(
             {{"os_versions",
               list_of(object({{"platform", text}, {"os_version", text}, {"hosts_count", count}}))}}
         )},
        {.endpoint = "hosts_report",
         .summary = "List hosts as CSV",
         .answer = text,
         .content_type = "text/csv"},
        {.endpoint = "list_hosts_in_label",
         .summary = "List the hosts of a label",
         .answer = list()},
        {.endpoint = "get_host", .summary = "Get one host with all its details", .answer = one},
        {.endpoint = "get_host_by_identifier",
         .summary = "Get one host by UUID, name or serial number",
         .answer = one},
        {.endpoint = "delete_host", .summary = "Delete a host"},
        {.endpoint = "delete_hosts",
         .summary = "Delete hosts by id or by filter",
         .answer = empty()},
        {.endpoint = "refetch_host", .summary = "Ask a host for its details now"},
        {.endpoint = "host_health",
         .summary = "Get what is wrong with a host",
         .answer = object({{"host_id", count}, {"health", health()}})},
        {.endpoint = "host_macadmins",
         .summary = "Get facts about Munki and device management of a Mac",
         .answer = object({{"macadmins", anything}})},
        {.endpoint = "host_mdm",
         .summary = "Get the device management state of a host; null without",
         .answer = anything},
        {.endpoint = "list_host_certificates",
         .summary = "List the certificates on a host",
         .answer = certificates()},
    };
    for (const auto part : {carves, host_facts, host_views}) {
        Descriptions more = part();
        for (Description& endpoint : more)
            out.push_back(std::move(endpoint));
    }
    return out;
}

}  // namespace fleet::api::rest::describe
