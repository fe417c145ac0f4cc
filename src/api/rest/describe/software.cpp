#include "describe.hpp"

namespace fleet::api::rest::describe {

using namespace json;

// Nothing is known of them so far, so that they are always null.
Shape vulnerabilities() {
    return nullable(list_of(named("Vulnerability", {{"cve", text}, optional("details_link", text)}))
    );
}

namespace {

Shape version() {
    return named(
        "SoftwareVersion",
        {{"id", count},
         {"name", text},
         {"display_name", text},
         {"version", text},
         optional("bundle_identifier", text),
         {"source", text},
         optional("extension_id", text),
         {"browser", text},
         {"extension_for", text},
         optional("release", text),
         optional("vendor", text),
         optional("arch", text),
         optional("upgrade_code", text),
         {"generated_cpe", text},
         {"hosts_count", count},
         {"vulnerabilities", vulnerabilities()}}
    );
}

Shape title(std::vector<Field> more_of_versions, std::string name) {
    std::vector<Field> of_version{
        {"id", count}, {"version", text}, {"vulnerabilities", nullable(list_of(text))}};
    for (Field& field : more_of_versions)
        of_version.push_back(std::move(field));
    return named(
        std::move(name),
        {{"id", count},
         {"name", text},
         {"display_name", text},
         {"icon_url", nullable(text)},
         {"source", text},
         {"extension_for", text},
         {"browser", text},
         optional("bundle_identifier", text),
         {"hosts_count", count},
         {"versions_count", count},
         {"versions", list_of(object(std::move(of_version)))},
         {"packages", anything},
         {"software_package", anything},
         {"app_store_app", anything}}
    );
}

Shape of_host() {
    const Shape installed = named(
        "InstalledVersion",
        {{"version", text},
         {"bundle_identifier", text},
         {"last_opened_at", nullable(time)},
         {"vulnerabilities", nullable(list_of(text))},
         {"installed_paths", list_of(text)}}
    );
    return named(
        "HostSoftwareTitle",
        {{"id", count},
         {"name", text},
         {"display_name", text},
         {"icon_url", nullable(text)},
         {"source", text},
         {"extension_for", text},
         {"browser", text},
         {"status", nullable(text)},
         {"software_package", anything},
         {"app_store_app", anything},
         {"installed_versions", list_of(installed)}}
    );
}

}  // namespace

Descriptions software() {
    const Shape one = object({{"software", version()}});
    Shape detail = title({{"hosts_count", count}}, "SoftwareTitleDetail");
    detail.fields.push_back({"counts_updated_at", nullable(time)});
    return {
        {.endpoint = "list_software_versions",
         .summary = "List versions of software and how many hosts have them",
         .answer = object(
             {{"counts_updated_at", nullable(time)},
              {"count", count},
              {"software", list_of(version())},
              {"meta", page_meta()}}
         )},
        {.endpoint = "get_software_version",
         .summary = "Get one version of a software",
         .answer = one},
        {.endpoint = "list_software",
         .summary = "List versions of software, in the older shape",
         .answer =
             object({{"counts_updated_at", nullable(time)}, {"software", list_of(version())}})},
        {.endpoint = "get_software",
         .summary = "Get one version of a software, under its older path",
         .answer = one},
        {.endpoint = "count_software",
         .summary = "Count versions of software",
         .answer = object({{"count", count}})},
        {.endpoint = "list_software_titles",
         .summary = "List software titles",
         .answer = object(
             {{"counts_updated_at", nullable(time)},
              {"count", count},
              {"software_titles", list_of(title({}, "SoftwareTitle"))},
              {"meta", page_meta()}}
         )},
        {.endpoint = "get_software_title",
         .summary = "Get one software title",
         .answer = object({{"software_title", detail}})},
        {.endpoint = "list_host_software",
         .summary = "List the software of one host",
         .answer =
             object({{"count", count}, {"software", list_of(of_host())}, {"meta", page_meta()}})},
    };
}

}  // namespace fleet::api::rest::describe
