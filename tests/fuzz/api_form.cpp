// Forms that a browser or fleetctl uploads. The first line is the content type, the rest the body.

#include <algorithm>
#include <cstdint>
#include <string_view>

#include "api/rest/multipart.hpp"

namespace {

void require(bool condition) {
    if (!condition) __builtin_trap();
}

void parse(std::string_view content_type, std::string_view body) {
    const auto parts = fleet::api::rest::parse_form(content_type, body);
    if (!parts) return;
    require(parts->size() <= 64);
    for (const auto& part : *parts) {
        // A part is a view of the body; it must never reach outside.
        require(part.content.empty() || part.content.data() >= body.data());
        require(part.content.data() + part.content.size() <= body.data() + body.size());
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text{static_cast<const char*>(static_cast<const void*>(data)), size};
    const std::size_t line = std::min(text.find('\n'), text.size());
    const std::string_view body = text.substr(std::min(line + 1, text.size()));
    parse(text.substr(0, line), body);
    parse("multipart/form-data; boundary=b", body);
    return 0;
}
