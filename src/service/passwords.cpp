#include "fleet/service/passwords.hpp"

#include <argon2.h>

#include <algorithm>
#include <array>
#include <stdexcept>

#include "fleet/core/crypto.hpp"

namespace fleet::service {
namespace {

constexpr std::uint32_t kPasses = 2;
constexpr std::uint32_t kMemoryKib = 19 * 1024;
constexpr std::uint32_t kLanes = 1;
constexpr std::size_t kSaltBytes = 16;
constexpr std::size_t kHashBytes = 32;

constexpr std::size_t kMinPassword = 12;
constexpr std::size_t kMaxPassword = 48;
constexpr std::size_t kMaxEmail = 255;
constexpr std::size_t kMaxLocalPart = 64;

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}
bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
bool is_beyond_ascii(char c) {
    return (static_cast<unsigned char>(c) & 0x80U) != 0;
}

/// Printable ASCII that is neither letter, digit nor space, and whatever lies beyond ASCII: there
/// nearly everything that people do not spell words with is a symbol, and being lenient with
/// letters of other scripts makes no password weaker.
bool is_symbol(char c) {
    return is_beyond_ascii(c) || (c > ' ' && c < 0x7f && !is_digit(c) && !is_letter(c));
}

bool is_local_char(char c) {
    constexpr std::string_view kSpecials = "!#$%&'*+-/=?^_`{|}~.";
    return is_letter(c) || is_digit(c) || is_beyond_ascii(c) ||
           kSpecials.find(c) != std::string_view::npos;
}

bool is_domain_char(char c) {
    return is_letter(c) || is_digit(c) || is_beyond_ascii(c) || c == '-' || c == '.';
}

/// No dot at either end, no two in a row.
bool has_proper_dots(std::string_view text) {
    return !text.empty() && text.front() != '.' && text.back() != '.' &&
           text.find("..") == std::string_view::npos;
}

bool is_address(std::string_view email) {
    const auto at = email.rfind('@');
    if (at == std::string_view::npos || email.size() > kMaxEmail) return false;
    const auto local = email.substr(0, at);
    const auto domain = email.substr(at + 1);
    return local.size() <= kMaxLocalPart && has_proper_dots(local) && has_proper_dots(domain) &&
           std::all_of(local.begin(), local.end(), is_local_char) &&
           std::all_of(domain.begin(), domain.end(), is_domain_char);
}

const std::string& hash_of_nobody() {
    static const std::string hash = hash_password(random_token(24));
    return hash;
}

}  // namespace

std::string hash_password(std::string_view password) {
    const std::string salt = random_bytes(kSaltBytes);
    std::array<char, 256> text{};
    const int code = argon2id_hash_encoded(
        kPasses,
        kMemoryKib,
        kLanes,
        password.data(),
        password.size(),
        salt.data(),
        salt.size(),
        kHashBytes,
        text.data(),
        text.size()
    );
    if (code != ARGON2_OK) throw std::runtime_error{argon2_error_message(code)};
    return text.data();
}

bool verify_password(const std::string& hash, std::string_view password) {
    const std::string& expected = hash.empty() ? hash_of_nobody() : hash;
    const int code = argon2id_verify(expected.c_str(), password.data(), password.size());
    if (code != ARGON2_OK && code != ARGON2_VERIFY_MISMATCH) {
        throw std::runtime_error{argon2_error_message(code)};
    }
    return code == ARGON2_OK && !hash.empty();
}

Result<> check_password(const std::string& field, std::string_view password) {
    const bool fits = password.size() >= kMinPassword && password.size() <= kMaxPassword;
    const bool has_digit = std::any_of(password.begin(), password.end(), is_digit);
    const bool has_symbol = std::any_of(password.begin(), password.end(), is_symbol);
    if (fits && has_digit && has_symbol) return {};
    return fail(Error::invalid(
        field,
        "Password does not meet required criteria: Must include 12 characters, at least 1 number "
        "(e.g. 0 - 9), and at least 1 symbol (e.g. &*#)."
    ));
}

Result<> check_email(std::string_view email) {
    if (email.empty()) return fail(Error::invalid("email", "Email cannot be empty"));
    if (!is_address(email)) return fail(Error::invalid("email", "Email is invalid"));
    return {};
}

std::string normal_email(std::string_view email) {
    const auto first = email.find_first_not_of(" \t\r\n");
    if (first == std::string_view::npos) return {};
    const auto last = email.find_last_not_of(" \t\r\n");
    std::string out{email.substr(first, last - first + 1)};
    for (char& c : out) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    return out;
}

}  // namespace fleet::service
