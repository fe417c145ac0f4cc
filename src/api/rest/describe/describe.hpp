#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "fleet/core/shape.hpp"

/// What the rows of the endpoint table and the types of their handlers do not tell, for the OpenAPI
/// document. One file a resource; an endpoint that is not here is described from its types alone.
namespace fleet::api::rest::describe {

struct Description {
    std::string_view endpoint;  // the row's name
    std::string_view summary;
    std::optional<json::Shape> answer{};  // of answers that are made by hand
    std::vector<std::string> required{};  // members that the body must have
    std::optional<json::Shape> body{};    // of handlers that read it themselves
    std::string_view content_type = "application/json";
};

using Descriptions = std::vector<Description>;

Descriptions accounts();
Descriptions config();
Descriptions hosts();
Descriptions labels();
Descriptions live_queries();
Descriptions packs();
Descriptions policies();
Descriptions queries();
Descriptions software();
Descriptions teams();

/// All of the above; null when nobody described that endpoint.
const Description* find(std::string_view endpoint);

/// `{}`, the answer of what has nothing to say.
json::Shape empty();
/// A host as lists and searches show it.
json::Shape host();
/// A policy as a host has it, with its answer.
json::Shape host_policy();
/// A document of settings by the schema that changes of it are checked by; what has no default is
/// there when somebody set it.
json::Shape settings(const json::Value& types, const json::Value& defaults);
/// A label where only its name is told.
json::Shape label_name();
/// "regular" or "builtin", and how hosts come into a label.
json::Shape label_type();
json::Shape label_membership();
/// What is known of a version's vulnerabilities.
json::Shape vulnerabilities();
/// The answer to specs: nothing, or with `dry_run` what would change.
json::Shape apply_plan();
/// `meta` of paged lists.
json::Shape page_meta();

}  // namespace fleet::api::rest::describe
