#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "fleet/core/result.hpp"

/// The JSON bodies that osqueryd posts, read in one pass without building a tree.
/// Bytes that are not UTF-8 are replaced rather than refused: a refused body is sent again for
/// ever.
namespace fleet::checkin {

/// config and distributed/read.
struct PollBody {
    std::string node_key{};
    std::optional<std::string> etag{};  // absent unless it is a string
};
Result<PollBody> parse_poll(std::string_view body);

/// One query's part of a distributed write. `rows_json` is the array as it was sent.
struct WriteResult {
    std::string name{};
    std::string rows_json{};
    std::size_t row_count = 0;  // of detail queries: not counted
    int status = 0;
    std::string message{};
    std::string stats_json{};  // empty when absent or {}
};
struct WriteBody {
    std::string node_key{};
    std::vector<WriteResult> results{};
};
Result<WriteBody> parse_write(std::string_view body);

/// A log post; each line is the text of one element of `data`, without line ends.
struct LogBody {
    std::string node_key{};
    std::string log_type{};
    std::vector<std::string> lines{};
};
Result<LogBody> parse_log(std::string_view body);

/// The members of a result line that the server looks at.
struct ResultLine {
    std::string name{};
    std::int64_t unix_time = 0;
    bool is_snapshot = false;    // action "snapshot"
    std::string rows_json{};     // the `snapshot` array as sent
    std::string columns_json{};  // the `columns` object as sent (event formats)
    bool has_rows = false;
};
/// Nothing when the line is not an object or has no name: such lines are dropped.
std::optional<ResultLine> parse_result_line(std::string_view line);

struct EnrollBody {
    std::string enroll_secret{};
    std::string host_identifier{};
    int platform_mask = 0;
    /// Table name -> its first row.
    std::vector<std::pair<std::string, std::vector<std::pair<std::string, std::string>>>>
        host_details{};
};
Result<EnrollBody> parse_enroll(std::string_view body);

struct CarveBegin {
    std::string node_key{}, carve_id{}, request_id{};
    std::int64_t block_count = 0, block_size = 0, carve_size = 0;
};
Result<CarveBegin> parse_carve_begin(std::string_view body);

struct CarveBlock {
    std::string session_id{}, request_id{}, data{};  // data still base64
    std::int64_t block_id = 0;
};
Result<CarveBlock> parse_carve_block(std::string_view body);

using RowText = std::vector<std::pair<std::string, std::string>>;
/// Rows of a result as text. Numbers, booleans and null become text; anything else is skipped.
std::vector<RowText> parse_rows(std::string_view rows_json);
std::string_view value_of(const RowText& row, std::string_view column);

}  // namespace fleet::checkin
