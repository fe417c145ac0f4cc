#include <algorithm>
#include <array>
#include <set>

#include "fleet/core/utf8.hpp"
#include "fleet/core/words.hpp"
#include "fleet/service/query_service.hpp"

namespace fleet::service {
namespace {

constexpr std::size_t kMaxName = 255;  // characters
constexpr std::array<std::string_view, 4> kPlatforms{"darwin", "linux", "windows", "chrome"};

// osquery keeps its own records under these names (agent-api F.10).
constexpr std::array<std::string_view, 2> kReservedEndings{"epoch", "counter"};
constexpr std::array<std::string_view, 3> kReservedStarts{"query.", "cache.", "config_views."};

Error bad(const std::string& reason) {
    return Error::bad_request("query payload verification: " + reason);
}

bool is_blank(std::string_view text) {
    return text.find_first_not_of(" \t\r\n") == std::string_view::npos;
}

std::size_t characters(std::string_view text) {
    return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
        return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
    }));
}

/// The names of a comma list, without the blanks around them.
std::set<std::string, std::less<>> platforms_of(std::string_view list) {
    std::set<std::string, std::less<>> out;
    while (!list.empty()) {
        std::string_view name = list.substr(0, list.find(','));
        list.remove_prefix(std::min(name.size() + 1, list.size()));
        while (!name.empty() && name.front() == ' ')
            name.remove_prefix(1);
        while (!name.empty() && name.back() == ' ')
            name.remove_suffix(1);
        out.emplace(name);
    }
    return out;
}

std::set<LabelId> ids_of(const std::vector<store::LabelRef>& labels) {
    std::set<LabelId> out;
    for (const store::LabelRef& label : labels)
        out.insert(label.id);
    return out;
}

void warn_about_name(const std::string& name, std::vector<std::string>& out) {
    for (const std::string_view ending : kReservedEndings) {
        if (name.ends_with(ending)) {
            out.push_back(
                "osquery ignores scheduled queries whose name ends in \"" + std::string{ending} +
                "\": choose another name if this one is to run on a schedule."
            );
        }
    }
    for (const std::string_view start : kReservedStarts) {
        if (name.starts_with(start)) {
            out.push_back(
                "osquery keeps records of its own under names that start with \"" +
                std::string{start} + "\": choose another name."
            );
        }
    }
}

void warn_about_platforms(
    const store::QueryFields& fields, const sql::Analysis& analysis, std::vector<std::string>& out
) {
    if (analysis.tables.empty()) return;
    constexpr std::pair<std::string_view, sql::Platform> kKnown[] = {
        {"darwin", sql::Platform::darwin},
        {"linux", sql::Platform::linux},
        {"windows", sql::Platform::windows}};
    const auto wanted = platforms_of(fields.platform);
    for (const auto& [name, platform] : kKnown) {
        if (!wanted.contains(name) || analysis.platforms.has(platform)) continue;
        std::string text = "Not all of these tables exist on " + std::string{name} + ":";
        for (const std::string& table : analysis.tables)
            text += (text.back() == ':' ? " " : ", ") + table;
        out.push_back(text + ".");
    }
}

}  // namespace

Result<> check_query(const store::QueryFields& fields) {
    if (is_blank(fields.name)) return fail(bad("query name cannot be empty"));
    if (characters(fields.name) > kMaxName) {
        return fail(bad("query name cannot be longer than 255 characters"));
    }
    if (is_blank(fields.sql)) return fail(bad("query SQL cannot be empty"));
    if (std::find(kLoggingWords.begin(), kLoggingWords.end(), fields.logging) ==
        kLoggingWords.end()) {
        return fail(
            bad("invalid logging \"" + fields.logging +
                "\": use snapshot, differential or differential_ignore_removals")
        );
    }
    for (const std::string& platform : platforms_of(fields.platform)) {
        if (std::find(kPlatforms.begin(), kPlatforms.end(), platform) == kPlatforms.end()) {
            return fail(
                bad("invalid platform \"" + platform +
                    "\": use a comma list of darwin, linux, windows and chrome")
            );
        }
    }
    if (fields.platform.size() > kMaxName) return fail(bad("platform is too long"));
    if (fields.min_osquery_version.size() > 64) {
        return fail(bad("min_osquery_version is too long"));
    }
    const int scopes = (fields.labels_include_any.empty() ? 0 : 1) +
                       (fields.labels_include_all.empty() ? 0 : 1) +
                       (fields.labels_exclude_any.empty() ? 0 : 1);
    if (scopes > 1) {
        return fail(bad(
            "only one of labels_include_any, labels_include_all and labels_exclude_any may be given"
        ));
    }
    return {};
}

store::Discard what_to_discard(const store::QueryFields& before, const store::QueryFields& after) {
    if (before.sql != after.sql) return store::Discard::rows_and_stats;
    const bool other_hosts =
        platforms_of(before.platform) != platforms_of(after.platform) ||
        before.min_osquery_version != after.min_osquery_version ||
        ids_of(before.labels_include_any) != ids_of(after.labels_include_any) ||
        ids_of(before.labels_include_all) != ids_of(after.labels_include_all) ||
        ids_of(before.labels_exclude_any) != ids_of(after.labels_exclude_any);
    const bool no_report = (before.logging != after.logging && after.logging != "snapshot") ||
                           (!before.discard_data && after.discard_data);
    return other_hosts || no_report ? store::Discard::rows : store::Discard::nothing;
}

std::vector<std::string> QueryService::warnings(const store::QueryFields& fields) const {
    std::vector<std::string> out;
    warn_about_name(fields.name, out);
    const sql::Analysis analysis = deps_.linter.analyse(fields.sql);
    for (const sql::Warning& warning : analysis.warnings)
        out.push_back(warning.message);
    warn_about_platforms(fields, analysis, out);
    return out;
}

}  // namespace fleet::service
