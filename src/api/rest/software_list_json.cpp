#include "software_list_json.hpp"

namespace fleet::api::rest {

json::Value to_json(const store::CountedSoftware& s) {
    json::Value out = json::Value::object();
    out["id"] = s.id;
    out["name"] = s.name;
    out["display_name"] = "";
    out["version"] = s.version;
    if (!s.bundle_identifier.empty()) out["bundle_identifier"] = s.bundle_identifier;
    out["source"] = s.source;
    if (!s.extension_id.empty()) out["extension_id"] = s.extension_id;
    out["browser"] = s.extension_for;
    out["extension_for"] = s.extension_for;
    if (!s.release.empty()) out["release"] = s.release;
    if (!s.vendor.empty()) out["vendor"] = s.vendor;
    if (!s.arch.empty()) out["arch"] = s.arch;
    if (!s.upgrade_code.empty()) out["upgrade_code"] = s.upgrade_code;
    out["generated_cpe"] = "";
    out["hosts_count"] = s.hosts_count;
    out["vulnerabilities"] = nullptr;
    return out;
}

json::Value to_json(const store::SoftwareTitle& title) {
    json::Value out = json::Value::object();
    out["id"] = title.id;
    out["name"] = title.name;
    out["display_name"] = "";
    out["icon_url"] = nullptr;
    out["source"] = title.source;
    out["extension_for"] = title.extension_for;
    out["browser"] = title.extension_for;
    if (!title.bundle_identifier.empty()) out["bundle_identifier"] = title.bundle_identifier;
    out["hosts_count"] = title.hosts_count;
    out["versions_count"] = title.versions.size();
    out["versions"] = json::Value::array();
    for (const store::TitleVersion& version : title.versions) {
        out["versions"].push_back(
            {{"id", version.id}, {"version", version.version}, {"vulnerabilities", nullptr}}
        );
    }
    out["packages"] = nullptr;
    out["software_package"] = nullptr;
    out["app_store_app"] = nullptr;
    return out;
}

json::Value to_json(const service::HostTitle& title) {
    const store::SoftwareRecord& first = *title.versions.front().software;
    json::Value out = json::Value::object();
    out["id"] = title.id;
    out["name"] = first.title_name.empty() ? first.name : first.title_name;
    out["display_name"] = "";
    out["icon_url"] = nullptr;
    out["source"] = first.source;
    out["extension_for"] = first.extension_for;
    out["browser"] = first.extension_for;
    out["status"] = nullptr;
    out["software_package"] = nullptr;
    out["app_store_app"] = nullptr;
    out["installed_versions"] = json::Value::array();
    for (const store::InstalledSoftware& one : title.versions) {
        json::Value version = json::Value::object();
        version["version"] = one.software->version;
        version["bundle_identifier"] = one.software->bundle_identifier;
        version["last_opened_at"] = json::encode(one.last_opened);
        version["vulnerabilities"] = nullptr;
        version["installed_paths"] = json::encode(one.paths);
        out["installed_versions"].push_back(std::move(version));
    }
    return out;
}

}  // namespace fleet::api::rest
