#include "describe.hpp"
#include "fleet/service/settings_schema.hpp"

namespace fleet::api::rest::describe {

using namespace json;

namespace {

/// What the server tells about itself, besides what is stored.
std::vector<Field> facts() {
    const Shape log = object({{"plugin", text}, {"config", anything}});
    return {
        {"license",
         object(
             {{"tier", text},
              {"organization", text},
              {"device_count", count},
              {"expiration", time},
              {"note", text}}
         )},
        {"logging",
         object({{"debug", flag}, {"json", flag}, {"result", log}, {"status", log}, {"audit", log}}
         )},
        {"update_interval", object({{"osquery_detail", integer}, {"osquery_policy", integer}})},
        {"vulnerabilities", object({})},
        optional("email", anything),
        optional("sandbox_enabled", flag)};
}

Shape config_answer() {
    Shape stored = settings(service::config_schema(), service::default_config());
    std::erase_if(stored.fields, [](const Field& field) { return field.name == "smtp_test"; });
    for (Field& field : stored.fields) {
        // Shown to global administrators only (rest-api-a 10.1).
        if (field.name == "smtp_settings" || field.name == "sso_settings" ||
            field.name == "agent_options") {
            field.optional = true;
        }
    }
    return extended(stored, "Config", facts());
}

/// Of a change these two are shown as null (rest-api-a 10.2).
Shape changed_config_answer() {
    Shape out = config_answer();
    out.name = "ChangedConfig";
    for (Field& field : out.fields) {
        if (field.name == "update_interval" || field.name == "vulnerabilities") {
            field.shape.nullable = true;
        }
    }
    return out;
}

void drop_server_owned(Shape& shape, const std::string& path) {
    std::erase_if(shape.fields, [&](const Field& field) {
        return service::is_server_owned(path + field.name);
    });
    for (Field& field : shape.fields)
        drop_server_owned(field.shape, path + field.name + ".");
}

Shape changes() {
    Shape out = settings(service::config_schema(), {});
    drop_server_owned(out, "");
    out.name = "ConfigChanges";
    out.nullable = false;
    return out;
}

}  // namespace

Descriptions config() {
    return {
        {.endpoint = "get_config", .summary = "Get the settings", .answer = config_answer()},
        {.endpoint = "modify_config",
         .summary = "Change settings; what is not sent stays",
         .answer = changed_config_answer(),
         .body = changes()},
        {.endpoint = "get_certificate",
         .summary = "Get the server's certificate chain, in base64",
         .answer = object({{"certificate_chain", text}})},
        {.endpoint = "get_version",
         .summary = "Get the server's version",
         .answer = object(
             {{"version", text},
              {"branch", text},
              {"revision", text},
              {"go_version", text},
              {"build_date", text},
              {"build_user", text}}
         )},
        {.endpoint = "get_logo",
         .summary = "Get the logo of the organisation",
         .answer = text,
         .content_type = "image/*"},
        {.endpoint = "upload_logo", .summary = "Set the logo; a form with one image"},
        {.endpoint = "delete_logo", .summary = "Take the logo away"},
        {.endpoint = "translate",
         .summary = "Turn names into ids",
         .answer = object(
             {{"list",
               list_of(object(
                   {{"type", text}, {"payload", object({{"identifier", text}, {"id", count}})}}
               ))}}
         ),
         .required = {"list"}},
        {.endpoint = "trigger_job", .summary = "Run a background job now"},
        {.endpoint = "debug_errors", .summary = "List recent errors", .answer = anything},
        {.endpoint = "debug_database", .summary = "Look into the database", .answer = anything},
        {.endpoint = "debug_migrations",
         .summary = "Get which migrations have run",
         .answer = anything},
        {.endpoint = "debug_profile", .summary = "Not available here", .answer = anything},
    };
}

}  // namespace fleet::api::rest::describe
