#include "fleet/service/translate_service.hpp"

#include "fleet/core/roles.hpp"

namespace fleet::service {
namespace {

Error unknown_type(const std::string& type) {
    constexpr int kUnknownTranslateType = 3;  // rest-api-a 1.6
    Error error;
    error.kind = ErrorKind::invalid;
    error.message = "unknown type \"" + type + "\": use user, label, team or host";
    error.code = kUnknownTranslateType;
    return error;
}

}  // namespace

Result<std::vector<NamedThing>> TranslateService::translate(
    const Viewer& viewer, std::vector<NamedThing> things
) {
    for (NamedThing& thing : things) {
        FLEET_TRY(thing.id, id_of(viewer, thing));
    }
    return things;
}

Result<std::uint64_t> TranslateService::id_of(const Viewer& viewer, const NamedThing& thing) {
    const std::string& key = thing.identifier;
    if (thing.type == "user") {
        const bool own = key == viewer.email;
        if (!own) FLEET_CHECK(authorize(viewer, Action::read_user, Object::global()));
        const auto user = deps_.users.find_by_email(key);
        if (!user) return fail(Error::not_found("User", key));
        return raw(user->id);
    }
    if (thing.type == "label") {
        FLEET_CHECK(authorize(viewer, Action::read_labels, Object::anywhere()));
        const auto label = deps_.labels.find(key);
        if (!label || !may(viewer, Action::read_labels, Object::of_shared(label->team))) {
            return fail(Error::not_found("Label", key));
        }
        return raw(label->id);
    }
    if (thing.type == "team" || thing.type == "fleet") {
        FLEET_CHECK(authorize(viewer, Action::list_teams, Object::anywhere()));
        const auto team = deps_.labels.team_named(key);
        const bool visible = team && may(viewer, Action::list_teams, Object::of_team(*team));
        if (!visible) return fail(Error::not_found("Team", key));
        return raw(*team);
    }
    if (thing.type == "host") {
        constexpr Action kAction = Action::read_host_by_identifier;
        FLEET_CHECK(authorize(viewer, kAction, Object::anywhere()));
        const auto id = deps_.hosts.find_identifier(key);
        const auto host = id ? deps_.hosts.find(*id) : std::nullopt;
        if (!host || !may(viewer, kAction, Object::of_host_team(host->team_id))) {
            return fail(Error::not_found("Host", key));
        }
        return raw(host->id);
    }
    return fail(unknown_type(thing.type));
}

}  // namespace fleet::service
