// The two messages that a client of the results socket sends.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "api/rest/live_socket_messages.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace fleet::api::rest;
    const std::string_view text{reinterpret_cast<const char*>(data), size};
    AuthMessage auth;
    (void)parse_auth(text, auth);
    const auto choice = parse_select(text);
    if (choice ? choice->campaign_id == 0 : choice.error().fields.empty()) std::abort();
    return 0;
}
