// Small parsers of the core that read values from requests. What they print, they must read back.

#include <cstdint>
#include <string>
#include <string_view>

#include "fleet/core/crypto.hpp"
#include "fleet/core/log_line.hpp"
#include "fleet/core/nearest.hpp"
#include "fleet/core/time.hpp"

namespace {

void require(bool condition) {
    if (!condition) __builtin_trap();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text{static_cast<const char*>(static_cast<const void*>(data)), size};

    if (const auto bytes = fleet::base64_decode(text)) {
        require(fleet::base64_encode(*bytes) == text);
    }
    if (const auto time = fleet::parse_rfc3339(text)) {
        const std::string printed = fleet::to_rfc3339(*time);
        // An offset may push the last day of year 9999 into a fifth digit.
        require(
            printed.size() > 30 || fleet::parse_rfc3339(printed) == time || printed[0] == '-' ||
            printed[4] != '-'
        );
    }
    if (const auto duration = fleet::parse_go_duration(text)) {
        require(fleet::parse_go_duration(fleet::to_go_duration(*duration)) == duration);
    }
    const std::string line = fleet::log::format_line(
        fleet::log::Format::json, "T", fleet::log::Level::info, text, {{"value", text}}
    );
    require(line.find('\n') == std::string::npos);
    require(fleet::edit_distance(text, text) == 0);
    return 0;
}
