// Frames of a peer, and our own frames: what is encoded must decode to the same text.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "fleet/core/utf8.hpp"
#include "http/sockjs.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    namespace sockjs = fleet::http::sockjs;
    const std::string_view input{reinterpret_cast<const char*>(data), size};

    (void)sockjs::decode(input);
    const auto frame = sockjs::encode(input);
    const auto back = sockjs::decode(std::string_view{frame}.substr(1));
    if (!back || back->size() != 1 || back->front() != fleet::valid_utf8(input)) std::abort();
    return 0;
}
