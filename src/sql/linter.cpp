#include "fleet/sql/linter.hpp"

#include <sqlite3.h>

#include <algorithm>
#include <array>
#include <mutex>
#include <optional>
#include <set>
#include <unordered_set>

#include "fleet/core/nearest.hpp"
#include "schema_database.hpp"
#include "words.hpp"

namespace fleet::sql {
namespace {

constexpr int kMaxStatements = 32;

/// Tables that orbit's extension gives to osquery (agent-api C.6). Their columns are not known
/// here, so a statement that uses one is not looked at further.
constexpr std::array<std::string_view, 17> kExtensionTables{
    "codesign",
    "cryptsetup_luks_salt",
    "disk_space",
    "executable_hashes",
    "file_lines",
    "filevault_prk",
    "fleetd_logs",
    "google_chrome_profiles",
    "lsblk",
    "macos_profiles",
    "mdm",
    "munki_info",
    "munki_installs",
    "orbit_info",
    "parse_ini",
    "parse_json",
    "puppet_info",
};

bool is_extension_table(std::string_view name) {
    return std::find(kExtensionTables.begin(), kExtensionTables.end(), name) !=
           kExtensionTables.end();
}

/// What the compiler asks permission for.
struct Visit {
    std::set<std::string, std::less<>> tables{};
    bool denied = false;
};

/// Lets reading pass and takes notes; everything else (writing, ATTACH, PRAGMA) is denied.
int authorise(void* user, int action, const char* first, const char*, const char*, const char*) {
    auto& visit = *static_cast<Visit*>(user);
    switch (action) {
        case SQLITE_READ:
            if (first != nullptr) {
                if (const Table* table = find_table(first)) visit.tables.emplace(table->name);
            }
            return SQLITE_OK;
        case SQLITE_SELECT:
        case SQLITE_FUNCTION:
        case SQLITE_RECURSIVE:
            return SQLITE_OK;
        default:
            visit.denied = true;
            return SQLITE_DENY;
    }
}

struct Finalize {
    void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
};

/// "no such table: main.usrs" with the prefix "no such table: " gives "usrs".
std::optional<std::string> name_after(std::string_view message, std::string_view prefix) {
    if (!message.starts_with(prefix)) return std::nullopt;
    message.remove_prefix(prefix.size());
    const std::size_t dot = message.rfind('.');
    if (dot != std::string_view::npos) message.remove_prefix(dot + 1);
    return std::string{message};
}

std::string suggestion(std::string_view name, const std::vector<std::string_view>& known) {
    const auto nearest = nearest_name(name, known);
    return nearest ? std::string{*nearest} : "";
}

Warning named(WarningKind kind, std::string message, std::string name, std::string meant) {
    if (!meant.empty()) message += "; did you mean " + meant + "?";
    return {kind, std::move(message), std::move(name), std::move(meant)};
}

Warning not_read_only() {
    return {
        .kind = WarningKind::not_read_only, .message = "osquery answers SELECT statements only"};
}

std::vector<std::string_view> table_names() {
    std::vector<std::string_view> out;
    for (const Table& table : tables()) {
        out.push_back(table.name);
        out.insert(out.end(), table.aliases.begin(), table.aliases.end());
    }
    return out;
}

/// Columns of all tables that the text mentions: what an unknown column may have meant.
std::vector<std::string_view> nearby_columns(const std::unordered_set<std::string>& words) {
    std::vector<std::string_view> out;
    for (const std::string& word : words) {
        const Table* table = find_table(word);
        if (table == nullptr) continue;
        for (const Column& column : table->columns) {
            out.push_back(column.name);
        }
    }
    // Which of two equally near names is offered must not depend on the order of a hash table.
    std::sort(out.begin(), out.end());
    return out;
}

/// `file` and its like are empty unless certain columns are constrained.
std::optional<Warning> missing_constraint(
    const Table& table, const std::unordered_set<std::string>& words
) {
    std::string needed;
    bool constrained = false;
    const bool has_condition =
        words.contains("where") || words.contains("on") || words.contains("using");
    for (const Column& column : table.columns) {
        if (!column.required) continue;
        if (!needed.empty()) needed += " or ";
        needed += column.name;
        constrained = constrained || (has_condition && words.contains(std::string{column.name}));
    }
    if (needed.empty() || constrained) return std::nullopt;
    const std::string name{table.name};
    return Warning{
        .kind = WarningKind::needs_constraint,
        .message = name + " returns no rows without a condition on " + needed + " in WHERE",
        .name = name,
    };
}

}  // namespace

struct Linter::Impl {
    DatabaseHandle db = open_schema_database();
    std::vector<std::string> functions = function_names(db.get());
    std::mutex mutex{};  // a connection is used by one thread at a time

