#include "fleet/service/logo_service.hpp"

#include <chrono>
#include <vector>

#include "app_config_document.hpp"
#include "fleet/core/roles.hpp"
#include "logo_rules.hpp"

namespace fleet::service {
namespace {

Result<std::vector<std::string>> modes_of(const std::string& mode) {
    if (mode.empty() || mode == "all") return std::vector<std::string>{"dark", "light"};
    if (mode == "light" || mode == "dark") return std::vector<std::string>{mode};
    return fail(Error::bad_request("mode must be light, dark or all"));
}

/// The member of org_info that links the logo of a mode.
const char* url_key(const std::string& mode) {
    return mode == "dark" ? "org_logo_url" : "org_logo_url_light_background";
}

std::string details(const std::string& mode) {
    return json::dump({{"mode", mode.empty() ? std::string{"all"} : mode}});
}

}  // namespace

Result<> LogoService::put(const Viewer& viewer, const std::string& mode, const std::string& image) {
    FLEET_CHECK(authorize(viewer, Action::write_logo, Object::global()));
    FLEET_TRY(const auto modes, modes_of(mode));
    FLEET_TRY(const std::string type, logo_type(image));
    const auto now = std::chrono::nanoseconds{deps_.clock.now().time_since_epoch()};
    deps_.db.write([&](store::Session& session) {
        json::Value config = full_config(deps_.configs.lock(session).json);
        for (const std::string& one : modes) {
            deps_.logos.save(session, one, {type, image});
            config["org_info"][url_key(one)] =
                "/api/latest/fleet/logo?mode=" + one + "&v=" + std::to_string(now.count());
        }
        deps_.configs.save(session, json::dump(config));
        deps_.activities.record(session, viewer, "changed_org_logo", details(mode));
    });
    return {};
}

Result<> LogoService::remove(const Viewer& viewer, const std::string& mode) {
    FLEET_CHECK(authorize(viewer, Action::write_logo, Object::global()));
    FLEET_TRY(const auto modes, modes_of(mode));
    return store::with_write(deps_.db, [&](store::Session& session) -> Result<> {
        json::Value config = full_config(deps_.configs.lock(session).json);
        bool any = false;
        for (const std::string& one : modes) {
            if (!deps_.logos.remove(session, one)) continue;
            any = true;
            config["org_info"][url_key(one)] = "";
        }
        if (!any) return fail(Error::bad_request("there is no logo to delete"));
        deps_.configs.save(session, json::dump(config));
        deps_.activities.record(session, viewer, "deleted_org_logo", details(mode));
        return {};
    });
}

Result<store::Logo> LogoService::get(const std::string& mode) {
    if (mode != "light" && mode != "dark") {
        return fail(Error::bad_request("mode must be light or dark"));
    }
    auto logo = deps_.logos.find(mode);
    if (!logo) return fail(Error::not_found("Logo", mode));
    return std::move(*logo);
}

}  // namespace fleet::service
