#include "host_columns.hpp"

#include <algorithm>

#include "fleet/core/utf8.hpp"
#include "sql_list.hpp"

namespace fleet::store {
namespace {

std::optional<std::string> cut(const std::optional<std::string>& text, std::size_t limit) {
    if (!text) return std::nullopt;
    return clipped(*text, limit);
}

bool has_seldom_columns(const HostVitals& v) {
    return v.hostname || v.computer_name || v.uuid || v.platform || v.platform_like ||
           v.os_version || v.build || v.code_name || v.osquery_version || v.cpu_type ||
           v.cpu_subtype || v.cpu_brand || v.cpu_physical_cores || v.cpu_logical_cores ||
           v.memory || v.hardware_vendor || v.hardware_model || v.hardware_version ||
           v.hardware_serial || v.primary_ip || v.primary_mac || v.public_ip || v.disk_encrypted;
}

const Sql& vitals_sql() {
    static const Sql sql{
        "update_vitals",
        std::string{R"sql(
        UPDATE hosts SET
            hostname = COALESCE(?, hostname), computer_name = COALESCE(?, computer_name),
            uuid = COALESCE(?, uuid), platform = COALESCE(?, platform),
            platform_like = COALESCE(?, platform_like),
            generic_platform = COALESCE(?, generic_platform),
            os_version = COALESCE(?, os_version), build = COALESCE(?, build),
            code_name = COALESCE(?, code_name), osquery_version = COALESCE(?, osquery_version),
            cpu_type = COALESCE(?, cpu_type), cpu_subtype = COALESCE(?, cpu_subtype),
            cpu_brand = COALESCE(?, cpu_brand),
            cpu_physical_cores = COALESCE(?, cpu_physical_cores),
            cpu_logical_cores = COALESCE(?, cpu_logical_cores), memory = COALESCE(?, memory),
            hardware_vendor = COALESCE(?, hardware_vendor),
            hardware_model = COALESCE(?, hardware_model),
            hardware_version = COALESCE(?, hardware_version),
            hardware_serial = COALESCE(?, hardware_serial), primary_ip = COALESCE(?, primary_ip),
            primary_mac = COALESCE(?, primary_mac), public_ip = COALESCE(?, public_ip),
            disk_encrypted = COALESCE(?, disk_encrypted), updated_at = ?, identity_changed_at = ?,
            display_name = )sql"} +
            kDisplayNameSql + " WHERE id = ?"};
    return sql;
}

std::uint64_t change(
    Session& session, const Sql& head, LabelId label, std::span<const HostId> hosts
) {
    std::vector<Param> values{raw(label)};
    for (Param& id : id_params(hosts))
        values.push_back(std::move(id));
    return session.run(head, values);
}

}  // namespace

void update_vitals(Session& session, HostId host, const HostVitals& v, Time at) {
    if (!has_seldom_columns(v)) return;
    std::optional<std::string> generic;
    if (v.platform) {
        generic = std::string{to_text(generic_platform(*v.platform, v.platform_like.value_or("")))};
        if (generic->empty()) generic.reset();
    }
    session.execute(
        vitals_sql(),
        cut(v.hostname, 255),
        cut(v.computer_name, 255),
        cut(v.uuid, 255),
        cut(v.platform, 64),
        cut(v.platform_like, 255),
        generic,
        cut(v.os_version, 255),
        cut(v.build, 255),
        cut(v.code_name, 255),
        cut(v.osquery_version, 64),
        cut(v.cpu_type, 255),
        cut(v.cpu_subtype, 255),
        cut(v.cpu_brand, 255),
        v.cpu_physical_cores,
        v.cpu_logical_cores,
        v.memory,
        cut(v.hardware_vendor, 255),
        cut(v.hardware_model, 255),
        cut(v.hardware_version, 255),
        cut(v.hardware_serial, 255),
        cut(v.primary_ip, 64),
        cut(v.primary_mac, 32),
        cut(v.public_ip, 64),
        v.disk_encrypted,
        at,
        at,
        host
    );
}

void write_label_changes(Session& session, const LabelChanges& changes) {
    if (changes.empty()) return;
    std::vector<LabelId> wanted;
    for (const auto& [label, change_of_label] : changes)
        wanted.push_back(label);
    const std::vector<LabelId> alive = existing_ids(session, "labels", wanted, Lock::none);
    std::map<LabelId, std::int64_t> moved;
    for (const LabelId label : alive) {
        LabelChange sorted = changes.at(label);
        std::sort(sorted.joined.begin(), sorted.joined.end());
        std::sort(sorted.left.begin(), sorted.left.end());
        for (std::size_t at = 0; at < sorted.joined.size(); at += kMaxList) {
            const std::span<const HostId> some{
                sorted.joined.data() + at, std::min(kMaxList, sorted.joined.size() - at)};
            const std::size_t size = id_params(some).size();
            const Sql sql{
                "join_label",
                "INSERT IGNORE INTO label_membership (label_id, host_id) "
                "SELECT ?, id FROM hosts WHERE id IN " +
                    placeholders(size)};
            moved[label] += static_cast<std::int64_t>(change(session, sql, label, some));
        }
        for (std::size_t at = 0; at < sorted.left.size(); at += kMaxList) {
            const std::span<const HostId> some{
                sorted.left.data() + at, std::min(kMaxList, sorted.left.size() - at)};
            const std::size_t size = id_params(some).size();
            const Sql sql{
                "leave_label",
                "DELETE FROM label_membership WHERE label_id = ? AND host_id IN " +
                    placeholders(size)};
            moved[label] -= static_cast<std::int64_t>(change(session, sql, label, some));
        }
    }
    // Counts last and in id order: these rows are shared by all writers, so they are held briefly.
    for (const auto& [label, difference] : moved) {
        if (difference == 0) continue;
        session.execute(
            Sql{"count_label",
                "UPDATE labels SET host_count = host_count + ?, "
                "updated_at = updated_at WHERE id = ?"},
            difference,
            label
        );
    }
}

}  // namespace fleet::store