    Analysis analyse(std::string_view sql) {
        Analysis out;
        const auto words = words_of(sql);
        Visit visit;
        {
            const std::lock_guard lock{mutex};
            sqlite3_set_authorizer(db.get(), authorise, &visit);
            compile(sql, words, visit, out.warnings);
            sqlite3_set_authorizer(db.get(), nullptr, nullptr);
        }
        for (const std::string& name : visit.tables) {
            const Table& table = *find_table(name);
            out.platforms = out.platforms & table.platforms;
            if (auto warning = missing_constraint(table, words)) {
                out.warnings.push_back(std::move(*warning));
            }
        }
        out.tables.assign(visit.tables.begin(), visit.tables.end());
        return out;
    }

private:
    void compile(
        std::string_view sql,
        const std::unordered_set<std::string>& words,
        Visit& visit,
        std::vector<Warning>& warnings
    ) {
        const char* rest = sql.data();
        const char* const end = sql.data() + sql.size();
        int statements = 0;
        for (int i = 0; rest < end && i < kMaxStatements; ++i) {
            sqlite3_stmt* raw = nullptr;
            const char* tail = end;
            const int code =
                sqlite3_prepare_v2(db.get(), rest, static_cast<int>(end - rest), &raw, &tail);
            const std::unique_ptr<sqlite3_stmt, Finalize> statement{raw};
            if (code != SQLITE_OK) {
                if (auto warning = explain(code, words, visit)) warnings.push_back(*warning);
                return;
            }
            if (statement) {
                ++statements;
                // VACUUM asks for no permission when it is compiled.
                if (sqlite3_stmt_readonly(raw) == 0) {
                    warnings.push_back(not_read_only());
                    return;
                }
            }
            if (tail <= rest) break;
            rest = tail;
        }
        if (statements == 0) {
            warnings.push_back({.kind = WarningKind::empty, .message = "there is no statement"});
        }
    }

    /// Puts the compiler's complaint in words. None when there is nothing to complain about.
    std::optional<Warning> explain(
        int code, const std::unordered_set<std::string>& words, const Visit& visit
    ) {
        const std::string message = sqlite3_errmsg(db.get());
        if (visit.denied || code == SQLITE_AUTH) {
            return not_read_only();
        }
        if (code == SQLITE_NOMEM || code == SQLITE_TOOBIG || code == SQLITE_FULL) {
            return Warning{
                .kind = WarningKind::too_complex,
                .message = "the statement is too complex to be checked"};
        }
        if (const auto table = name_after(message, "no such table: ")) {
            if (is_extension_table(*table)) return std::nullopt;
            return named(
                WarningKind::unknown_table,
                "osquery " + std::string{osquery_version()} + " has no table " + *table,
                *table,
                suggestion(*table, table_names())
            );
        }
        if (const auto column = name_after(message, "no such column: ")) {
            return named(
                WarningKind::unknown_column,
                "no table of this query has a column " + *column,
                *column,
                suggestion(*column, nearby_columns(words))
            );
        }
        if (const auto function = name_after(message, "no such function: ")) {
            const std::vector<std::string_view> known{functions.begin(), functions.end()};
            return named(
                WarningKind::unknown_function,
                "osquery has no function " + *function,
                *function,
                suggestion(*function, known)
            );
        }
        return Warning{.kind = WarningKind::syntax, .message = message};
    }
};

Linter::Linter() : impl_{std::make_unique<Impl>()} {}

Linter::~Linter() = default;

Analysis Linter::analyse(std::string_view sql) const {
    if (sql.size() > static_cast<std::size_t>(kMaxSqlBytes)) {
        return {
            .warnings = {
                {.kind = WarningKind::too_complex,
                 .message = "the statement is too long to be checked"}}};
    }
    if (sql.find('\0') != std::string_view::npos) {
        return {
            .warnings = {
                {.kind = WarningKind::syntax, .message = "the statement contains a zero byte"}}};
    }
    return impl_->analyse(sql);
}

std::vector<Warning> lint(std::string_view sql) {
    static const Linter linter;
    return linter.lint(sql);
}

std::string_view to_text(WarningKind kind) {
    switch (kind) {
        case WarningKind::syntax:
            return "syntax";
        case WarningKind::unknown_table:
            return "unknown_table";
        case WarningKind::unknown_column:
            return "unknown_column";
        case WarningKind::unknown_function:
            return "unknown_function";
        case WarningKind::not_read_only:
            return "not_read_only";
        case WarningKind::needs_constraint:
            return "needs_constraint";
        case WarningKind::empty:
            return "empty";
        case WarningKind::too_complex:
            return "too_complex";
    }
    return "syntax";
}

}  // namespace fleet::sql
