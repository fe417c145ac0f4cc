#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace fleet::perf {

/// A node key in 25 bytes: the 24 bytes of which servers make 32 characters of base64, or any
/// other text of up to 24 characters.
class NodeKey {
public:
    NodeKey() = default;

    /// Nothing when the text does not fit.
    static std::optional<NodeKey> pack(std::string_view text);

    bool empty() const { return form_ == 0; }
    void clear() { form_ = 0; }

    /// The key as text, in `buffer` if it has to be made.
    using Buffer = std::array<char, 33>;
    std::string_view text(Buffer& buffer) const;

private:
    static constexpr std::size_t kBytes = 24;
    static constexpr std::uint8_t kBase64 = 255;

    std::array<unsigned char, kBytes> bytes_{};
    std::uint8_t form_{};  ///< length of a plain text, or kBase64
};

static_assert(sizeof(NodeKey) == 25);

}  // namespace fleet::perf
