#include "perf/sql/virtual_table.hpp"

#include <sqlite3.h>

#include <cstdlib>
#include <stdexcept>

#include "perf/text.hpp"

namespace fleet::perf {
namespace {

struct Binding {
    const Table* table{};
    RowSource* source{};
};

struct VirtualTable : sqlite3_vtab {
    Binding binding{};
};

struct Cursor : sqlite3_vtab_cursor {
    std::shared_ptr<const Rows> rows{};
    std::size_t at{};
};

const Binding& binding_of(sqlite3_vtab* base) {
    return static_cast<VirtualTable*>(base)->binding;
}

const char* declared_type(Affinity affinity) {
    switch (affinity) {
        case Affinity::integer:
            return "INTEGER";
        case Affinity::bigint:
            return "BIGINT";
        case Affinity::real:
            return "DOUBLE";
        case Affinity::text:
            break;
    }
    return "TEXT";
}

std::string declaration(const Table& table) {
    std::string sql = "CREATE TABLE t(";
    for (const auto& column : table.columns) {
        if (sql.back() != '(') sql += ", ";
        sql += '"' + column.name + "\" " + declared_type(column.affinity);
        if (column.hidden) sql += " HIDDEN";
    }
    return sql + ")";
}

int connect(sqlite3* db, void* aux, int /*argc*/, const char* const* /*argv*/, sqlite3_vtab** out, char**) {
    const auto& binding = *static_cast<Binding*>(aux);
    if (const int rc = sqlite3_declare_vtab(db, declaration(*binding.table).c_str())) return rc;
    auto vtab = std::make_unique<VirtualTable>();
    vtab->binding = binding;
    *out = vtab.release();
    return SQLITE_OK;
}

int disconnect(sqlite3_vtab* base) {
    delete static_cast<VirtualTable*>(base);
    return SQLITE_OK;
}

bool is_required(const Table& table, int column) {
    for (const auto wanted : table.required) {
        if (column >= 0 && wanted == static_cast<std::size_t>(column)) return true;
    }
    return false;
}

/// Hands constraints on required columns to xFilter; idxStr lists them as "e3l0" (equals on
/// column 3, like on column 0). SQLite still checks every condition itself.
int best_index(sqlite3_vtab* base, sqlite3_index_info* info) {
    const auto& table = *binding_of(base).table;
    std::string plan;
    int arguments = 0;
    for (int i = 0; i < info->nConstraint; ++i) {
        const auto& constraint = info->aConstraint[i];
        const bool equals = constraint.op == SQLITE_INDEX_CONSTRAINT_EQ;
        const bool like = constraint.op == SQLITE_INDEX_CONSTRAINT_LIKE;
        if (constraint.usable == 0 || !(equals || like)) continue;
        if (!is_required(table, constraint.iColumn)) continue;
        info->aConstraintUsage[i].argvIndex = ++arguments;
        plan += equals ? 'e' : 'l';
        plan += std::to_string(constraint.iColumn);
    }
    const bool open = !table.required.empty() && arguments == 0;
    info->estimatedCost = open ? 1e12 : (arguments > 0 ? 10.0 : 1000.0);
    info->estimatedRows = open ? 1000000 : (arguments > 0 ? 10 : 100);
    info->idxStr = sqlite3_mprintf("%s", plan.c_str());
    info->needToFreeIdxStr = 1;
    return info->idxStr == nullptr ? SQLITE_NOMEM : SQLITE_OK;
}

int open_cursor(sqlite3_vtab* /*base*/, sqlite3_vtab_cursor** out) {
    *out = std::make_unique<Cursor>().release();
    return SQLITE_OK;
}

int close_cursor(sqlite3_vtab_cursor* base) {
    delete static_cast<Cursor*>(base);
    return SQLITE_OK;
}

std::vector<Constraint> read_plan(const char* plan, sqlite3_value** argv) {
    std::vector<Constraint> where;
    for (std::size_t argument = 0; *plan != '\0'; ++argument) {
        Constraint constraint;
        constraint.op = *plan == 'e' ? Constraint::Op::equals : Constraint::Op::like;
        char* end = nullptr;
        constraint.column = std::strtoul(plan + 1, &end, 10);
        plan = end;
        const auto* text = sqlite3_value_text(argv[argument]);
        if (text != nullptr) constraint.value = reinterpret_cast<const char*>(text);
        where.push_back(std::move(constraint));
    }
    return where;
}

int filter(
    sqlite3_vtab_cursor* base, int /*index*/, const char* plan, int /*argc*/, sqlite3_value** argv
) {
    auto& cursor = *static_cast<Cursor*>(base);
    const auto& binding = binding_of(base->pVtab);
    try {
        const auto where = read_plan(plan, argv);
        cursor.rows = binding.source->fetch(*binding.table, where);
    } catch (const std::exception& error) {
        base->pVtab->zErrMsg = sqlite3_mprintf("%s: %s", binding.table->name.c_str(), error.what());
        return SQLITE_ERROR;
    }
    cursor.at = 0;
    return SQLITE_OK;
}

int next(sqlite3_vtab_cursor* base) {
    ++static_cast<Cursor*>(base)->at;
    return SQLITE_OK;
}

int at_end(sqlite3_vtab_cursor* base) {
    const auto& cursor = *static_cast<Cursor*>(base);
    return cursor.rows == nullptr || cursor.at >= cursor.rows->size() ? 1 : 0;
}

int column(sqlite3_vtab_cursor* base, sqlite3_context* context, int index) {
    const auto& cursor = *static_cast<Cursor*>(base);
    const auto& row = (*cursor.rows)[cursor.at];
    const auto at = static_cast<std::size_t>(index);
    if (at >= row.size()) return SQLITE_OK;  // NULL
    const auto& cell = row[at];
    switch (binding_of(base->pVtab).table->columns[at].affinity) {
        case Affinity::integer:
        case Affinity::bigint:
            if (const auto number = parse_int(cell)) sqlite3_result_int64(context, *number);
            break;
        case Affinity::real:
            if (!cell.empty()) sqlite3_result_double(context, std::strtod(cell.c_str(), nullptr));
            break;
        case Affinity::text: {
            // Plain rows outlive the statement. Rows made for one constraint go with the next
            // xFilter, while an aggregate may still hold a value of theirs.
            const bool stays = binding_of(base->pVtab).table->required.empty();
            const auto lifetime = stays ? SQLITE_STATIC : SQLITE_TRANSIENT;
            sqlite3_result_text(context, cell.data(), static_cast<int>(cell.size()), lifetime);
            break;
        }
    }
    return SQLITE_OK;
}

int rowid(sqlite3_vtab_cursor* base, sqlite3_int64* out) {
    *out = static_cast<sqlite3_int64>(static_cast<Cursor*>(base)->at);
    return SQLITE_OK;
}

const sqlite3_module kModule = [] {
    sqlite3_module module{};
    module.xConnect = connect;  // no xCreate: the table exists without CREATE VIRTUAL TABLE
    module.xBestIndex = best_index;
    module.xDisconnect = disconnect;
    module.xOpen = open_cursor;
    module.xClose = close_cursor;
    module.xFilter = filter;
    module.xNext = next;
    module.xEof = at_end;
    module.xColumn = column;
    module.xRowid = rowid;
    return module;
}();

}  // namespace

void register_table(sqlite3* db, const Table& table, RowSource& source) {
    auto binding = std::make_unique<Binding>(Binding{&table, &source});
    const auto destroy = [](void* aux) { delete static_cast<Binding*>(aux); };
    // SQLite calls `destroy` itself when it refuses the module.
    const int rc =
        sqlite3_create_module_v2(db, table.name.c_str(), &kModule, binding.release(), destroy);
    if (rc != SQLITE_OK) throw std::runtime_error("cannot register table " + table.name);
}

}  // namespace fleet::perf
