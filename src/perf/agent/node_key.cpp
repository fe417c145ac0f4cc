#include "perf/agent/node_key.hpp"

#include <openssl/evp.h>

#include <algorithm>

#include "perf/text.hpp"

namespace fleet::perf {

std::optional<NodeKey> NodeKey::pack(std::string_view text) {
    NodeKey key;
    if (text.size() <= kBytes) {
        std::copy(text.begin(), text.end(), key.bytes_.begin());
        key.form_ = static_cast<std::uint8_t>(text.size());
        return key;
    }
    if (text.size() != kBytes / 3 * 4) return std::nullopt;
    const auto bytes = base64_decode(text);
    // Only what encodes to the very same text may be kept in this form.
    if (!bytes || bytes->size() != kBytes || base64_encode(*bytes) != text) return std::nullopt;
    std::copy(bytes->begin(), bytes->end(), key.bytes_.begin());
    key.form_ = kBase64;
    return key;
}

std::string_view NodeKey::text(Buffer& buffer) const {
    if (form_ != kBase64) return {reinterpret_cast<const char*>(bytes_.data()), form_};
    const int length = EVP_EncodeBlock(
        reinterpret_cast<unsigned char*>(buffer.data()), bytes_.data(), int{kBytes}
    );
    return {buffer.data(), static_cast<std::size_t>(length)};
}

}  // namespace fleet::perf
