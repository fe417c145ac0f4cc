#include "perf/tables/machine.hpp"
#include "perf/tables/sets.hpp"
#include "perf/text.hpp"

namespace fleet::perf {
namespace {

/// One paragraph of dpkg's status file.
struct Package {
    std::string name{};
    std::string version{};
    std::string source{};
    std::string size{};
    std::string arch{};
    std::string status{};
    std::string maintainer{};
    std::string section{};
    std::string priority{};

    Row row() const {
        const auto dash = version.rfind('-');
        return {
            name,
            version,
            source,
            size,
            arch,
            dash == std::string::npos ? "" : version.substr(dash + 1),
            status,
            maintainer,
            section,
            priority,
            "/var/lib/dpkg"};
    }

    void set(std::string_view key, std::string_view value) {
        if (key == "Package") name = value;
        if (key == "Version") version = value;
        if (key == "Source") source = value.substr(0, value.find(' '));
        if (key == "Installed-Size") size = value;
        if (key == "Architecture") arch = value;
        if (key == "Status") status = value;
        if (key == "Maintainer") maintainer = value;
        if (key == "Section") section = value;
        if (key == "Priority") priority = value;
    }
};

Rows deb_packages(const TableQuery& /*query*/) {
    Rows rows;
    Package package;
    const auto flush = [&] {
        if (!package.name.empty() && !package.status.ends_with("not-installed"))
            rows.push_back(package.row());
        package = {};
    };
    const auto content = machine::read_file("/var/lib/dpkg/status");
    for (const auto line : machine::lines(content)) {
        if (line.empty()) {
            flush();
            continue;
        }
        if (line.front() == ' ' || line.front() == '\t') continue;  // continuation
        const auto colon = line.find(':');
        if (colon != std::string_view::npos)
            package.set(line.substr(0, colon), trim(line.substr(colon + 1)));
    }
    flush();
    return rows;
}

/// Python packages that the distribution or pip has put into the usual folders.
Rows python_packages(const TableQuery& /*query*/) {
    Rows rows;
    std::vector<std::string> folders{"/usr/lib/python3/dist-packages"};
    for (const auto& name : machine::entries("/usr/local/lib")) {
        if (!name.starts_with("python")) continue;
        folders.push_back("/usr/local/lib/" + name + "/dist-packages");
        folders.push_back("/usr/local/lib/" + name + "/site-packages");
    }
    for (const auto& folder : folders) {
        for (const auto& entry : machine::entries(folder)) {
            const auto path = folder + "/" + entry;
            std::string text;
            if (entry.ends_with(".dist-info")) text = machine::read_file(path + "/METADATA");
            if (entry.ends_with(".egg-info")) text = machine::read_file(path + "/PKG-INFO");
            if (entry.ends_with(".egg-info") && text.empty()) text = machine::read_file(path);
            if (text.empty()) continue;
            // The description follows the first blank line and may hold anything.
            text.resize(std::min(text.find("\n\n"), text.size()));
            const auto field = [&](const char* key) { return machine::field(text, key, ':'); };
            rows.push_back(
                {field("Name"),
                 "0",
                 field("Version"),
                 field("Summary"),
                 field("Author"),
                 field("License"),
                 path,
                 folder}
            );
        }
    }
    return rows;
}

}  // namespace

void add_machine_packages(TableSet& set) {
    set.push_back({"deb_packages", columns(shape::kDebPackages), deb_packages});
    set.push_back({"rpm_packages", columns(shape::kRpmPackages), no_rows});
    set.push_back({"python_packages", columns(shape::kPythonPackages), python_packages});
    set.push_back({"certificates", columns(shape::kCertificates), no_rows});
    set.push_back({"systemd_units", columns(shape::kSystemdUnits), no_rows});
}

}  // namespace fleet::perf
