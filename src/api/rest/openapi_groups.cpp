#include "openapi_groups.hpp"

#include <algorithm>
#include <array>

namespace fleet::api::rest {
namespace {

using json::Value;

struct Group {
    std::string_view segment;
    std::string_view name;
};

// First segment of the path (the second after /spec) and where it belongs.
constexpr std::array kGroups{
    Group{"setup", "Setup"},
    Group{"login", "Signing in"},
    Group{"logout", "Signing in"},
    Group{"me", "Signing in"},
    Group{"sessions", "Signing in"},
    Group{"sso", "Signing in"},
    Group{"forgot_password", "Signing in"},
    Group{"reset_password", "Signing in"},
    Group{"change_password", "Signing in"},
    Group{"perform_required_password_reset", "Signing in"},
    Group{"users", "Users"},
    Group{"invites", "Users"},
    Group{"email", "Users"},
    Group{"rest_api", "Users"},
    Group{"activities", "Activities"},
    Group{"version", "Settings"},
    Group{"config", "Settings"},
    Group{"logo", "Settings"},
    Group{"enroll_secret", "Enroll secrets"},
    Group{"fleets", "Teams (fleets)"},
    Group{"team", "Teams (fleets)"},
    Group{"hosts", "Hosts"},
    Group{"host_summary", "Hosts"},
    Group{"macadmins", "Hosts"},
    Group{"labels", "Labels"},
    Group{"reports", "Queries (reports)"},
    Group{"targets", "Live queries"},
    Group{"status", "Live queries"},
    Group{"results", "Live queries"},
    Group{"policies", "Policies"},
    Group{"global", "Policies"},
    Group{"automations", "Policies"},
    Group{"software", "Software"},
    Group{"os_versions", "Software"},
    Group{"vulnerabilities", "Software"},
    Group{"carves", "File carves"},
    Group{"packs", "Packs and schedules"},
    Group{"schedule", "Packs and schedules"},
};

/// The next segment of a path, and the path after it.
std::string_view next_segment(std::string_view& path) {
    if (path.starts_with('/')) path.remove_prefix(1);
    const std::string_view segment = path.substr(0, path.find('/'));
    path.remove_prefix(segment.size());
    return segment;
}

struct CommonParameter {
    std::string_view name;
    std::string_view about;
    std::string_view type;
    json::Words words{};
};

constexpr std::array<std::string_view, 2> kDirections{"asc", "desc"};

constexpr std::array kCommon{
    CommonParameter{"page", "Which page, from 0.", "integer"},
    CommonParameter{
        "per_page", "Rows on a page; without it all, or 20 when `page` is given.", "integer"},
    CommonParameter{"order_key", "The column to sort by.", "string"},
    CommonParameter{"order_direction", "Needs `order_key`.", "string", kDirections},
    CommonParameter{"after", "Only rows after this value of `order_key`.", "string"},
    CommonParameter{"query", "Text to search for.", "string"},
};

Value response(const char* about) {
    Value out{{"description", about}};
    out["content"]["application/json"]["schema"] = {{"$ref", "#/components/schemas/Error"}};
    return out;
}

}  // namespace

std::string endpoint_group(std::string_view path) {
    std::string_view segment = next_segment(path);
    if (segment == "api") {  // a literal path
        segment = next_segment(path);
        if (segment == "v1") segment = next_segment(path);
        if (segment == "fleet") segment = next_segment(path);
    }
    if (segment == "spec") segment = next_segment(path);
    const auto* group = std::ranges::find(kGroups, segment, &Group::segment);
    return std::string{group == kGroups.end() ? std::string_view{"Other"} : group->name};
}

bool is_common_parameter(std::string_view name) {
    return std::ranges::find(kCommon, name, &CommonParameter::name) != kCommon.end();
}

Value common_parameters() {
    Value out = Value::object();
    for (const CommonParameter& param : kCommon) {
        Value schema{{"type", param.type}};
        for (const std::string_view word : param.words)
            schema["enum"].push_back(word);
        out[std::string{param.name}] = {
            {"name", param.name},
            {"in", "query"},
            {"description", param.about},
            {"schema", std::move(schema)}};
    }
    return out;
}

Value common_responses() {
    return {
        {"BadRequest", response("The request cannot be read.")},
        {"NotAuthenticated", response("No token, or one that is not valid (any more).")},
        {"Forbidden", response("The role does not allow this.")},
        {"NotFound", response("There is no such thing.")},
        {"Invalid", response("A value is not allowed; `errors` names the field.")},
        {"OtherError", response("Anything else that went wrong.")}};
}

Value error_schema() {
    const Value text{{"type", "string"}};
    Value item{{"type", "object"}};
    item["properties"] = {{"name", text}, {"reason", text}};
    item["required"] = {"name", "reason"};
    Value out{{"type", "object"}};
    out["properties"] = {
        {"message", text},
        {"errors", {{"type", "array"}, {"items", std::move(item)}}},
        {"code", {{"type", "integer"}, {"description", "Of role problems, instead of errors."}}},
        {"uuid", {{"type", "string"}, {"description", "Also in the server's log."}}}};
    out["required"] = Value::array({"message"});
    return out;
}

}  // namespace fleet::api::rest
