#pragma once

struct sqlite3;

namespace fleet::perf {

/// Adds the SQL functions that osquery has beyond SQLite: split, regex_split, regex_match,
/// concat, concat_ws, version_compare, inet_aton, in_cidr_block, md5, sha1, sha256, to_base64,
/// from_base64, conditional_to_base64.
void register_functions(sqlite3* db);

}  // namespace fleet::perf
