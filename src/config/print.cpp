#include <yaml-cpp/yaml.h>

#include <algorithm>

#include "bind.hpp"
#include "fleet/config/load.hpp"

namespace fleet::config {
namespace {

constexpr std::string_view kMask = "********";

/// Puts a value at "a.b.c" of nested maps.
void put(YAML::Node root, std::string_view name, const YAML::Node& value) {
    const std::size_t dot = name.find('.');
    const std::string head{name.substr(0, dot)};
    if (dot == std::string_view::npos) {
        root[head] = value;
    } else {
        if (!root[head]) root[head] = YAML::Node{YAML::NodeType::Map};
        put(root[head], name.substr(dot + 1), value);
    }
}

YAML::Node to_node(const Key& key, const std::string& text) {
    if (key.secret() && !text.empty()) return YAML::Node{std::string{kMask}};
    if (key.type == Type::json && !text.empty()) return YAML::Load(text);
    return YAML::Node{text};
}

std::string cell(std::string_view text) {
    if (text.empty()) return "";
    return "`" + std::string{text} + "`";
}

constexpr std::string_view kIntroduction = R"(# Configuration

This page is made from the table of keys in the server; do not edit it by hand. Make it anew with
`fleet-server config_docs > docs/configuration.md`.

Every key has three spellings. `mysql.address` is

- `address` below `mysql` in the YAML file named by `--config FILE` (short: `-c FILE`),
- the environment variable `FLEET_MYSQL_ADDRESS`,
- the flag `--mysql_address`.

A flag is stronger than a variable, a variable stronger than the file, the file stronger than the
default. A variable that is set but empty counts as not set. A key that does not exist is refused,
and the nearest name is shown; an unknown `FLEET_*` variable is only warned about.
`fleet-server config_dump` prints what is in force, with secrets masked.

Durations are written like `300ms`, `30s`, `5m` or `2h45m`; there is no unit for days, and a bare
number means nanoseconds. Byte sizes take `k`, `m`, `g`, `t` or `p`, always to the base 1024.
Booleans are `true` and `false`.

Keys marked *no effect yet* are known, checked and kept so that an existing configuration starts
without change, but belong to features that this version does not have.
)";

}  // namespace

std::string dump(const Values& values) {
    YAML::Node root{YAML::NodeType::Map};
    for (const Key& key : keys()) {
        put(root, key.name, to_node(key, values.raw(key).text));
    }
    YAML::Emitter out;
    out << root;
    return std::string{out.c_str()} + "\n";
}

std::string document() {
    const std::vector<std::string> used = bound_keys();
    std::string out{kIntroduction};
    std::vector<std::string_view> done;
    for (const Key& first : keys()) {
        const std::string_view section = first.section();
        if (first.hidden() || std::find(done.begin(), done.end(), section) != done.end()) continue;
        done.push_back(section);
        out += "\n## " + std::string{section} + "\n\n";
        out += "| key | type | default | meaning |\n| --- | --- | --- | --- |\n";
        for (const Key& key : keys()) {
            if (key.section() != section || key.hidden()) continue;
            const bool acts = std::find(used.begin(), used.end(), key.name) != used.end();
            out += "| `" + key.name + "` | " + std::string{type_name(key.type)} + " | " +
                   cell(key.fallback) + " | " + key.help + (acts ? "" : " *No effect yet.*") +
                   " |\n";
        }
    }
    return out;
}

}  // namespace fleet::config
