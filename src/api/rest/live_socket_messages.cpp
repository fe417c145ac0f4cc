#include "live_socket_messages.hpp"

#include "fleet/core/json.hpp"

namespace fleet::api::rest {
namespace {

const json::Value* member(const json::Value& object, const char* name) {
    const auto found = object.find(name);
    return found == object.end() ? nullptr : &*found;
}

std::string type_of(const json::Value& message) {
    if (!message.is_object()) return {};
    const auto* type = member(message, "type");
    return type != nullptr && type->is_string() ? type->get<std::string>() : std::string{};
}

}  // namespace

bool parse_auth(std::string_view text, AuthMessage& out) {
    const auto message = json::parse(text);
    if (!message || type_of(*message) != "auth") return false;
    const auto* data = member(*message, "data");
    if (data == nullptr || !data->is_object()) return true;
    const auto* token = member(*data, "token");
    if (token != nullptr && token->is_string()) out.token = token->get<std::string>();
    return true;
}

Result<SelectCampaign> parse_select(std::string_view text) {
    const auto refuse = [](const char* why) { return fail(Error::bad_request(why)); };
    const auto message = json::parse(text);
    if (!message) return refuse("error reading select_campaign");
    if (type_of(*message) != "select_campaign") return refuse("expected select_campaign");
    constexpr const char* kMalformed = "error unmarshaling select_campaign data";
    SelectCampaign out;
    const auto* data = member(*message, "data");
    if (data == nullptr || !data->is_object()) return refuse(kMalformed);
    if (const auto* id = member(*data, "campaign_id"); id != nullptr && !id->is_null()) {
        if (!id->is_number_unsigned()) return refuse(kMalformed);
        out.campaign_id = id->get<std::uint64_t>();
    }
    if (const auto* detail = member(*data, "detail"); detail != nullptr && !detail->is_null()) {
        if (!detail->is_boolean()) return refuse(kMalformed);
        out.detail = detail->get<bool>();
    }
    if (out.campaign_id == 0) return refuse("0 is not a valid campaign ID");
    return out;
}

bool is_stop(std::string_view text) {
    constexpr std::size_t kLongest = 256;
    if (text.size() > kLongest) return false;
    const auto message = json::parse(text);
    return message && type_of(*message) == "stop";
}

std::string totals_message(const service::TargetCounts& counts) {
    return json::dump(
        {{"type", "totals"},
         {"data",
          {{"count", counts.total},
           {"online", counts.online},
           {"offline", counts.offline},
           {"missing_in_action", counts.missing}}}}
    );
}

std::string status_message(std::uint64_t expected, std::uint64_t actual, bool finished) {
    return json::dump(
        {{"type", "status"},
         {"data",
          {{"expected_results", expected},
           {"actual_results", actual},
           {"status", finished ? "finished" : "pending"}}}}
    );
}

std::string error_message(std::string_view text) {
    return json::dump({{"type", "error"}, {"data", std::string{text}}});
}

}  // namespace fleet::api::rest
