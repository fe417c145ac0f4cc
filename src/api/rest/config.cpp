#include "fleet/api/rest/config.hpp"

#include "fleet/core/build_info.hpp"
#include "fleet/core/crypto.hpp"
#include "fleet/core/roles.hpp"

namespace fleet::api::rest {

struct ModifyConfigParams {
    bool dry_run = false;
    bool force = false;
    bool overwrite = false;
    static void fields(auto&& field) {
        field("dry_run", &ModifyConfigParams::dry_run, json::in_query);
        field("force", &ModifyConfigParams::force, json::in_query);
        field("overwrite", &ModifyConfigParams::overwrite, json::in_query);
    }
};

std::span<const Row<ConfigApi>> ConfigApi::rows() {
    static constexpr Row<ConfigApi> kRows[] = {
        rest::get<&ConfigApi::get>("/config", Who::user, "get_config"),
        patch<&ConfigApi::modify>("/config", Who::user, "modify_config"),
        rest::get<&ConfigApi::certificate>("/config/certificate", Who::user, "get_certificate"),
        rest::get<&ConfigApi::version>("/version", Who::user, "get_version"),
    };
    return kRows;
}

Result<json::Value> ConfigApi::get(const Viewer& viewer, const Nothing&) {
    return config_.get(viewer);
}

Result<json::Value> ConfigApi::modify(const Call& call, const ModifyConfigParams& params) {
    FLEET_TRY(json::Value changes, json::parse(call.http.body));
    FLEET_CHECK(json::accept_aliases(changes));
    return config_.modify(
        call.viewer,
        std::move(changes),
        {.dry_run = params.dry_run ? service::DryRun::yes : service::DryRun::no,
         .force = params.force,
         .overwrite = params.overwrite}
    );
}

Result<json::Value> ConfigApi::certificate(const Viewer& viewer, const Nothing&) {
    FLEET_TRY(const std::string pem, config_.certificate(viewer));
    return json::Value{{"certificate_chain", base64_encode(pem)}};
}

Result<json::Value> ConfigApi::version(const Viewer& viewer, const Nothing&) {
    FLEET_CHECK(authorize(viewer, Action::read_version, Object::global()));
    const BuildInfo info = build_info();
    json::Value out = json::Value::object();
    out["version"] = info.version;
    out["branch"] = info.branch;
    out["revision"] = info.revision;
    out["go_version"] = "";
    out["build_date"] = info.build_date;
    out["build_user"] = info.build_user;
    return out;
}

}  // namespace fleet::api::rest
