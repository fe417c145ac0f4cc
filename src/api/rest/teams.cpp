#include "fleet/api/rest/teams.hpp"

#include "enroll_secret_json.hpp"
#include "fleet/api/rest/paging.hpp"
#include "team_json.hpp"

namespace fleet::api::rest {

struct TeamListParams : PageParams {
    static void fields(auto&& field) { page_fields<TeamListParams>(field); }
};

struct TeamIdParams {
    TeamId id{};
    static void fields(auto&& field) { field("id", &TeamIdParams::id, json::in_path); }
};

/// Creating and changing: sections of the settings are checked by the service.
struct TeamBody {
    TeamId id{};
    std::optional<std::string> name{}, description{};
    std::optional<std::vector<EnrollSecretItem>> secrets{};
    json::Value webhook_settings{}, integrations{}, host_expiry_settings{}, features{}, mdm{};
    static void fields(auto&& field) {
        field("id", &TeamBody::id, json::in_path);
        field("name", &TeamBody::name);
        field("description", &TeamBody::description);
        field("secrets", &TeamBody::secrets);
        field("webhook_settings", &TeamBody::webhook_settings);
        field("integrations", &TeamBody::integrations);
        field("host_expiry_settings", &TeamBody::host_expiry_settings);
        field("features", &TeamBody::features);
        field("mdm", &TeamBody::mdm);
    }
};

struct TeamOptionsParams {
    TeamId id{};
    bool dry_run = false, force = false;
    static void fields(auto&& field) {
        field("id", &TeamOptionsParams::id, json::in_path);
        field("dry_run", &TeamOptionsParams::dry_run, json::in_query);
        field("force", &TeamOptionsParams::force, json::in_query);
    }
};

struct TeamMembersParams : PageParams {
    TeamId id{};
    static void fields(auto&& field) {
        page_fields<TeamMembersParams>(field);
        field("id", &TeamMembersParams::id, json::in_path);
    }
};

struct MemberBody {
    UserId id{};
    std::string role{};
    static void fields(auto&& field) {
        field("id", &MemberBody::id);
        field("role", &MemberBody::role);
    }
};

struct AddMembersBody {
    TeamId id{};
    std::vector<MemberBody> users{};
    static void fields(auto&& field) {
        field("id", &AddMembersBody::id, json::in_path);
        field("users", &AddMembersBody::users);
    }
};

struct RemoveMembersBody {
    TeamId id{};
    std::vector<MemberBody> users{};
    static void fields(auto&& field) {
        field("id", &RemoveMembersBody::id, json::in_path);
        field("users", &RemoveMembersBody::users);
    }
};

struct TeamSpecsParams {
    bool dry_run = false, force = false;
    static void fields(auto&& field) {
        field("dry_run", &TeamSpecsParams::dry_run, json::in_query);
        field("force", &TeamSpecsParams::force, json::in_query);
    }
};

namespace {

Result<service::TeamChanges> to_changes(const TeamBody& body) {
    service::TeamChanges out;
    out.name = body.name;
    out.description = body.description;
    if (body.secrets) {
        FLEET_TRY(out.secrets, to_wanted(*body.secrets));
    }
    const std::pair<const char*, const json::Value&> sections[] = {
        {"webhook_settings", body.webhook_settings},
        {"integrations", body.integrations},
        {"host_expiry_settings", body.host_expiry_settings},
        {"features", body.features},
        {"mdm", body.mdm}};
    for (const auto& [name, value] : sections) {
        if (!value.is_null()) out.settings[name] = value;
    }
    return out;
}

json::Value answer(const service::TeamView& view) {
    return json::Value{{"team", team_json(view)}};
}

Error unsupported_key(const std::string& path, const std::string& key) {
    Error error = Error::bad_request("unsupported key provided: \"" + key + "\"");
    error.message = "Bad Request";
    error.fields.front().name = path;
    return error;
}

/// Keys of secrets are the client's too; those of others are refused as everywhere in a spec.
Result<> check_secret_keys(const std::string& path, const json::Value& secrets) {
    if (!secrets.is_array()) return {};
    for (std::size_t i = 0; i < secrets.size(); ++i) {
        if (!secrets[i].is_object()) continue;
        for (const auto& [key, value] : secrets[i].items()) {
            bool known = false;
            EnrollSecretItem::fields([&, &key = key](const char* name, auto, auto...) {
                known = known || key == name;
            });
            if (known) continue;
            return fail(unsupported_key(path + "[" + std::to_string(i) + "]." + key, key));
        }
    }
    return {};
}

/// A spec: its name, its secrets, and the rest as settings.
Result<service::TeamSpec> to_spec(json::Value body, const std::string& path, bool force) {
    if (!body.is_object()) return fail(json::type_error(path, "object", body));
    service::TeamSpec out;
    if (const auto name = body.find("name"); name != body.end()) {
        FLEET_CHECK(json::decode(*name, out.name, path + ".name"));
        body.erase("name");
    }
    if (const auto secrets = body.find("secrets"); secrets != body.end()) {
        if (!force) FLEET_CHECK(check_secret_keys(path + ".secrets", *secrets));
        std::optional<std::vector<EnrollSecretItem>> items;
        FLEET_CHECK(json::decode(*secrets, items, path + ".secrets"));
        if (items) {
            FLEET_TRY(out.secrets, to_wanted(*items));
        }
        body.erase("secrets");
    }
    // What `fleetctl get` shows beside the settings, and an older name of the file.
    if (const auto file = body.find("filename"); file != body.end()) {
        const json::Value name = *file;
        body.erase("filename");
        if (!body.contains("gitops_filename")) body["gitops_filename"] = name;
    }
    out.settings = std::move(body);
    return out;
}

/// Keys beside the list of specs.
Result<> check_top_keys(const json::Value& body) {
    for (const auto& [key, value] : body.items()) {
        if (key == "specs" || key == "dry_run_assumptions") continue;
        return fail(unsupported_key(key, key));
    }
    return {};
}

}  // namespace

std::span<const Row<TeamApi>> TeamApi::rows() {
    constexpr RowOptions kOptionsBody{.max_body = 2 << 20};
    constexpr RowOptions kSpecBody{.max_body = 5 << 20};
    static constexpr Row<TeamApi> kRows[] = {
        rest::get<&TeamApi::list>("/fleets", Who::user, "list_teams"),
        post<&TeamApi::create>("/fleets", Who::user, "create_team"),
        rest::get<&TeamApi::get>("/fleets/{id:uint}", Who::user, "get_team"),
        patch<&TeamApi::modify>("/fleets/{id:uint}", Who::user, "modify_team"),
        del<&TeamApi::remove>("/fleets/{id:uint}", Who::user, "delete_team"),
        post<&TeamApi::set_agent_options>(
            "/fleets/{id:uint}/agent_options", Who::user, "modify_team_agent_options", kOptionsBody
        ),
        rest::get<&TeamApi::members>("/fleets/{id:uint}/users", Who::user, "list_team_users"),
        patch<&TeamApi::add_members>("/fleets/{id:uint}/users", Who::user, "add_team_users"),
        del<&TeamApi::remove_members>("/fleets/{id:uint}/users", Who::user, "delete_team_users"),
        post<&TeamApi::apply>("/spec/fleets", Who::user, "apply_team_specs", kSpecBody),
    };
    return kRows;
}

Result<json::Value> TeamApi::list(const Viewer& viewer, const TeamListParams& params) {
    FLEET_TRY(const Paging paging, to_paging(params));
    FLEET_TRY(const auto teams, teams_.list(viewer, paging));
    json::Value out = json::Value::array();
    for (const service::TeamView& view : teams)
        out.push_back(team_json(view));
    return json::Value{{"teams", std::move(out)}};
}

Result<json::Value> TeamApi::get(const Viewer& viewer, const TeamIdParams& params) {
    FLEET_TRY(const service::TeamView view, teams_.get(viewer, params.id));
    return answer(view);
}

Result<json::Value> TeamApi::create(const Viewer& viewer, const TeamBody& body) {
    FLEET_TRY(const service::TeamChanges changes, to_changes(body));
    FLEET_TRY(const service::TeamView view, teams_.create(viewer, changes));
    return answer(view);
}

Result<json::Value> TeamApi::modify(const Viewer& viewer, const TeamBody& body) {
    FLEET_TRY(const service::TeamChanges changes, to_changes(body));
    FLEET_TRY(const service::TeamView view, teams_.modify(viewer, body.id, changes));
    return answer(view);
}

Result<Empty> TeamApi::remove(const Viewer& viewer, const TeamIdParams& params) {
    FLEET_CHECK(teams_.remove(viewer, params.id));
    return Empty{};
}

Result<json::Value> TeamApi::set_agent_options(const Call& call, const TeamOptionsParams& params) {
    // The bare object, whose names belong to osquery: no alias is looked for in it.
    FLEET_TRY(const json::Value options, json::parse(call.http.body));
    FLEET_TRY(
        const service::TeamView view,
        teams_.set_agent_options(
            call.viewer,
            params.id,
            options,
            params.dry_run ? service::DryRun::yes : service::DryRun::no,
            params.force ? service::CheckAgentOptions::no : service::CheckAgentOptions::yes
        )
    );
    return answer(view);
}

Result<json::Value> TeamApi::members(const Viewer& viewer, const TeamMembersParams& params) {
    FLEET_TRY(const Paging paging, to_paging(params));
    FLEET_TRY(const auto users, teams_.members(viewer, params.id, paging));
    json::Value out = json::Value::array();
    for (const User& user : users)
        out.push_back(member_json(user, params.id));
    return json::Value{{"users", std::move(out)}};
}

Result<json::Value> TeamApi::add_members(const Viewer& viewer, const AddMembersBody& body) {
    std::vector<service::RequestedMember> members;
    for (const MemberBody& member : body.users)
        members.push_back({.user = member.id, .role = member.role});
    FLEET_TRY(const service::TeamView view, teams_.add_members(viewer, body.id, members));
    return answer(view);
}

Result<json::Value> TeamApi::remove_members(const Viewer& viewer, const RemoveMembersBody& body) {
    std::vector<UserId> members;
    for (const MemberBody& member : body.users)
        members.push_back(member.id);
    FLEET_TRY(const service::TeamView view, teams_.remove_members(viewer, body.id, members));
    return answer(view);
}

Result<json::Value> TeamApi::apply(const Call& call, const TeamSpecsParams& params) {
    FLEET_TRY(json::Value body, json::parse(call.http.body));
    FLEET_CHECK(json::accept_aliases(body));
    if (!body.is_object()) return fail(json::type_error("", "object", body));
    if (!params.force) FLEET_CHECK(check_top_keys(body));
    json::Value list = body.contains("specs") ? body["specs"] : json::Value::array();
    if (list.is_null()) list = json::Value::array();
    if (!list.is_array()) return fail(json::type_error("specs", "array", list));
    std::vector<service::TeamSpec> specs;
    for (std::size_t i = 0; i < list.size(); ++i) {
        const std::string path = "specs[" + std::to_string(i) + "]";
        FLEET_TRY(service::TeamSpec spec, to_spec(std::move(list[i]), path, params.force));
        specs.push_back(std::move(spec));
    }
    const service::SpecOptions options{
        .dry_run = params.dry_run ? service::DryRun::yes : service::DryRun::no,
        .force = params.force};
    FLEET_TRY(const auto ids, teams_.apply(call.viewer, specs, options));
    json::Value by_name = json::Value::object();
    for (const auto& [name, id] : ids)
        by_name[name] = raw(id);
    return json::Value{{"team_ids_by_name", std::move(by_name)}};
}

}  // namespace fleet::api::rest
