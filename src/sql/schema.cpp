#include "fleet/sql/schema.hpp"

#include <algorithm>
#include <array>
#include <stdexcept>
#include <unordered_map>

namespace fleet::sql {
namespace {

#include "osquery_schema.inc"

constexpr std::array<std::string_view, 3> kPlatformNames{"darwin", "linux", "windows"};

/// The next word of a line; moves past it.
std::string_view take_word(std::string_view& text, char separator = ' ') {
    const std::size_t end = std::min(text.find(separator), text.size());
    const std::string_view word = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    return word;
}

PlatformSet to_platforms(std::string_view letters) {
    unsigned bits = 0;
    for (const char letter : letters) {
        bits |= letter == 'd' ? 1u : letter == 'l' ? 2u : 4u;
    }
    return PlatformSet{bits};
}

std::string_view to_type(char letter) {
    switch (letter) {
        case 't':
            return "text";
        case 'i':
            return "integer";
        case 'b':
            return "bigint";
        case 'u':
            return "unsigned_bigint";
        case 'f':
            return "double";
        case 's':
            return "datetime";
        case 'x':
            return "blob";
        default:
            throw std::logic_error{"osquery_schema.inc has a type that schema.cpp does not know"};
    }
}

/// "name:type[/flags][@platforms]"
Column to_column(std::string_view word, PlatformSet table_platforms) {
    std::string_view platforms = word;
    std::string_view flags = take_word(platforms, '@');
    std::string_view type = take_word(flags, '/');
    const std::string_view name = take_word(type, ':');
    return {
        .name = name,
        .type = to_type(type.empty() ? ' ' : type.front()),
        .platforms = platforms.empty() ? table_platforms : to_platforms(platforms),
        .required = flags.find('r') != std::string_view::npos,
        .hidden = flags.find('h') != std::string_view::npos,
    };
}

Table to_table(std::string_view line) {
    Table out;
    out.name = take_word(line);
    out.platforms = to_platforms(take_word(line));
    out.evented = take_word(line) == "e";
    if (std::string_view aliases = take_word(line); aliases != "-") {
        while (!aliases.empty()) {
            out.aliases.push_back(take_word(aliases, ','));
        }
    }
    while (!line.empty()) {
        out.columns.push_back(to_column(take_word(line), out.platforms));
    }
    return out;
}

std::string lower(std::string_view text) {
    std::string out{text};
    for (char& c : out) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    return out;
}

void append_platforms(std::string& out, PlatformSet platforms) {
    out += "\"platforms\":[";
    bool first = true;
    for (const std::string_view name : platforms.names()) {
        if (!first) out += ',';
        first = false;
        out.append("\"").append(name).append("\"");
    }
    out += ']';
}

/// Names of tables and columns are plain words, so nothing needs escaping.
std::string make_json() {
    std::string out = "{\"version\":\"" + std::string{kOsqueryVersion} + "\",\"tables\":[";
    for (const Table& table : tables()) {
        if (&table != &tables().front()) out += ',';
        out.append("{\"name\":\"").append(table.name).append("\",");
        append_platforms(out, table.platforms);
        out.append(",\"evented\":").append(table.evented ? "true" : "false");
        out += ",\"columns\":[";
        for (const Column& column : table.columns) {
            if (&column != &table.columns.front()) out += ',';
            out.append("{\"name\":\"").append(column.name);
            out.append("\",\"type\":\"").append(column.type).append("\"");
            if (column.required) out += ",\"required\":true";
            if (column.hidden) out += ",\"hidden\":true";
            out += ',';
            append_platforms(out, column.platforms);
            out += '}';
        }
        out += "]}";
    }
    return out + "]}";
}

}  // namespace

std::vector<std::string_view> PlatformSet::names() const {
    std::vector<std::string_view> out;
    for (std::size_t i = 0; i < kPlatformNames.size(); ++i) {
        if ((bits_ >> i & 1) != 0) out.push_back(kPlatformNames[i]);
    }
    return out;
}

std::span<const Table> tables() {
    static const std::vector<Table> all = [] {
        std::vector<Table> out;
        for (const std::string_view line : kTables) {
            out.push_back(to_table(line));
        }
        return out;
    }();
    return all;
}

const Table* find_table(std::string_view name) {
    static const auto index = [] {
        std::unordered_map<std::string, const Table*> out;
        for (const Table& table : tables()) {
            out.emplace(table.name, &table);
            for (const std::string_view alias : table.aliases) {
                out.emplace(alias, &table);
            }
        }
        return out;
    }();
    const auto found = index.find(lower(name));
    return found == index.end() ? nullptr : found->second;
}

std::string_view osquery_version() {
    return kOsqueryVersion;
}

const std::string& schema_json() {
    static const std::string json = make_json();
    return json;
}

}  // namespace fleet::sql
