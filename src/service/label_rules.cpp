#include "label_rules.hpp"

#include <algorithm>
#include <array>

#include "fleet/core/json.hpp"
#include "fleet/core/label_criteria.hpp"

namespace fleet::service {
namespace {

using store::LabelMembership;

constexpr std::array<std::string_view, 13> kReserved{
    "All Hosts",
    "macOS",
    "Ubuntu Linux",
    "CentOS Linux",
    "MS Windows",
    "Red Hat Linux",
    "All Linux",
    "chrome",
    "iOS",
    "iPadOS",
    "Fedora Linux",
    "macOS 14+ (Sonoma+)",
    "Android"};

constexpr std::size_t kLongestName = 255;  // characters, as the columns count them
constexpr std::size_t kLongestDescription = 1'023;
constexpr std::size_t kLongestPlatform = 64;

std::size_t characters(std::string_view text) {
    return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
        return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
    }));
}

Result<> check_length(const char* field, std::string_view text, std::size_t longest) {
    if (characters(text) <= longest) return {};
    return fail(
        Error::invalid(field, "cannot be longer than " + std::to_string(longest) + " characters")
    );
}

}  // namespace

bool is_reserved_label(std::string_view name) {
    return std::find(kReserved.begin(), kReserved.end(), name) != kReserved.end();
}

Result<> check_label_texts(
    std::string_view name, std::string_view description, std::string_view platform
) {
    if (name.find_first_not_of(" \t\r\n") == std::string_view::npos) {
        return fail(Error::invalid("name", "missing required argument"));
    }
    FLEET_CHECK(check_length("name", name, kLongestName));
    FLEET_CHECK(check_length("description", description, kLongestDescription));
    return check_length("platform", platform, kLongestPlatform);
}

Result<> check_members(const LabelMembers& members) {
    if (!members.identifiers || !members.ids) return {};
    return fail(Error::invalid("hosts", "only one of hosts and host_ids can be given"));
}

Result<LabelMembership> membership_of(const NewLabel& in) {
    FLEET_CHECK(check_members(in.members));
    if (in.criteria) {
        if (!in.query.empty() || in.members.given()) {
            return fail(Error::invalid(
                "criteria", "only one of query, hosts (or host_ids) and criteria can be given"
            ));
        }
        FLEET_CHECK(parse_label_criteria(*in.criteria));
        return LabelMembership::host_vitals;
    }
    if (in.query.empty()) return LabelMembership::manual;
    if (!in.members.given()) return LabelMembership::dynamic;
    return fail(
        Error::invalid("query", "only one of query, hosts (or host_ids) and criteria can be given")
    );
}

Error spec_error(std::string reason) {
    Error error = Error::invalid("base", std::move(reason));
    error.message = "Unprocessable Entity";
    return error;
}

Result<LabelMembership> membership_of(const LabelSpec& spec) {
    const std::string quoted = "label \"" + spec.name + "\"";
    if (spec.membership.empty() || spec.membership == "dynamic") {
        if (spec.hosts && !spec.hosts->empty()) {
            return fail(spec_error(quoted + " is dynamic, so it cannot list hosts"));
        }
        if (spec.query.find_first_not_of(" \t\r\n;") == std::string::npos) {
            return fail(spec_error(quoted + " is dynamic, so it needs a query"));
        }
        return LabelMembership::dynamic;
    }
    if (spec.membership == "manual") {
        if (!spec.hosts) {
            return fail(spec_error(quoted + " is manual, so it needs the key hosts"));
        }
        return LabelMembership::manual;
    }
    if (spec.membership == "host_vitals") {
        if (!spec.criteria) {
            return fail(spec_error(quoted + " looks at host vitals, so it needs criteria"));
        }
        const auto criteria = parse_label_criteria(*spec.criteria);
        if (!criteria) {
            return fail(spec_error(quoted + ": criteria: " + criteria.error().fields.front().reason)
            );
        }
        return LabelMembership::host_vitals;
    }
    return fail(spec_error(
        quoted + ": unknown label_membership_type \"" + spec.membership +
        "\": use dynamic, manual or host_vitals"
    ));
}

bool is_unchanged_builtin(const LabelSpec& spec, const store::Label& label) {
    return label.builtin && spec.type == "builtin" && spec.description == label.description &&
           spec.query == label.query && spec.platform == label.platform &&
           (spec.membership.empty() || spec.membership == "dynamic");
}

std::string label_details(const store::Label& label) {
    json::Value out{{"label_id", raw(label.id)}, {"label_name", label.name}};
    out["team_id"] = json::encode(label.team);
    out["team_name"] = json::encode(label.team_name);
    return json::dump(out);
}

}  // namespace fleet::service
