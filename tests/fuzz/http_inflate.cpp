// The first byte says in which pieces the rest is fed; the output never passes the limit.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "http/inflate.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using fleet::http::Inflater;
    constexpr std::size_t kLimit = 64 * 1024;
    if (size == 0) return 0;
    const std::size_t piece = data[0] + 1u;
    std::string_view input{reinterpret_cast<const char*>(data) + 1, size - 1};

    Inflater inflater{kLimit};
    std::string out;
    while (!input.empty()) {
        const auto count = std::min(piece, input.size());
        if (inflater.feed(input.substr(0, count), out) != Inflater::Status::ok) break;
        input.remove_prefix(count);
    }
    if (out.size() > kLimit) std::abort();
    (void)inflater.complete();
    return 0;
}
