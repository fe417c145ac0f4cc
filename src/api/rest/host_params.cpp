#include "host_params.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <span>

namespace fleet::api::rest {
namespace {

using Text = std::optional<std::string>;

Error invalid(std::string_view name, const std::string& value) {
    return Error::bad_request("Invalid " + std::string{name} + ": " + value);
}

std::string lower(std::string text) {
    for (char& c : text) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    return text;
}

Result<> one_of(const char* name, const Text& text, std::span<const std::string_view> words) {
    if (!text || std::find(words.begin(), words.end(), lower(*text)) != words.end()) return {};
    return fail(invalid(name, *text));
}

struct NumberFilter {
    const char* name;
    Text HostParams::*member;
};

constexpr std::array kNumberFilters{
    NumberFilter{"os_version_id", &HostParams::os_version_id},
    NumberFilter{"os_id", &HostParams::os_id},
    NumberFilter{"mdm_id", &HostParams::mdm_id},
    NumberFilter{"munki_issue_id", &HostParams::munki_issue_id},
};

struct WordFilter {
    const char* name;
    Text HostParams::*member;
    std::span<const std::string_view> words;
};

constexpr std::array<std::string_view, 2> kResponses{"passing", "failing"};
constexpr std::array<std::string_view, 7> kSoftware{
    "installed",
    "pending_install",
    "failed_install",
    "pending_uninstall",
    "failed_uninstall",
    "pending",
    "failed"};
constexpr std::array<std::string_view, 6> kEnrollment{
    "manual", "automatic", "personal", "enrolled", "pending", "unenrolled"};
constexpr std::array<std::string_view, 4> kSettings{"verified", "verifying", "pending", "failed"};
constexpr std::array<std::string_view, 6> kEncryption{
    "verified", "verifying", "action_required", "enforcing", "failed", "removing_enforcement"};
constexpr std::array<std::string_view, 3> kBootstrap{"installed", "pending", "failed"};
constexpr std::array<std::string_view, 5> kScriptBatch{
    "ran", "errored", "pending", "incompatible", "canceled"};

constexpr std::array kWordFilters{
    WordFilter{"software_status", &HostParams::software_status, kSoftware},
    WordFilter{"mdm_enrollment_status", &HostParams::mdm_enrollment_status, kEnrollment},
    WordFilter{"macos_settings", &HostParams::macos_settings, kSettings},
    WordFilter{"apple_settings", &HostParams::apple_settings, kSettings},
    WordFilter{
        "macos_settings_disk_encryption", &HostParams::macos_settings_disk_encryption, kEncryption},
    WordFilter{"os_settings", &HostParams::os_settings, kSettings},
    WordFilter{
        "os_settings_disk_encryption", &HostParams::os_settings_disk_encryption, kEncryption},
    WordFilter{"bootstrap_package", &HostParams::bootstrap_package, kBootstrap},
    WordFilter{"profile_status", &HostParams::profile_status, kSettings},
    WordFilter{
        "script_batch_execution_status", &HostParams::script_batch_execution_status, kScriptBatch},
};

/// Filters by facts that no host has yet. True: one is set.
Result<bool> asks_for_missing_facts(const HostParams& p) {
    bool asked = p.vulnerability || p.mdm_name || p.connected_to_fleet || p.profile_uuid ||
                 p.script_batch_execution_id;
    for (const NumberFilter& filter : kNumberFilters) {
        FLEET_CHECK(uint_param(filter.name, p.*filter.member));
        asked = asked || (p.*filter.member);
    }
    for (const WordFilter& filter : kWordFilters) {
        FLEET_CHECK(one_of(filter.name, p.*filter.member, filter.words));
        asked = asked || (p.*filter.member);
    }
    return asked;
}

/// Parameters that only make sense with others (13.2).
Result<> check_pairs(const HostParams& p) {
    const int software =
        (p.software_id ? 1 : 0) + (p.software_version_id ? 1 : 0) + (p.software_title_id ? 1 : 0);
    if (software > 1) {
        return fail(Error::bad_request(
            "Only one of software_id, software_version_id and software_title_id may be given"
        ));
    }
    if (p.policy_response && !p.policy_id) {
        return fail(Error::bad_request("Missing policy_id (it must be present with policy_response)"
        ));
    }
    if (p.software_status && (!p.software_title_id || !p.team_id)) {
        return fail(Error::bad_request(
            "Missing software_title_id or team_id (both must be present with software_status)"
        ));
    }
    if (p.os_name.has_value() != p.os_version.has_value()) {
        return fail(Error::bad_request("os_name and os_version must be given together"));
    }
    if (p.profile_uuid.has_value() != p.profile_status.has_value()) {
        return fail(Error::bad_request("profile_uuid and profile_status must be given together"));
    }
    if (p.script_batch_execution_status && !p.script_batch_execution_id) {
        return fail(
            Error::bad_request("Missing script_batch_execution_id (it must be present with "
                               "script_batch_execution_status)")
        );
    }
    return {};
}

/// The names of a comma list; none when it asks for all of them.
std::vector<std::string> additional_keys(std::string_view list) {
    std::vector<std::string> out;
    while (!list.empty()) {
        const std::string_view name = list.substr(0, list.find(','));
        list.remove_prefix(std::min(name.size() + 1, list.size()));
        if (name == "*") return {};
        if (!name.empty()) out.emplace_back(name);
    }
    return out;
}

Result<std::optional<Time>> time_param(const char* name, const Text& text) {
    if (!text) return std::nullopt;
    const auto time = parse_rfc3339(*text);
    if (!time) return fail(invalid(name, *text));
    return time;
}

/// Labels and moments.
Result<> add_beyond_contract(const HostParams& p, service::HostSelection& out) {
    if (p.labels) {
        auto labels = parse_label_expression(*p.labels);
        if (!labels) return fail(invalid("labels", labels.error().fields.front().reason));
        out.filter.labels = std::move(*labels);
    }
    FLEET_TRY(out.filter.created_since, time_param("created_after", p.created_after));
    FLEET_TRY(out.filter.created_before, time_param("created_before", p.created_before));
    FLEET_TRY(out.seen_since, time_param("seen_after", p.seen_after));
    FLEET_TRY(out.seen_before, time_param("seen_before", p.seen_before));
    return {};
}

Result<> add_extras(const HostParams& p, HostListRequest& out) {
    FLEET_TRY(out.extras.users, go_bool("populate_users", p.populate_users));
    FLEET_TRY(out.extras.labels, go_bool("populate_labels", p.populate_labels));
    FLEET_TRY(out.extras.emails, go_bool("device_mapping", p.device_mapping));
    FLEET_TRY(out.extras.policies, go_bool("populate_policies", p.populate_policies));
    FLEET_CHECK(go_bool("include_device_status", p.include_device_status));
    out.extras.additional = p.additional_info_filters.has_value();
    if (p.additional_info_filters) {
        out.extras.additional_keys = additional_keys(*p.additional_info_filters);
    }
    if (p.populate_software == "without_vulnerability_details") {
        out.extras.software = true;
    } else {
        const auto wish = go_bool("populate_software", p.populate_software);
        if (!wish) {
            return fail(Error::bad_request(
                "Invalid value for populate_software. Should be one of \"true\", \"false\", or "
                "\"without_vulnerability_details\"."
            ));
        }
        out.extras.software = *wish;
    }
    FLEET_TRY(
        const bool no_policies, go_bool("disable_failing_policies", p.disable_failing_policies)
    );
    bool no_issues = no_policies;
    if (p.disable_issues) {
        FLEET_TRY(no_issues, go_bool("disable_issues", p.disable_issues));
    }
    out.extras.issues = !no_issues;
    if (no_issues && out.paging.order_key == "issues") {
        return fail(Error::bad_request(
            "Invalid order_key: issues cannot be sorted by while they are disabled"
        ));
    }
    return {};
}

}  // namespace

Result<bool> go_bool(const char* name, const Text& text) {
    constexpr std::array<std::string_view, 6> kTrue{"1", "t", "T", "TRUE", "true", "True"};
    constexpr std::array<std::string_view, 6> kFalse{"0", "f", "F", "FALSE", "false", "False"};
    if (!text) return false;
    if (std::find(kTrue.begin(), kTrue.end(), *text) != kTrue.end()) return true;
    if (std::find(kFalse.begin(), kFalse.end(), *text) != kFalse.end()) return false;
    return fail(invalid(name, *text));
}

Result<std::optional<std::uint64_t>> uint_param(
    const char* name, const Text& text, std::uint64_t least, std::uint64_t most
) {
    if (!text) return std::nullopt;
    std::uint64_t out = 0;
    const char* end = text->data() + text->size();
    const auto [stop, error] = std::from_chars(text->data(), end, out);
    if (error != std::errc{} || stop != end || out < least || out > most) {
        return fail(invalid(name, *text));
    }
    return out;
}

Result<HostListRequest> to_host_list(const HostParams& p) {
    HostListRequest out;
    FLEET_TRY(out.paging, to_paging(p));
    store::HostFilter& filter = out.selection.filter;
    filter.text = out.paging.query;
    if (p.status) {
        out.selection.status = service::parse_status_filter(*p.status);
        if (!out.selection.status) return fail(invalid("status", *p.status));
    }
    FLEET_TRY(const auto team, uint_param("team_id", p.team_id));
    if (team) filter.team = static_cast<TeamId>(*team);
    FLEET_TRY(const auto label, uint_param("label_id", p.label_id));
    if (label) filter.label = static_cast<LabelId>(*label);
    FLEET_TRY(const auto low_disk, uint_param("low_disk_space", p.low_disk_space, 1, 100));
    if (low_disk) filter.low_disk_gigs = static_cast<std::int64_t>(*low_disk);
    filter.platform = p.platform.value_or("");
    FLEET_CHECK(add_beyond_contract(p, out.selection));
    FLEET_CHECK(check_pairs(p));
    FLEET_CHECK(one_of("policy_response", p.policy_response, kResponses));
    FLEET_TRY(const auto policy, uint_param("policy_id", p.policy_id));
    if (policy) filter.policy = static_cast<PolicyId>(*policy);
    if (p.policy_response) filter.policy_passes = lower(*p.policy_response) == "passing";
    filter.os_name = p.os_name;
    filter.os_version = p.os_version;
    FLEET_TRY(filter.nothing, asks_for_missing_facts(p));
    FLEET_TRY(
        out.selection.software_version, uint_param("software_version_id", p.software_version_id)
    );
    if (p.software_id) {
        FLEET_TRY(out.selection.software_version, uint_param("software_id", p.software_id));
    }
    FLEET_TRY(out.selection.software_title, uint_param("software_title_id", p.software_title_id));
    FLEET_CHECK(add_extras(p, out));
    return out;
}

}  // namespace fleet::api::rest
