// Every body that an agent posts. The first byte picks the endpoint; what is taken out of a body
// as JSON must be JSON, or the database and Redis would carry the damage on.
#include <cstdint>
#include <cstdlib>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "fleet/checkin/agent_json.hpp"
#include "fleet/checkin/software_ingest.hpp"
#include "fleet/core/packed.hpp"
#include "fleet/core/software_facts.hpp"
#include "fleet/core/utf8.hpp"
#include "fleet/store/software_catalog.hpp"

namespace {

using namespace fleet::checkin;

void require(bool condition) {
    if (!condition) std::abort();
}

void require_text(std::string_view text) {
    require(fleet::valid_utf8(text) == text);
}

void require_rows(const std::string& json) {
    if (json.empty()) return;
    for (const auto& row : parse_rows(json)) {
        for (const auto& [column, value] : row) {
            require_text(column);
            require_text(value);
        }
    }
}

void poll(std::string_view body) {
    const auto poll = parse_poll(body);
    if (!poll) return;
    require_text(poll->node_key);
    if (poll->etag) require_text(*poll->etag);
}

void write(std::string_view body) {
    const auto write = parse_write(body);
    if (!write) return;
    for (const auto& result : write->results) {
        require_text(result.name);
        require_text(result.message);
        require_rows(result.rows_json);
        require(result.stats_json.empty() || nlohmann::json::accept(result.stats_json));
    }
}

/// Rows of software become text in the database, wherever they were cut.
void software(std::string_view rows) {
    static const fleet::store::SoftwareCatalog nothing_known;
    SoftwareAnswers answers;
    answers.add("software_linux", rows);
    answers.add("software_python_packages", rows);
    const auto report = answers.report(nothing_known);
    if (!report) return;
    for (const auto& [digest, software] : report->news) {
        require(!software.name.empty());
        require(software.name.size() <= 255);
        for (const auto& text :
             {software.name,
              software.version,
              software.source,
              software.bundle_identifier,
              software.extension_id,
              software.extension_for,
              software.vendor,
              software.release,
              software.arch,
              software.upgrade_code})
            require_text(text);
    }
    fleet::unpack_paths(rows);
    fleet::unpack_opened(rows);
    fleet::unpack_ascending(rows);
    const auto paths = fleet::unpack_paths(report->paths);
    require(fleet::pack_paths(paths) == report->paths);
    const auto opened = fleet::unpack_opened(report->opened);
    require(fleet::pack_opened(opened) == report->opened);
}

void log(std::string_view body) {
    const auto log = parse_log(body);
    if (!log) return;
    for (const auto& line : log->lines) {
        require(line.find('\n') == std::string::npos);  // one line each in the result log
        require_text(line);
        const auto result = parse_result_line(line);
        if (result) require_rows(result->rows_json);
    }
}

void enroll(std::string_view body) {
    const auto enroll = parse_enroll(body);
    if (!enroll) return;
    require_text(enroll->enroll_secret);
    require_text(enroll->host_identifier);
    for (const auto& [table, row] : enroll->host_details) {
        require_text(table);
        for (const auto& [column, value] : row)
            require_text(value);
    }
}

void carve(std::string_view body) {
    if (const auto begin = parse_carve_begin(body)) require_text(begin->carve_id);
    if (const auto block = parse_carve_block(body)) require_text(block->session_id);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    const std::string_view body{reinterpret_cast<const char*>(data) + 1, size - 1};
    switch (data[0] % 7) {
        case 0:
            poll(body);
            break;
        case 1:
            write(body);
            break;
        case 2:
            log(body);
            break;
        case 3:
            enroll(body);
            break;
        case 4:
            carve(body);
            break;
        case 5:
            software(body);
            break;
        default:
            require_rows(std::string{body});
            break;
    }
    return 0;
}
