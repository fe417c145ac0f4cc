#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "fleet/config/keys.hpp"

namespace fleet::config {

/// Adds rows whose names are written without their beginning.
inline void add_rows(
    std::vector<Key>& out, std::string_view prefix, std::initializer_list<Key> rows
) {
    for (Key row : rows) {
        row.name.insert(0, prefix);
        out.push_back(std::move(row));
    }
}

/// Adds the rows of one section.
inline void add_section(
    std::vector<Key>& out, const std::string& section, std::initializer_list<Key> rows
) {
    add_rows(out, section + ".", rows);
}

void add_server_keys(std::vector<Key>& out);
void add_osquery_keys(std::vector<Key>& out);
void add_destination_keys(std::vector<Key>& out);
void add_feature_keys(std::vector<Key>& out);
void add_mdm_keys(std::vector<Key>& out);

}  // namespace fleet::config
