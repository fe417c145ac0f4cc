#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>

#include "fleet/service/live_query.hpp"

/// The messages of the results socket (rest-api-b 3.3). Parsing takes hostile input.
namespace fleet::api::rest {

/// First message of a client. `token` is empty when it is not a text.
struct AuthMessage {
    std::string token{};
};
/// False: unreadable or of another type; the socket is then closed without a word.
bool parse_auth(std::string_view text, AuthMessage& out);

struct SelectCampaign {
    std::uint64_t campaign_id = 0;
    bool detail = false;
};
/// Second message; on failure the text for the client.
Result<SelectCampaign> parse_select(std::string_view text);

/// A later message that ends the campaign at once, `{"type": "stop"}`: our addition, since a client
/// with `detail` may otherwise leave and come back.
bool is_stop(std::string_view text);

std::string totals_message(const service::TargetCounts& counts);
std::string status_message(std::uint64_t expected, std::uint64_t actual, bool finished);
std::string error_message(std::string_view text);

}  // namespace fleet::api::rest
