#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "fleet/core/ids.hpp"
#include "fleet/core/time.hpp"
#include "fleet/live/campaigns.hpp"

namespace fleet::live {

/// One host's answer as it lies in Redis and travels between instances (rest-api-b 3.6).
struct HostResult {
    CampaignId campaign{};
    HostId host{};
    std::string hostname{}, display_name{};
    std::string rows = "[]";  // valid JSON: an array of objects
    std::size_t row_count = 0;
    std::size_t output_size = 0;
    std::string stats{};  // valid JSON: an object; empty when the agent sent none
    std::string error{};
    std::string answered_at{};  // RFC 3339
};

/// Checks and mends what an agent sent. Rows that are not JSON become an error of that host.
HostResult to_result(const LiveAnswer& answer, Time now);

/// The text for Redis.
std::string to_payload(const HostResult& result);
/// The same without rows, for a campaign whose results are too many to keep.
std::string to_short_payload(const HostResult& result, std::string_view error);
/// Nothing when the text is not such a payload.
std::optional<HostResult> parse_payload(std::string_view payload);

/// The `result` message for a client: rows with the two host columns (rest-api-b 3.3).
std::string to_client_message(const HostResult& result);

/// The counters inside `stats`, zero where absent.
AnswerStats to_answer_stats(const HostResult& result);

}  // namespace fleet::live
