#include "fleet/service/enroll_secret_service.hpp"

#include "enroll_secret_rules.hpp"
#include "fleet/core/roles.hpp"
#include "team_activities.hpp"

namespace fleet::service {

Result<std::vector<store::EnrollSecret>> EnrollSecretService::list(const Viewer& viewer) {
    FLEET_CHECK(authorize(viewer, Action::read_enroll_secrets, Object::global()));
    return deps_.secrets.list(std::nullopt);
}

Result<std::vector<store::EnrollSecret>> EnrollSecretService::list(
    const Viewer& viewer, TeamId team
) {
    FLEET_CHECK(authorize(viewer, Action::read_enroll_secrets, Object::of_team(team)));
    if (!deps_.teams.find(team)) return fail(Error::not_found("Team", to_text(team)));
    return deps_.secrets.list(team);
}

Result<> EnrollSecretService::replace(
    const Viewer& viewer, std::span<const store::WantedSecret> secrets
) {
    FLEET_CHECK(authorize(viewer, Action::write_enroll_secrets, Object::global()));
    FLEET_CHECK(check_secrets(secrets));
    return store::with_write(deps_.db, [&](store::Session& session) -> Result<> {
        FLEET_CHECK(deps_.secrets.replace(session, std::nullopt, secrets, deps_.clock.now()));
        deps_.activities.record(
            session, viewer, "edited_enroll_secrets", team_activity::of_no_team()
        );
        return {};
    });
}

Result<> EnrollSecretService::replace(
    const Viewer& viewer, TeamId team, std::span<const store::WantedSecret> secrets
) {
    FLEET_CHECK(authorize(viewer, Action::write_team_secrets, Object::of_team(team)));
    return store::with_write(deps_.db, [&](store::Session& session) -> Result<> {
        const auto found = deps_.teams.lock(session, team);
        if (!found) return fail(Error::not_found("Team", to_text(team)));
        FLEET_CHECK(check_secrets(secrets));
        FLEET_CHECK(deps_.secrets.replace(session, team, secrets, deps_.clock.now()));
        deps_.activities.record(
            session, viewer, "edited_enroll_secrets", team_activity::of_team(*found)
        );
        return {};
    });
}

}  // namespace fleet::service
