#include "report_rows.hpp"

namespace fleet::api::rest {

json::Value report_row(const json::Value& row) {
    json::Value out = json::Value::object();
    for (const auto& [column, value] : row.items()) {
        if (value.is_string()) {
            out.push_back({column, value});
        } else {
            out.push_back({column, value.is_null() ? std::string{} : json::dump(value)});
        }
    }
    return out;
}

std::vector<json::Value> report_rows(const std::string& rows_json) {
    std::vector<json::Value> out;
    const json::Value rows = json::Value::parse(rows_json, nullptr, /*allow_exceptions=*/false);
    if (!rows.is_array()) return out;
    for (const json::Value& row : rows) {
        if (row.is_object()) out.push_back(report_row(row));
    }
    return out;
}

}  // namespace fleet::api::rest
