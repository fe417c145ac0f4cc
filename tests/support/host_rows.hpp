#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

namespace fleet::test {

/// Who a simulated machine is.
struct Machine {
    std::string uuid{};
    std::string hostname{};
    std::string serial{};
    std::string platform = "ubuntu";  // raw osquery platform
    std::string os_name = "Ubuntu";
    std::string os_version = "22.04.4 LTS (Jammy Jellyfish)";
    std::string osquery_version = "5.23.1";
    std::string ip = "192.168.7.11";
    std::string mac = "52:54:00:12:34:56";
};

/// A machine with a UUID of its own and names derived from `name`.
Machine make_machine(const std::string& name, const std::string& platform = "ubuntu");

/// The `host_details` member of an enrol request.
nlohmann::json host_details(const Machine& machine);

/// Rows a machine gives to the detail query of that name (without its prefix); [] when it has none.
nlohmann::json detail_rows(const Machine& machine, const std::string& name);

}  // namespace fleet::test
