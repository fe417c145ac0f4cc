// SQL that people and scripts send: the linter must bear anything.

#include <cstdint>
#include <string_view>

#include "fleet/sql/linter.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const fleet::sql::Linter linter;
    const std::string_view sql{static_cast<const char*>(static_cast<const void*>(data)), size};
    const auto analysis = linter.analyse(sql);
    if (analysis.warnings.size() > 300) __builtin_trap();
    return 0;
}
