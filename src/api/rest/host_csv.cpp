#include "host_csv.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <memory>

#include "compact_json.hpp"
#include "host_json.hpp"

namespace fleet::api::rest {
namespace {

using service::HostView;

std::string text(const std::string& value) {
    return value;
}
std::string text(bool value) {
    return value ? "true" : "false";
}
std::string text(Time value) {
    return to_rfc3339(value);
}
std::string text(std::int64_t value) {
    return std::to_string(value);
}
std::string text(double value) {
    std::string out;
    append_number(out, value);
    return out;
}
std::string text(HostId value) {
    return to_text(value);
}
std::string text(TeamId value) {
    return to_text(value);
}
template <class T>
std::string text(const std::optional<T>& value) {
    return value ? text(*value) : std::string{};
}

template <auto Member>
std::string cell(const HostView& view) {
    return text(view.host.*Member);
}
/// For facts that hosts do not have yet.
std::string empty(const HostView&) {
    return {};
}
std::string uptime(const HostView& view) {
    return to_go_duration(std::chrono::nanoseconds{view.host.uptime});
}
std::string issues(const HostView& view) {
    return std::to_string(view.failing_policies);
}
std::string device_mapping(const HostView& view) {
    std::string out;
    for (const store::HostEmail& email : view.emails)
        out += (out.empty() ? "" : ",") + email.email;
    return out;
}
std::string status(const HostView& view) {
    return status_text(view.status);
}

using H = store::HostRecord;

constexpr std::array kColumns{
    CsvColumn{"created_at", &cell<&H::created_at>},
    CsvColumn{"updated_at", &cell<&H::updated_at>},
    CsvColumn{"software_updated_at", &cell<&H::detail_updated_at>},
    CsvColumn{"id", &cell<&H::id>},
    CsvColumn{"detail_updated_at", &cell<&H::detail_updated_at>},
    CsvColumn{"label_updated_at", &cell<&H::label_updated_at>},
    CsvColumn{"policy_updated_at", &cell<&H::policy_updated_at>},
    CsvColumn{"last_enrolled_at", &cell<&H::last_enrolled_at>},
    CsvColumn{"seen_time", &cell<&H::seen_time>},
    CsvColumn{"refetch_requested", &cell<&H::refetch_requested>},
    CsvColumn{"hostname", &cell<&H::hostname>},
    CsvColumn{"uuid", &cell<&H::uuid>},
    CsvColumn{"platform", &cell<&H::platform>},
    CsvColumn{"osquery_version", &cell<&H::osquery_version>},
    CsvColumn{"orbit_version", &empty},
    CsvColumn{"fleet_desktop_version", &empty},
    CsvColumn{"scripts_enabled", &empty},
    CsvColumn{"os_version", &cell<&H::os_version>},
    CsvColumn{"build", &cell<&H::build>},
    CsvColumn{"platform_like", &cell<&H::platform_like>},
    CsvColumn{"code_name", &cell<&H::code_name>},
    CsvColumn{"uptime", &uptime},
    CsvColumn{"memory", &cell<&H::memory>},
    CsvColumn{"cpu_type", &cell<&H::cpu_type>},
    CsvColumn{"cpu_subtype", &cell<&H::cpu_subtype>},
    CsvColumn{"cpu_brand", &cell<&H::cpu_brand>},
    CsvColumn{"cpu_physical_cores", &cell<&H::cpu_physical_cores>},
    CsvColumn{"cpu_logical_cores", &cell<&H::cpu_logical_cores>},
    CsvColumn{"hardware_vendor", &cell<&H::hardware_vendor>},
    CsvColumn{"hardware_model", &cell<&H::hardware_model>},
    CsvColumn{"hardware_version", &cell<&H::hardware_version>},
    CsvColumn{"hardware_serial", &cell<&H::hardware_serial>},
    CsvColumn{"computer_name", &cell<&H::computer_name>},
    CsvColumn{"timezone", &empty},
    CsvColumn{"primary_ip_id", &empty},
    CsvColumn{"public_ip", &cell<&H::public_ip>},
    CsvColumn{"primary_ip", &cell<&H::primary_ip>},
    CsvColumn{"primary_mac", &cell<&H::primary_mac>},
    CsvColumn{"distributed_interval", &cell<&H::distributed_interval>},
    CsvColumn{"config_tls_refresh", &cell<&H::config_tls_refresh>},
    CsvColumn{"logger_tls_period", &cell<&H::logger_tls_period>},
    CsvColumn{"team_id", &cell<&H::team_id>},
    CsvColumn{"team_name", &cell<&H::team_name>},
    CsvColumn{"gigs_disk_space_available", &cell<&H::gigs_disk_space_available>},
    CsvColumn{"percent_disk_space_available", &cell<&H::percent_disk_space_available>},
    CsvColumn{"gigs_total_disk_space", &cell<&H::gigs_total_disk_space>},
    CsvColumn{"mdm.enrollment_status", &empty},
    CsvColumn{"mdm.server_url", &empty},
    CsvColumn{"last_restarted_at", &cell<&H::last_restarted_at>},
    CsvColumn{"issues", &issues},
    CsvColumn{"device_mapping", &device_mapping},
    CsvColumn{"status", &status},
    CsvColumn{"display_text", &cell<&H::hostname>},
    CsvColumn{"display_name", &cell<&H::display_name>},
};

constexpr std::size_t kPiece = 500;

std::string header(const std::vector<const CsvColumn*>& columns) {
    std::string out;
    for (const CsvColumn* column : columns) {
        if (!out.empty()) out += ',';
        out += column->name;
    }
    return out + "\n";
}

void add_line(
    std::string& out, const HostView& view, const std::vector<const CsvColumn*>& columns
) {
    bool first = true;
    for (const CsvColumn* column : columns) {
        if (!first) out += ',';
        first = false;
        out += csv_cell(column->cell(view));
    }
    out += '\n';
}

}  // namespace

tl::expected<std::vector<const CsvColumn*>, std::string> csv_columns(std::string_view list) {
    std::vector<const CsvColumn*> out;
    while (!list.empty()) {
        const std::string_view name = list.substr(0, list.find(','));
        list.remove_prefix(std::min(name.size() + 1, list.size()));
        const std::string_view ours = name == "fleet_id"     ? "team_id"
                                      : name == "fleet_name" ? "team_name"
                                                             : name;
        const auto found = std::find_if(kColumns.begin(), kColumns.end(), [&](const auto& column) {
            return column.name == ours;
        });
        if (found == kColumns.end()) {
            return tl::unexpected("invalid column name: \"" + std::string{name} + "\"");
        }
        out.push_back(&*found);
    }
    if (!out.empty()) return out;
    for (const CsvColumn& column : kColumns)
        out.push_back(&column);
    return out;
}

std::string csv_cell(std::string_view value) {
    const bool padded = !value.empty() && (value.front() == ' ' || value.back() == ' ');
    if (!padded && value.find_first_of(",\"\r\n") == std::string_view::npos) {
        return std::string{value};
    }
    std::string out{'"'};
    for (const char c : value) {
        if (c == '"') out += '"';
        out += c;
    }
    return out + '"';
}

Raw csv_answer(service::HostCursor cursor, std::vector<const CsvColumn*> columns, Time now) {
    Raw out;
    out.content_type = "text/csv";
    out.headers = {
        {"Content-Disposition",
         "attachment; filename=\"Hosts " + to_rfc3339(now).substr(0, 10) + ".csv\""},
        {"X-Content-Type-Options", "nosniff"}};
    struct State {
        service::HostCursor cursor;
        std::vector<const CsvColumn*> columns;
        bool started = false;
    };
    auto state = std::make_shared<State>(State{std::move(cursor), std::move(columns)});
    out.stream = [state](std::string& piece) {
        if (!state->started) piece = header(state->columns);
        const bool first = !std::exchange(state->started, true);
        while (!state->cursor.done() && (piece.empty() || first)) {
            for (const HostView& view : state->cursor.next(kPiece))
                add_line(piece, view, state->columns);
            if (first) break;
        }
        return !piece.empty();
    };
    return out;
}

}  // namespace fleet::api::rest
