#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "fleet/core/json.hpp"
#include "fleet/store/enroll_secret_store.hpp"

namespace fleet::api::rest {

/// An enroll secret (rest-api-a 11). Name, expiry, limit and use are our own additions: left out
/// when there is none, and kept when a request does not name them.
struct EnrollSecretItem {
    static constexpr const char* kShapeName = "EnrollSecret";
    std::string secret{};
    std::string created_at{};  // ignored in a request
    std::optional<TeamId> team_id{};
    json::Patch<std::string> name{};
    json::Patch<std::string> expires_at{};
    json::Patch<std::uint32_t> use_limit{};
    std::optional<std::uint32_t> use_count{};   // ignored in a request
    std::optional<std::string> last_used_at{};  // ignored in a request

    static void fields(auto&& field) {
        field("secret", &EnrollSecretItem::secret);
        field("created_at", &EnrollSecretItem::created_at, json::omit_empty);
        field("team_id", &EnrollSecretItem::team_id, json::omit_empty);
        field("name", &EnrollSecretItem::name, json::omit_empty);
        field("expires_at", &EnrollSecretItem::expires_at, json::omit_empty);
        field("use_limit", &EnrollSecretItem::use_limit, json::omit_empty);
        field("use_count", &EnrollSecretItem::use_count, json::omit_empty);
        field("last_used_at", &EnrollSecretItem::last_used_at, json::omit_empty);
    }
};

std::vector<EnrollSecretItem> to_items(std::span<const store::EnrollSecret> secrets);

/// 422 on `secrets` when an expiry is not a time.
Result<std::vector<store::WantedSecret>> to_wanted(std::span<const EnrollSecretItem> items);

}  // namespace fleet::api::rest
