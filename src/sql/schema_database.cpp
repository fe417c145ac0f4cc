#include "schema_database.hpp"

#include <array>
#include <stdexcept>

#include "fleet/sql/schema.hpp"

namespace fleet::sql {
namespace {

/// Functions that osquery adds to SQLite.
constexpr std::array kFunctions{
    "regex_match",
    "regex_split",
    "split",
    "concat",
    "concat_ws",
    "version_compare",
    "inet_aton",
    "in_cidr_block",
    "community_id_v1",
    "md5",
    "sha1",
    "sha256",
    "ssdeep_compare",
    "to_base64",
    "from_base64",
    "conditional_to_base64",
    "carve",
    "acos",
    "acosh",
    "asin",
    "asinh",
    "atan",
    "atan2",
    "atanh",
    "atn2",
    "ceil",
    "charindex",
    "cos",
    "cosh",
    "cot",
    "coth",
    "degrees",
    "difference",
    "exp",
    "floor",
    "leftstr",
    "log",
    "log10",
    "lower_quartile",
    "median",
    "mode",
    "padc",
    "padl",
    "padr",
    "pi",
    "power",
    "proper",
    "radians",
    "replicate",
    "reverse",
    "rightstr",
    "sign",
    "sin",
    "sinh",
    "sqrt",
    "square",
    "stdev",
    "strfilter",
    "tan",
    "tanh",
    "upper_quartile",
    "variance",
};
constexpr std::array kCollations{"version", "version_arch", "version_dpkg", "version_rhel"};

/// SQLite's memory in this process: it is used for checking SQL only, and nested WITH clauses can
/// make its compiler ask for gigabytes.
constexpr sqlite3_int64 kMaxMemory = 32 << 20;

void never_called(sqlite3_context*, int, sqlite3_value**) {}
int never_compared(void*, int, const void*, int, const void*) {
    return 0;
}

void check(int code, sqlite3* db) {
    if (code != SQLITE_OK) {
        throw std::runtime_error{std::string{"SQLite failed: "} + sqlite3_errmsg(db)};
    }
}

void append_quoted(std::string& out, std::string_view name) {
    out.append("\"").append(name).append("\"");
}

void append_table(std::string& out, std::string_view name, const Table& table) {
    out += "CREATE TABLE ";
    append_quoted(out, name);
    for (const Column& column : table.columns) {
        out += &column == &table.columns.front() ? '(' : ',';
        append_quoted(out, column.name);
        out.append(" ").append(column.type);
    }
    out += ");";
}

void limit_everything(sqlite3* db) {
    sqlite3_limit(db, SQLITE_LIMIT_SQL_LENGTH, kMaxSqlBytes);
    sqlite3_limit(db, SQLITE_LIMIT_LENGTH, 1 << 20);
    sqlite3_limit(db, SQLITE_LIMIT_COMPOUND_SELECT, 100);
    sqlite3_limit(db, SQLITE_LIMIT_EXPR_DEPTH, 500);
    sqlite3_limit(db, SQLITE_LIMIT_VDBE_OP, 250'000);
    sqlite3_limit(db, SQLITE_LIMIT_ATTACHED, 0);
    sqlite3_limit(db, SQLITE_LIMIT_VARIABLE_NUMBER, 100);
    sqlite3_limit(db, SQLITE_LIMIT_TRIGGER_DEPTH, 1);
    sqlite3_limit(db, SQLITE_LIMIT_WORKER_THREADS, 0);
    sqlite3_db_config(db, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
    sqlite3_db_config(db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
    sqlite3_db_config(db, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0, nullptr);
}

}  // namespace

DatabaseHandle open_schema_database() {
    sqlite3_hard_heap_limit64(kMaxMemory);
    sqlite3* raw = nullptr;
    const int opened = sqlite3_open_v2(
        ":memory:", &raw, SQLITE_OPEN_READWRITE | SQLITE_OPEN_MEMORY | SQLITE_OPEN_NOMUTEX, nullptr
    );
    DatabaseHandle db{raw};
    check(opened, raw);

    std::string schema = "BEGIN;";
    for (const Table& table : tables()) {
        append_table(schema, table.name, table);
        for (const std::string_view alias : table.aliases) {
            append_table(schema, alias, table);
        }
    }
    schema += "COMMIT;";
    check(sqlite3_exec(raw, schema.c_str(), nullptr, nullptr, nullptr), raw);
    for (const char* name : kFunctions) {
        check(
            sqlite3_create_function_v2(
                raw, name, -1, SQLITE_UTF8, nullptr, never_called, nullptr, nullptr, nullptr
            ),
            raw
        );
    }
    for (const char* name : kCollations) {
        check(
            sqlite3_create_collation_v2(raw, name, SQLITE_UTF8, nullptr, never_compared, nullptr),
            raw
        );
    }
    // Table-valued functions declare themselves on first use, which the linter's permissions
    // forbid.
    constexpr const char* kFirstUse = "SELECT 1 FROM json_each('[]'), json_tree('[]')";
    check(sqlite3_exec(raw, kFirstUse, nullptr, nullptr, nullptr), raw);
    limit_everything(raw);
    return db;
}

std::vector<std::string> function_names(sqlite3* db) {
    std::vector<std::string> out;
    const auto collect = [](void* to, int, char** values, char**) {
        if (values[0] != nullptr)
            static_cast<std::vector<std::string>*>(to)->emplace_back(values[0]);
        return 0;
    };
    check(
        sqlite3_exec(db, "SELECT DISTINCT name FROM pragma_function_list", collect, &out, nullptr),
        db
    );
    return out;
}

}  // namespace fleet::sql
