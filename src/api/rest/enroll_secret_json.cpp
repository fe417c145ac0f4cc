#include "enroll_secret_json.hpp"

namespace fleet::api::rest {

std::vector<EnrollSecretItem> to_items(std::span<const store::EnrollSecret> secrets) {
    std::vector<EnrollSecretItem> out;
    for (const store::EnrollSecret& secret : secrets) {
        EnrollSecretItem& item = out.emplace_back();
        item.secret = secret.secret;
        item.created_at = to_rfc3339(secret.created_at);
        item.team_id = secret.team;
        item.name.value = secret.name;
        if (secret.expires_at) item.expires_at.value = to_rfc3339(*secret.expires_at);
        item.use_limit.value = secret.use_limit;
        item.use_count = secret.use_count;
        if (secret.last_used_at) item.last_used_at = to_rfc3339(*secret.last_used_at);
    }
    return out;
}

Result<std::vector<store::WantedSecret>> to_wanted(std::span<const EnrollSecretItem> items) {
    std::vector<store::WantedSecret> out;
    for (const EnrollSecretItem& item : items) {
        store::WantedSecret& wanted = out.emplace_back();
        wanted.secret = item.secret;
        if (item.name) wanted.name = item.name.value.value_or("");
        if (item.use_limit) wanted.use_limit = item.use_limit.value;
        if (!item.expires_at) continue;
        wanted.expires_at.emplace();
        if (!item.expires_at.value) continue;
        const auto time = parse_rfc3339(*item.expires_at.value);
        if (!time) return fail(Error::invalid("secrets", "expires_at must be an RFC 3339 time"));
        *wanted.expires_at = *time;
    }
    return out;
}

}  // namespace fleet::api::rest
