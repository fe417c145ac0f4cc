#include <algorithm>
#include <set>

#include "fleet/service/policy_service.hpp"

namespace fleet::service {
namespace {

constexpr std::size_t kMaxName = 255;  // characters

Error bad(const std::string& reason) {
    return Error::bad_request("policy payload verification: " + reason);
}

bool is_blank(std::string_view text) {
    return text.find_first_not_of(" \t\r\n") == std::string_view::npos;
}

std::size_t characters(std::string_view text) {
    return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
        return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
    }));
}

std::set<LabelId> ids_of(const std::vector<store::LabelRef>& labels) {
    std::set<LabelId> out;
    for (const store::LabelRef& label : labels)
        out.insert(label.id);
    return out;
}

Result<> check_labels(const store::PolicyLabels& labels) {
    if (!labels.include_any.empty() && !labels.include_all.empty()) {
        return fail(bad("only one of labels_include_any and labels_include_all may be given"));
    }
    if (!labels.exclude_any.empty() && !labels.exclude_all.empty()) {
        return fail(bad("only one of labels_exclude_any and labels_exclude_all may be given"));
    }
    std::set<LabelId> included = ids_of(labels.include_any);
    included.merge(ids_of(labels.include_all));
    for (const auto* excluded : {&labels.exclude_any, &labels.exclude_all}) {
        for (const store::LabelRef& label : *excluded) {
            if (!included.contains(label.id)) continue;
            return fail(bad("label \"" + label.name + "\" is both included and excluded"));
        }
    }
    return {};
}

bool same_labels(const store::PolicyLabels& a, const store::PolicyLabels& b) {
    return ids_of(a.include_any) == ids_of(b.include_any) &&
           ids_of(a.include_all) == ids_of(b.include_all) &&
           ids_of(a.exclude_any) == ids_of(b.exclude_any) &&
           ids_of(a.exclude_all) == ids_of(b.exclude_all);
}

/// Set or replaced: the next failure is then the first one (rest-api-b 4).
bool is_new(std::optional<std::uint64_t> before, std::optional<std::uint64_t> after) {
    return after && before != after;
}

void warn_about_platforms(
    const store::PolicyFields& fields, const sql::Analysis& analysis, std::vector<std::string>& out
) {
    if (analysis.tables.empty()) return;
    constexpr std::pair<Platform, sql::Platform> kKnown[] = {
        {Platform::darwin, sql::Platform::darwin},
        {Platform::linux, sql::Platform::linux},
        {Platform::windows, sql::Platform::windows}};
    const PlatformBits wanted = parse_policy_platforms(fields.platform).value_or(0);
    for (const auto& [platform, of_sql] : kKnown) {
        const bool asked = (wanted >> static_cast<unsigned>(platform) & 1U) != 0;
        if (!asked || analysis.platforms.has(of_sql)) continue;
        std::string text =
            "Not all of these tables exist on " + std::string{to_text(platform)} + ":";
        for (const std::string& table : analysis.tables)
            text += (text.back() == ':' ? " " : ", ") + table;
        out.push_back(text + ".");
    }
}

}  // namespace

Object policy_object(std::optional<TeamId> team) {
    if (!team) return Object::global();
    return raw(*team) == 0 ? Object::of_host_team(std::nullopt) : Object::of_team(*team);
}

Result<> check_policy(const store::PolicyFields& fields) {
    if (is_blank(fields.name)) return fail(bad("policy name cannot be empty"));
    if (characters(fields.name) > kMaxName) {
        return fail(bad("policy name cannot be longer than 255 characters"));
    }
    if (is_blank(fields.sql)) return fail(bad("policy query cannot be empty"));
    const auto platforms = parse_policy_platforms(fields.platform);
    if (!platforms) return fail(bad("invalid policy platform"));
    if (fields.conditional_access && *platforms != 0) {
        const PlatformBits able = 1U << static_cast<unsigned>(Platform::darwin) |
                                  1U << static_cast<unsigned>(Platform::windows);
        if ((*platforms & able) == 0) {
            return fail(bad("conditional access is for darwin and windows policies only"));
        }
    }
    return check_labels(fields.labels);
}

store::PolicyChange what_changes(
    const store::PolicyFields& before, const store::PolicyFields& after
) {
    if (before.sql != after.sql || is_new(before.software_title, after.software_title) ||
        is_new(before.script, after.script)) {
        return store::PolicyChange::drops_answers;
    }
    const bool other_hosts =
        parse_policy_platforms(before.platform) != parse_policy_platforms(after.platform) ||
        !same_labels(before.labels, after.labels);
    return other_hosts ? store::PolicyChange::other_hosts : store::PolicyChange::keeps_answers;
}

std::vector<std::string> PolicyService::warnings(const store::PolicyFields& fields) const {
    std::vector<std::string> out;
    const sql::Analysis analysis = deps_.linter.analyse(fields.sql);
    for (const sql::Warning& warning : analysis.warnings)
        out.push_back(warning.message);
    warn_about_platforms(fields, analysis, out);
    return out;
}

}  // namespace fleet::service
