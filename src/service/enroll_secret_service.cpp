#include "fleet/service/enroll_secret_service.hpp"

#include <algorithm>

#include "fleet/core/roles.hpp"

namespace fleet::service {
namespace {

constexpr std::size_t kMaxSecrets = 50;
constexpr std::size_t kMaxSecretBytes = 255;
// A list that belongs to no team (rest-api-a 8.6).
constexpr const char* kNoTeamDetails = R"({"team_id":null,"team_name":null})";

Result<> check(std::span<const std::string> secrets) {
    if (secrets.size() > kMaxSecrets) {
        return fail(Error::invalid("secrets", "too many secrets; at most 50 are possible"));
    }
    for (const auto& secret : secrets) {
        if (secret.empty()) return fail(Error::invalid("secrets", "a secret cannot be empty"));
        if (secret.size() > kMaxSecretBytes) {
            return fail(Error::invalid("secrets", "a secret must not exceed 255 bytes"));
        }
    }
    return {};
}

}  // namespace

Result<std::vector<store::EnrollSecret>> EnrollSecretService::list(const Viewer& viewer) {
    FLEET_CHECK(authorize(viewer, Action::read_enroll_secrets, Object::global()));
    return deps_.secrets.list(std::nullopt);
}

Result<> EnrollSecretService::replace(const Viewer& viewer, std::span<const std::string> secrets) {
    FLEET_CHECK(authorize(viewer, Action::write_enroll_secrets, Object::global()));
    FLEET_CHECK(check(secrets));
    return store::with_write(deps_.db, [&](store::Session& session) -> Result<> {
        FLEET_CHECK(deps_.secrets.replace(session, std::nullopt, secrets, deps_.clock.now()));
        deps_.activities.record(session, viewer, "edited_enroll_secrets", kNoTeamDetails);
        return {};
    });
}

}  // namespace fleet::service
