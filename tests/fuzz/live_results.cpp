// Rows and statistics of live queries as agents send them: whatever comes in, what goes out is JSON
// with the host columns in every row, and means the same as what a full parser reads.
#include <cstdint>
#include <cstdlib>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "fleet/live/host_result.hpp"
#include "fleet/live/host_set.hpp"
#include "live/json_text.hpp"

namespace {

using nlohmann::json;
using namespace fleet;
using namespace fleet::live;

void require(bool condition) {
    if (!condition) std::abort();
}

json rows_with_host(json rows) {
    json out = json::array();
    for (auto& row : rows) {
        row["host_hostname"] = "h";
        row["host_display_name"] = "d";
        out.push_back(std::move(row));
    }
    return out;
}

void check_answer(std::string_view rows, std::string_view stats) {
    const LiveAnswer answer{
        .id = CampaignId{7},
        .host = HostId{3},
        .hostname = "h",
        .display_name = "d",
        .rows_json = std::string{rows},
        .stats_json = std::string{stats},
    };
    const auto result = to_result(answer, Time{});
    const auto payload = to_payload(result);
    const auto back = parse_payload(payload);
    require(back.has_value());
    require(back->rows == result.rows && back->stats == result.stats);
    require(back->row_count == result.row_count && back->error == result.error);
    const auto message = json::parse(to_client_message(*back));
    require(message["data"]["rows"] == rows_with_host(json::parse(result.rows)));
    (void)to_answer_stats(*back);
}

void check_rewrite(std::string_view text) {
    const auto clean = rewrite_rows(text);
    if (!clean) return;
    const auto tree = json::parse(clean->json);
    require(tree.is_array() && tree.size() == clean->count);
    const auto again = rewrite_rows(clean->json);
    require(again && again->json == clean->json);
    // A strict parser that accepts the original must agree with us about its meaning. Names that
    // appear twice in an object are left to the reader.
    const auto original = json::parse(text, nullptr, false);
    if (original.is_discarded() || !original.is_array()) return;
    json expected = json::array();
    for (const auto& row : original) {
        if (!row.is_null()) expected.push_back(row);
    }
    require(tree == expected);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text{reinterpret_cast<const char*>(data), size};
    check_rewrite(text);
    const auto half = size / 2;
    check_answer(text.substr(0, half), text.substr(half));
    check_answer(text, "{}");
    (void)parse_payload(text);
    (void)object_members(text);
    (void)unpack_hosts(text);
    std::string quoted;
    append_json_string(quoted, text);
    require(json::accept(quoted) && decode_json_string(quoted).has_value());
    return 0;
}
