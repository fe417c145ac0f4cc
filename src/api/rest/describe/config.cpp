#include "describe.hpp"

namespace fleet::api::rest::describe {

using namespace json;

namespace {

/// The top of the document; what is below is told by GET /config itself.
Shape settings() {
    const Shape section = object({});
    std::vector<Field> fields;
    for (const char* name :
         {"org_info",
          "server_settings",
          "host_expiry_settings",
          "activity_expiry_settings",
          "features",
          "fleet_desktop",
          "vulnerability_settings",
          "webhook_settings",
          "integrations",
          "mdm",
          "gitops",
          "license",
          "logging"}) {
        fields.push_back({name, section});
    }
    // Shown to global administrators only (rest-api-a 10.1).
    for (const char* name : {"smtp_settings", "sso_settings", "agent_options"})
        fields.push_back(optional(name, nullable(section)));
    for (const char* name :
         {"scripts", "yara_rules", "conditional_access", "update_interval", "vulnerabilities"})
        fields.push_back(optional(name, anything));
    return named("Config", std::move(fields));
}

Shape changes() {
    Shape out = settings();
    out.name = "ConfigChanges";
    // What the server tells about itself is ignored when it is sent back.
    std::erase_if(out.fields, [](const Field& field) {
        return field.name == "license" || field.name == "logging" ||
               field.name == "update_interval" || field.name == "vulnerabilities";
    });
    for (Field& field : out.fields)
        field.optional = true;
    return out;
}

}  // namespace

Descriptions config() {
    return {
        {.endpoint = "get_config", .summary = "Get the settings", .answer = settings()},
        {.endpoint = "modify_config",
         .summary = "Change settings; what is not sent stays",
         .answer = settings(),
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
