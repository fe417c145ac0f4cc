#include "fleet/core/crypto.hpp"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/rand.h>

#include <limits>
#include <stdexcept>

namespace fleet {
namespace {

constexpr std::string_view kAlphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::string_view kUrlAlphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

std::uint32_t byte_at(std::string_view bytes, std::size_t index) {
    return static_cast<unsigned char>(bytes[index]);
}

enum class Padding { with, without };

std::string encode(std::string_view bytes, std::string_view alphabet, Padding padding) {
    std::string out;
    out.reserve((bytes.size() + 2) / 3 * 4);
    std::size_t i = 0;
    for (; i + 3 <= bytes.size(); i += 3) {
        const std::uint32_t group =
            byte_at(bytes, i) << 16 | byte_at(bytes, i + 1) << 8 | byte_at(bytes, i + 2);
        out += alphabet[group >> 18];
        out += alphabet[group >> 12 & 63];
        out += alphabet[group >> 6 & 63];
        out += alphabet[group & 63];
    }
    const std::size_t rest = bytes.size() - i;
    if (rest == 0) return out;
    std::uint32_t group = byte_at(bytes, i) << 16;
    if (rest == 2) group |= byte_at(bytes, i + 1) << 8;
    out += alphabet[group >> 18];
    out += alphabet[group >> 12 & 63];
    if (rest == 2) out += alphabet[group >> 6 & 63];
    if (padding == Padding::with) out.append(3 - rest, '=');
    return out;
}

constexpr std::array<std::int8_t, 256> make_decode_table() {
    std::array<std::int8_t, 256> table{};
    for (auto& entry : table)
        entry = -1;
    for (std::size_t i = 0; i < kAlphabet.size(); ++i) {
        table[static_cast<unsigned char>(kAlphabet[i])] = static_cast<std::int8_t>(i);
    }
    return table;
}
constexpr auto kDecode = make_decode_table();

}  // namespace

std::string random_bytes(std::size_t count) {
    if (count > static_cast<std::size_t>(std::numeric_limits<int>::max())) {
        throw std::invalid_argument{"random_bytes: count too large"};
    }
    std::string out(count, '\0');
    auto* data = static_cast<unsigned char*>(static_cast<void*>(out.data()));
    if (count > 0 && RAND_bytes(data, static_cast<int>(count)) != 1) {
        throw std::runtime_error{"the random number generator of OpenSSL failed"};
    }
    return out;
}

std::string random_base64(std::size_t bytes) {
    return base64_encode(random_bytes(bytes));
}

std::string random_token(std::size_t bytes) {
    return encode(random_bytes(bytes), kUrlAlphabet, Padding::without);
}

std::string random_uuid() {
    std::string bytes = random_bytes(16);
    bytes[6] = static_cast<char>((byte_at(bytes, 6) & 0x0f) | 0x40);
    bytes[8] = static_cast<char>((byte_at(bytes, 8) & 0x3f) | 0x80);
    const std::string hex = to_hex(bytes);
    std::string out;
    out.reserve(36);
    for (std::size_t i = 0; i < hex.size(); ++i) {
        if (i == 8 || i == 12 || i == 16 || i == 20) out += '-';
        out += hex[i];
    }
    return out;
}

std::string base64_encode(std::string_view bytes) {
    return encode(bytes, kAlphabet, Padding::with);
}

std::optional<std::string> base64_decode(std::string_view text) {
    if (text.size() % 4 != 0) return std::nullopt;
    std::size_t padding = 0;
    while (padding < 2 && padding < text.size() && text[text.size() - 1 - padding] == '=') {
        ++padding;
    }
    const std::string_view body = text.substr(0, text.size() - padding);
    std::string out;
    out.reserve(text.size() / 4 * 3);
    std::uint32_t bits = 0;
    int count = 0;
    for (const char c : body) {
        const int value = kDecode[static_cast<unsigned char>(c)];
        if (value < 0) return std::nullopt;
        bits = bits << 6 | static_cast<std::uint32_t>(value);
        count += 6;
        if (count >= 8) {
            count -= 8;
            out += static_cast<char>(bits >> count & 0xff);
        }
    }
    // Left-over bits must be zero, or two texts would decode to the same bytes.
    if ((bits & ((1u << count) - 1)) != 0) return std::nullopt;
    return out;
}

Digest sha256(std::string_view bytes) {
    Digest out{};
    unsigned int size = 0;
    if (EVP_Digest(bytes.data(), bytes.size(), out.data(), &size, EVP_sha256(), nullptr) != 1) {
        throw std::runtime_error{"SHA-256 of OpenSSL failed"};
    }
    return out;
}

std::string to_hex(std::string_view bytes) {
    static constexpr std::string_view kDigits = "0123456789abcdef";
    std::string out;
    out.reserve(bytes.size() * 2);
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        out += kDigits[byte_at(bytes, i) >> 4];
        out += kDigits[byte_at(bytes, i) & 15];
    }
    return out;
}

std::string to_hex(const Digest& digest) {
    return to_hex(as_bytes(digest));
}

std::string_view as_bytes(const Digest& digest) {
    return {static_cast<const char*>(static_cast<const void*>(digest.data())), digest.size()};
}

bool equal_constant_time(std::string_view a, std::string_view b) {
    return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

}  // namespace fleet
