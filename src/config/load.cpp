#include "fleet/config/load.hpp"

#include <algorithm>
#include <array>
#include <fstream>
#include <iterator>
#include <system_error>

#include "bind.hpp"
#include "fleet/core/nearest.hpp"
#include "problems.hpp"
#include "rules.hpp"
#include "yaml.hpp"

namespace fleet::config {
namespace {

/// Variables of this family that are read elsewhere (operations.md C.10).
constexpr std::array<std::string_view, 2> kOtherVariables{
    "FLEET_SKIP_CHART_DATA_COLLECTION",
    "FLEET_MDM_APPLE_LEGACY_APNS_PUSHER_INTERVAL",
};

template <class Spell>
std::string suggest(std::string_view word, Spell spell) {
    std::vector<std::string> spellings;
    for (const Key& key : keys()) {
        if (!key.hidden()) spellings.push_back(spell(key));
    }
    const std::vector<std::string_view> names{spellings.begin(), spellings.end()};
    const auto nearest = nearest_name(word, names);
    return nearest ? "; did you mean " + std::string{*nearest} + "?" : "";
}

Result<std::string> read_file(const std::string& path) {
    std::ifstream in{path, std::ios::binary};
    std::string text{std::istreambuf_iterator<char>{in}, std::istreambuf_iterator<char>{}};
    if (!in.is_open() || in.bad()) {
        return fail(Error::invalid("", "cannot read " + path));
    }
    return text;
}

Result<> apply_file(const std::string& path, Values& values, Problems& problems) {
    const auto file_error = [](const std::string& reason) {
        Error error = Error::invalid("", reason);
        error.message = "Error loading config file: " + reason;
        error.fields.clear();
        return fail(std::move(error));
    };
    const auto text = read_file(path);
    if (!text) return file_error(text.error().fields.front().reason);
    const auto entries = read_yaml(*text);
    if (!entries) return file_error(path + ": " + entries.error().fields.front().reason);

    for (const Entry& entry : *entries) {
        const std::string where = path + " line " + std::to_string(entry.line) + ": ";
        const Key* key = find_key(entry.key);
        if (key == nullptr) {
            problems.add(entry.key, where + "unknown key" + suggest_key(entry.key));
        } else if (const auto set = values.set(*key, entry.value, Origin::file); !set) {
            problems.add(key->name, where + set.error().fields.front().reason);
        }
    }
    return {};
}

void apply_environment(
    const Sources& sources, Values& values, Problems& problems, std::vector<std::string>& warnings
) {
    for (const auto& [name, value] : sources.environment) {
        const auto key = std::find_if(
            keys().begin(),
            keys().end(),
            [&, n = std::string_view{name}](const Key& k) { return env_name(k) == n; }
        );
        if (key == keys().end()) {
            const bool other = std::find(kOtherVariables.begin(), kOtherVariables.end(), name) !=
                               kOtherVariables.end();
            if (!other) {
                warnings.push_back(
                    "unknown environment variable " + name +
                    suggest(name, [](const Key& k) { return env_name(k); })
                );
            }
        } else if (!value.empty()) {
            if (const auto set = values.set(*key, value, Origin::environment); !set) {
                problems.add(key->name, name + ": " + set.error().fields.front().reason);
            }
        }
    }
}

void apply_flags(const Sources& sources, Values& values, Problems& problems) {
    for (const auto& [name, value] : sources.flags) {
        const Key* key = find_key(name);
        if (key == nullptr) {
            problems.add(name, "unknown key" + suggest_key(name));
        } else if (const auto set = values.set(*key, value, Origin::flag); !set) {
            problems.add(
                key->name, "--" + flag_name(*key) + ": " + set.error().fields.front().reason
            );
        }
    }
}

/// Old spellings count when the new one was not set.
void apply_old_names(Values& values, std::vector<std::string>& warnings) {
    struct Renamed {
        std::string_view old_name;
        std::string_view new_name;
    };
    for (const Renamed& row : {
             Renamed{"osquery.status_log_file", "filesystem.status_log_file"},
             Renamed{"osquery.result_log_file", "filesystem.result_log_file"},
             Renamed{"osquery.enable_log_rotation", "filesystem.enable_log_rotation"},
         }) {
        const Value old_value = values.raw(*find_key(row.old_name));
        if (old_value.origin == Origin::fallback) continue;
        warnings.push_back(
            std::string{row.old_name} + " is an old name; use " + std::string{row.new_name}
        );
        if (values.origin(row.new_name) == Origin::fallback) {
            // Checked when it was set, and both keys have one type.
            static_cast<void>(values.set(*find_key(row.new_name), old_value.text, old_value.origin)
            );
        }
    }
}

void read_password(const Values& values, Mysql& out, Problems& problems) {
    const std::string key = "mysql.password_path";
    const std::string& path = values.text(key);
    if (path.empty()) return;
    const auto text = read_file(path);
    if (!text) {
        problems.add(key, text.error().fields.front().reason);
        return;
    }
    constexpr std::string_view kSpace = " \t\r\n\v\f";
    const std::size_t first = text->find_first_not_of(kSpace);
    if (first == std::string::npos) {
        problems.add(key, path + " is empty");
        return;
    }
    out.password = text->substr(first, text->find_last_not_of(kSpace) - first + 1);
}

}  // namespace

std::string suggest_key(std::string_view name) {
    return suggest(name, [](const Key& key) { return key.name; });
}

std::string suggest_flag(std::string_view flag) {
    return suggest(flag, [](const Key& key) { return "--" + flag_name(key); });
}

std::vector<std::pair<std::string, std::string>> fleet_environment(const char* const* environ) {
    std::vector<std::pair<std::string, std::string>> out;
    for (; environ != nullptr && *environ != nullptr; ++environ) {
        const std::string_view entry{*environ};
        const std::size_t equal = entry.find('=');
        if (!entry.starts_with("FLEET_") || equal == std::string_view::npos) continue;
        out.emplace_back(entry.substr(0, equal), entry.substr(equal + 1));
    }
    std::sort(out.begin(), out.end());
    return out;
}

Result<Loaded> load(const Sources& sources) {
    Loaded out;
    Problems problems;
    Values& values = out.config.values;
    if (sources.file) FLEET_CHECK(apply_file(*sources.file, values, problems));
    apply_environment(sources, values, problems, out.warnings);
    apply_flags(sources, values, problems);
    // Ranges of half-read values would only repeat what is already said.
    if (problems.any()) return fail(problems.take());

    apply_old_names(values, out.warnings);
    check_rules(values, problems, out.warnings);
    if (problems.any()) return fail(problems.take());

    bind(out.config);
    read_password(values, out.config.mysql, problems);
    if (problems.any()) return fail(problems.take());
    return out;
}

}  // namespace fleet::config
