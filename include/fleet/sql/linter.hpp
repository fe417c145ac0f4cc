#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "fleet/sql/schema.hpp"

namespace fleet::sql {

enum class WarningKind {
    syntax,
    unknown_table,
    unknown_column,
    unknown_function,
    not_read_only,     // osquery answers SELECT only
    needs_constraint,  // the table is empty without a WHERE on certain columns
    empty,
    too_complex,  // not checked
};

/// Something about a query that its author may want to know. Never a reason to refuse it: the
/// agent may have tables of its own.
struct Warning {
    WarningKind kind = WarningKind::syntax;
    std::string message{};     // a sentence for people
    std::string name{};        // the table, column or function it is about, if any
    std::string suggestion{};  // what was probably meant, if anything is near
};

struct Analysis {
    std::vector<Warning> warnings{};
    std::vector<std::string> tables{};           // of osquery, those that are read, sorted
    PlatformSet platforms = PlatformSet::all();  // where all of these exist
};

/// Checks SQL against osquery's schema by letting SQLite compile it; nothing is ever executed and
/// no file can be reached. Thread-safe; hostile text costs bounded time and memory.
class Linter {
public:
    Linter();
    ~Linter();
    Linter(const Linter&) = delete;
    Linter& operator=(const Linter&) = delete;

    Analysis analyse(std::string_view sql) const;
    std::vector<Warning> lint(std::string_view sql) const { return analyse(sql).warnings; }

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

/// Linter::lint() with one linter for the whole process.
std::vector<Warning> lint(std::string_view sql);

std::string_view to_text(WarningKind kind);

}  // namespace fleet::sql
