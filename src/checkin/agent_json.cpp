#include "fleet/checkin/agent_json.hpp"

#include <simdjson.h>

#include <charconv>
#include <functional>
#include <unordered_map>

#include "fleet/checkin/detail_queries.hpp"
#include "fleet/core/utf8.hpp"

namespace fleet::checkin {
namespace {

namespace od = simdjson::ondemand;

/// One parser a thread: its buffers grow to the largest body seen and are reused.
od::parser& parser() {
    thread_local od::parser instance;
    return instance;
}

Error bad_json() {
    return Error::bad_request("json decoder error");
}

std::string without_line_ends(std::string_view raw) {
    while (!raw.empty() &&
           (raw.back() == ' ' || raw.back() == '\n' || raw.back() == '\r' || raw.back() == '\t')) {
        raw.remove_suffix(1);
    }
    std::string out{raw};
    // A raw line end can only be white space between tokens: inside a string it must be escaped.
    for (char& c : out) {
        if (c == '\n' || c == '\r') c = ' ';
    }
    return out;
}

std::string raw_text(od::value value) {
    std::string_view raw;
    if (simdjson::to_json_string(value).get(raw) != simdjson::SUCCESS) return {};
    return without_line_ends(raw);
}

std::string text_of(od::value value) {
    std::string_view text;
    if (value.get_string().get(text) == simdjson::SUCCESS) return std::string{text};
    return {};
}

/// Text of any scalar, empty for null and for anything that is not a scalar.
std::string scalar_text(od::value value) {
    od::json_type type{};
    if (value.type().get(type) != simdjson::SUCCESS) return {};
    if (type == od::json_type::string) return text_of(value);
    if (type == od::json_type::number || type == od::json_type::boolean) {
        std::string raw{value.raw_json_token()};
        while (!raw.empty() && (raw.back() == ' ' || raw.back() == '\n'))
            raw.pop_back();
        return raw;
    }
    return {};
}

std::int64_t number_of(std::string_view text) {
    std::int64_t out = 0;
    std::from_chars(text.data(), text.data() + text.size(), out);
    return out;
}

/// Numbers came as strings from old agents; anything else is a malformed body.
std::optional<int> status_of(od::value value) {
    od::json_type type{};
    if (value.type().get(type) != simdjson::SUCCESS) return std::nullopt;
    if (type != od::json_type::number && type != od::json_type::string) return std::nullopt;
    const std::string text = scalar_text(value);
    int out = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return out;
}

using OnMember = std::function<bool(std::string_view name, od::value value)>;

/// Walks the members of a body. `on_member` returns false for a value it cannot accept.
bool walk(std::string_view json, const OnMember& on_member) {
    const auto once = [&](std::string_view text, simdjson::error_code& error) {
        const simdjson::padded_string padded{text};
        od::document document;
        error = parser().iterate(padded).get(document);
        if (error != simdjson::SUCCESS) return false;
        od::object object;
        error = document.get_object().get(object);
        if (error != simdjson::SUCCESS) return false;
        for (auto member : object) {
            std::string_view name;
            od::value value;
            if ((error = member.unescaped_key().get(name)) != simdjson::SUCCESS) return false;
            if ((error = member.value().get(value)) != simdjson::SUCCESS) return false;
            // The name lives in a buffer that the value's strings reuse.
            const std::string kept{name};
            if (!on_member(kept, value)) return false;
        }
        // Only white space may follow the object.
        const char* rest = nullptr;
        error = document.current_location().get(rest);
        return error == simdjson::OUT_OF_BOUNDS;
    };
    simdjson::error_code error = simdjson::SUCCESS;
    if (once(json, error)) return true;
    if (error != simdjson::UTF8_ERROR) return false;
    const std::string mended = valid_utf8(json);
    return once(mended, error);
}

void each_member(od::value value, const OnMember& on_member) {
    od::object object;
    if (value.get_object().get(object) != simdjson::SUCCESS) return;
    for (auto member : object) {
        std::string_view name;
        od::value inner;
        if (member.unescaped_key().get(name) != simdjson::SUCCESS) return;
        if (member.value().get(inner) != simdjson::SUCCESS) return;
        const std::string kept{name};
        if (!on_member(kept, inner)) return;
    }
}

bool is_object(od::value value) {
    od::json_type type{};
    return value.type().get(type) == simdjson::SUCCESS && type == od::json_type::object;
}

bool is_null(od::value value) {
    od::json_type type{};
    return value.type().get(type) == simdjson::SUCCESS && type == od::json_type::null;
}

bool is_array(od::value value) {
    od::json_type type{};
    return value.type().get(type) == simdjson::SUCCESS && type == od::json_type::array;
}

/// Elements of an array given as valid JSON text.
std::size_t count_elements(std::string_view json) {
    std::size_t count = 0;
    int depth = 0;
    bool in_string = false;
    bool empty = true;
    for (std::size_t i = 0; i < json.size(); ++i) {
        const char c = json[i];
        if (in_string) {
            if (c == '\\') {
                ++i;
            } else if (c == '"') {
                in_string = false;
            }
            continue;
        }
        if (c == ' ') continue;
        if (c == ']' || c == '}') {
            --depth;
            continue;
        }
        if (depth == 1 && c == ',') {
            ++count;
            continue;
        }
        if (depth >= 1) empty = false;
        if (c == '[' || c == '{') ++depth;
        if (c == '"') in_string = true;
    }
    return empty ? 0 : count + 1;
}

/// Results in the order in which their names appeared; found by name in constant time, because
/// the names are the client's.
class ResultsByName {
public:
    WriteResult& operator[](std::string_view name) {
        const auto [found, added] = index_.try_emplace(std::string{name}, results_.size());
        if (added) {
            results_.emplace_back();
            results_.back().name = found->first;
        }
        return results_[found->second];
    }
    WriteResult* find(const std::string& name) {
        const auto found = index_.find(name);
        return found == index_.end() ? nullptr : &results_[found->second];
    }
    std::vector<WriteResult>& all() { return results_; }

private:
    std::unordered_map<std::string, std::size_t> index_;
    std::vector<WriteResult> results_;
};

RowText row_of(od::value value) {
    RowText row;
    each_member(value, [&](std::string_view column, od::value cell) {
        row.emplace_back(std::string{column}, scalar_text(cell));
        return true;
    });
    return row;
}

}  // namespace

Result<PollBody> parse_poll(std::string_view body) {
    PollBody out;
    const bool ok = walk(body, [&](std::string_view name, od::value value) {
        if (name == "node_key") {
            out.node_key = text_of(value);
        } else if (name == "etag") {
            std::string_view text;
            if (value.get_string().get(text) == simdjson::SUCCESS) out.etag = std::string{text};
        }
        return true;
    });
    if (!ok) return fail(bad_json());
    return out;
}

Result<WriteBody> parse_write(std::string_view body) {
    WriteBody out;
    bool shape_ok = true;
    ResultsByName results;
    ResultsByName extras;  // statuses, messages and stats may come before queries
    const bool ok = walk(body, [&](std::string_view name, od::value value) {
        if (name == "node_key") {
            out.node_key = text_of(value);
        } else if (name == "queries") {
            if (!is_object(value)) {
                shape_ok = shape_ok && is_null(value);
                return true;
            }
            each_member(value, [&](std::string_view query, od::value rows) {
                WriteResult& result = results[query];
                result.rows_json = "[]";  // very old agents send "" for a failed query
                result.row_count = 0;
                if (is_array(rows)) {
                    result.rows_json = raw_text(rows);
                    // Details are read row by row anyhow, and may be long.
                    if (query.starts_with(kDetailPrefix)) return true;
                    result.row_count = count_elements(result.rows_json);
                }
                return true;
            });
        } else if (name == "statuses") {
            each_member(value, [&](std::string_view query, od::value status) {
                const auto number = status_of(status);
                shape_ok = shape_ok && number.has_value();
                extras[query].status = number.value_or(1);
                return true;
            });
        } else if (name == "messages") {
            each_member(value, [&](std::string_view query, od::value message) {
                extras[query].message = scalar_text(message);
                return true;
            });
        } else if (name == "stats") {
            each_member(value, [&](std::string_view query, od::value stats) {
                if (!is_object(stats)) return true;
                std::string text = raw_text(stats);
                if (text != "{}") extras[query].stats_json = std::move(text);
                return true;
            });
        }
        return true;
    });
    if (!ok || !shape_ok) return fail(bad_json());
    for (WriteResult& extra : extras.all()) {
        WriteResult* result = results.find(extra.name);
        if (result == nullptr) continue;
        result->status = extra.status;
        result->message = std::move(extra.message);
        result->stats_json = std::move(extra.stats_json);
    }
    out.results = std::move(results.all());
    return out;
}

Result<LogBody> parse_log(std::string_view body) {
    LogBody out;
    const bool ok = walk(body, [&](std::string_view name, od::value value) {
        if (name == "node_key") {
            out.node_key = text_of(value);
        } else if (name == "log_type") {
            out.log_type = text_of(value);
        } else if (name == "data") {
            if (is_null(value)) return true;
            od::array array;
            if (value.get_array().get(array) != simdjson::SUCCESS) return false;
            for (auto element : array) {
                od::value line;
                if (element.get(line) != simdjson::SUCCESS) return false;
                out.lines.push_back(raw_text(line));
            }
        }
        return true;
    });
    if (!ok) return fail(bad_json());
    return out;
}

std::optional<ResultLine> parse_result_line(std::string_view line) {
    ResultLine out;
    const bool ok = walk(line, [&](std::string_view name, od::value value) {
        if (name == "name") {
            out.name = text_of(value);
        } else if (name == "unixTime") {
            out.unix_time = number_of(scalar_text(value));
        } else if (name == "action") {
            out.is_snapshot = text_of(value) == "snapshot";
        } else if (name == "snapshot" && is_array(value)) {
            out.has_rows = true;
            out.rows_json = raw_text(value);
        } else if (name == "columns" && is_object(value)) {
            out.columns_json = raw_text(value);
        }
        return true;
    });
    if (!ok || out.name.empty()) return std::nullopt;
    return out;
}

Result<EnrollBody> parse_enroll(std::string_view body) {
    EnrollBody out;
    const bool ok = walk(body, [&](std::string_view name, od::value value) {
        if (name == "enroll_secret") {
            out.enroll_secret = text_of(value);
        } else if (name == "host_identifier") {
            out.host_identifier = text_of(value);
        } else if (name == "platform_type") {
            out.platform_mask = static_cast<int>(number_of(scalar_text(value)));
        } else if (name == "host_details") {
            each_member(value, [&](std::string_view table, od::value row) {
                if (is_object(row)) out.host_details.emplace_back(std::string{table}, row_of(row));
                return true;
            });
        }
        return true;
    });
    if (!ok) return fail(bad_json());
    return out;
}

Result<CarveBegin> parse_carve_begin(std::string_view body) {
    CarveBegin out;
    const bool ok = walk(body, [&](std::string_view name, od::value value) {
        if (name == "node_key") out.node_key = text_of(value);
        if (name == "carve_id") out.carve_id = text_of(value);
        if (name == "request_id") out.request_id = text_of(value);
        if (name == "block_count") out.block_count = number_of(scalar_text(value));
        if (name == "block_size") out.block_size = number_of(scalar_text(value));
        if (name == "carve_size") out.carve_size = number_of(scalar_text(value));
        return true;
    });
    if (!ok) return fail(bad_json());
    return out;
}

Result<CarveBlock> parse_carve_block(std::string_view body) {
    CarveBlock out;
    const bool ok = walk(body, [&](std::string_view name, od::value value) {
        if (name == "session_id") out.session_id = text_of(value);
        if (name == "request_id") out.request_id = text_of(value);
        if (name == "data") out.data = text_of(value);
        if (name == "block_id") out.block_id = number_of(scalar_text(value));
        return true;
    });
    if (!ok) return fail(bad_json());
    return out;
}

std::vector<RowText> parse_rows(std::string_view rows_json) {
    std::vector<RowText> out;
    const simdjson::padded_string padded{rows_json};
    od::document document;
    od::array array;
    if (parser().iterate(padded).get(document) != simdjson::SUCCESS) return out;
    if (document.get_array().get(array) != simdjson::SUCCESS) return out;
    for (auto element : array) {
        od::value value;
        if (element.get(value) != simdjson::SUCCESS) break;
        if (is_object(value)) out.push_back(row_of(value));
    }
    return out;
}

std::string_view value_of(const RowText& row, std::string_view column) {
    for (const auto& [name, value] : row) {
        if (name == column) return value;
    }
    return {};
}

}  // namespace fleet::checkin
