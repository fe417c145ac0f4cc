#include "support/host_rows.hpp"

#include <nlohmann/json.hpp>
#include <random>
#include <sstream>

namespace fleet::test {

namespace {

using nlohmann::json;

std::string random_uuid() {
    static std::mt19937_64 random{std::random_device{}()};
    const auto hex = [](unsigned long long value, int width) {
        std::ostringstream out;
        out.width(width);
        out.fill('0');
        out << std::hex << value;
        return out.str();
    };
    return hex(random() & 0xFFFFFFFF, 8) + "-" + hex(random() & 0xFFFF, 4) + "-4" +
           hex(random() & 0xFFF, 3) + "-8" + hex(random() & 0xFFF, 3) + "-" +
           hex(random() & 0xFFFFFFFFFFFF, 12);
}

json os_version(const Machine& m) {
    const bool is_mac = m.platform == "darwin";
    const bool is_windows = m.platform == "windows";
    return {
        {"name", m.os_name},
        {"version", m.os_version},
        {"major",
         is_mac       ? "14"
         : is_windows ? "10"
                      : "22"},
        {"minor",
         is_mac       ? "5"
         : is_windows ? "0"
                      : "4"},
        {"patch", "0"},
        {"build",
         is_mac       ? "23F79"
         : is_windows ? "22631"
                      : ""},
        {"platform", m.platform},
        {"platform_like",
         is_mac       ? "darwin"
         : is_windows ? "windows"
                      : "debian"},
        {"codename", is_mac || is_windows ? "" : "jammy"},
        {"arch", "x86_64"},
        {"extra", ""}};
}

json osquery_info(const Machine& m) {
    return {
        {"version", m.osquery_version},
        {"instance_id", m.uuid + "-instance"},
        {"uuid", m.uuid},
        {"build_platform", m.platform},
        {"pid", "812"},
        {"config_valid", "1"},
        {"platform_mask", "9"}};
}

json system_info(const Machine& m) {
    return {
        {"hostname", m.hostname},
        {"computer_name", m.hostname},
        {"local_hostname", m.hostname},
        {"uuid", m.uuid},
        {"hardware_serial", m.serial},
        {"hardware_vendor", "QEMU"},
        {"hardware_model", "Standard PC"},
        {"hardware_version", "1"},
        {"cpu_type", "x86_64"},
        {"cpu_subtype", "85"},
        {"cpu_brand", std::string{"Intel(R) Xeon(R)\0\0\0", 19}},
        {"cpu_physical_cores", "4"},
        {"cpu_logical_cores", "8"},
        {"cpu_sockets", "1"},
        {"physical_memory", "16777216000"}};
}

}  // namespace

Machine make_machine(const std::string& name, const std::string& platform) {
    Machine machine{.uuid = random_uuid(), .hostname = name, .platform = platform};
    machine.serial = "SN-" + machine.uuid.substr(0, 8);
    if (platform == "darwin") {
        machine.os_name = "macOS";
        machine.os_version = "14.5";
    } else if (platform == "windows") {
        machine.os_name = "Microsoft Windows 11 Pro";
        machine.os_version = "10.0.22631";
    }
    return machine;
}

json host_details(const Machine& machine) {
    return {
        {"os_version", os_version(machine)},
        {"osquery_info", osquery_info(machine)},
        {"system_info", system_info(machine)},
        {"platform_info", {{"vendor", "SeaBIOS"}, {"version", "1.16"}}}};
}

json detail_rows(const Machine& m, const std::string& name) {
    if (name == "os_version") return json::array({os_version(m)});
    if (name == "osquery_info") return json::array({osquery_info(m)});
    if (name == "system_info") return json::array({system_info(m)});
    if (name == "uptime") return json::array({{{"total_seconds", "86400"}, {"days", "1"}}});
    if (name.starts_with("network_interface")) {
        return json::array({{{"address", m.ip}, {"mac", m.mac}}});
    }
    if (name == "osquery_flags") {
        return json::array(
            {{{"name", "distributed_interval"}, {"value", "10"}},
             {{"name", "config_refresh"}, {"value", "60"}},
             {{"name", "logger_tls_period"}, {"value", "10"}}}
        );
    }
    if (name == "disk_space_unix" || name == "disk_space_darwin_legacy" ||
        name == "disk_space_windows") {
        return json::array(
            {{{"percent_disk_space_available", "42"},
              {"gigs_disk_space_available", "210.5"},
              {"gigs_total_disk_space", "500"},
              {"gigs_all_disk_space", "500"}}}
        );
    }
    if (name == "users") {
        return json::array(
            {{{"uid", "1000"},
              {"uuid", ""},
              {"username", "ada"},
              {"type", ""},
              {"groupname", "ada"},
              {"shell", "/bin/bash"}}}
        );
    }
    if (name == "os_unix_like") {
        auto row = os_version(m);
        row["kernel_version"] = "5.15.0-105-generic";
        return json::array({row});
    }
    return json::array();
}

}  // namespace fleet::test
