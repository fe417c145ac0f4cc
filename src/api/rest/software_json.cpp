#include "software_json.hpp"

#include "compact_json.hpp"

namespace fleet::api::rest {
namespace {

/// What is left out when there is nothing to say.
void add_optional(json::Value& out, const store::InstalledSoftware& installed) {
    const store::SoftwareRecord& s = *installed.software;
    if (!s.bundle_identifier.empty()) out["bundle_identifier"] = s.bundle_identifier;
    if (!s.extension_id.empty()) out["extension_id"] = s.extension_id;
    if (!s.release.empty()) out["release"] = s.release;
    if (!s.vendor.empty()) out["vendor"] = s.vendor;
    if (!s.arch.empty()) out["arch"] = s.arch;
    if (!s.upgrade_code.empty()) out["upgrade_code"] = s.upgrade_code;
    if (installed.last_opened) out["last_opened_at"] = to_rfc3339(*installed.last_opened);
}

}  // namespace

json::Value to_json(const store::InstalledSoftware& installed) {
    const store::SoftwareRecord& s = *installed.software;
    json::Value out = json::Value::object();
    out["id"] = s.id;
    out["name"] = s.name;
    out["display_name"] = "";
    out["version"] = s.version;
    out["source"] = s.source;
    out["browser"] = s.extension_for;
    out["extension_for"] = s.extension_for;
    add_optional(out, installed);
    out["generated_cpe"] = "";
    out["vulnerabilities"] = nullptr;
    out["installed_paths"] = json::encode(installed.paths);
    return out;
}

void append_software(std::string& host, const std::vector<store::InstalledSoftware>& list) {
    host.back() = ',';
    append_text(host, "software");
    host += ":[";
    for (const store::InstalledSoftware& one : list) {
        if (host.back() != '[') host += ',';
        host += json::dump(to_json(one));
    }
    host += "]}";
}

}  // namespace fleet::api::rest
