#include "perf/sql/table.hpp"

#include <stdexcept>

namespace fleet::perf {
namespace {

Affinity affinity_of(char letter) {
    switch (letter) {
        case 't':
            return Affinity::text;
        case 'i':
            return Affinity::integer;
        case 'b':
            return Affinity::bigint;
        case 'd':
            return Affinity::real;
        default:
            throw std::invalid_argument(std::string{"unknown column type "} + letter);
    }
}

}  // namespace

std::vector<Column> columns(std::string_view spec) {
    std::vector<Column> result;
    while (!spec.empty()) {
        const auto end = spec.find(' ');
        auto word = spec.substr(0, end);
        spec = end == std::string_view::npos ? std::string_view{} : spec.substr(end + 1);
        if (word.empty()) continue;
        Column column;
        if (const auto colon = word.find(':'); colon != std::string_view::npos) {
            column.affinity = affinity_of(word.at(colon + 1));
            word = word.substr(0, colon);
        }
        column.name = word;
        result.push_back(std::move(column));
    }
    return result;
}

std::vector<std::string> TableQuery::values(std::size_t column, Constraint::Op op) const {
    std::vector<std::string> result;
    for (const auto& constraint : where) {
        if (constraint.column == column && constraint.op == op) result.push_back(constraint.value);
    }
    return result;
}

Rows no_rows(const TableQuery& /*query*/) {
    return {};
}

}  // namespace fleet::perf
