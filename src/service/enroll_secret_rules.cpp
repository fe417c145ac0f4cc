#include "enroll_secret_rules.hpp"

namespace fleet::service {
namespace {

constexpr std::size_t kMaxSecrets = 50;
constexpr std::size_t kMaxBytes = 255;

Error invalid(const char* reason) {
    return Error::invalid("secrets", reason);
}

}  // namespace

Result<> check_secrets(std::span<const store::WantedSecret> secrets) {
    if (secrets.size() > kMaxSecrets) {
        return fail(invalid("too many secrets; at most 50 are possible"));
    }
    for (const store::WantedSecret& secret : secrets) {
        if (secret.secret.empty()) return fail(invalid("a secret cannot be empty"));
        if (secret.secret.size() > kMaxBytes) {
            return fail(invalid("a secret must not exceed 255 bytes"));
        }
        if (secret.name && secret.name->size() > kMaxBytes) {
            return fail(invalid("the name of a secret must not exceed 255 bytes"));
        }
        if (secret.use_limit && *secret.use_limit == 0U) {
            return fail(invalid("use_limit must be greater than 0"));
        }
    }
    return {};
}

}  // namespace fleet::service
