#include "fleet/api/rest/openapi.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "describe/describe.hpp"
#include "fleet/core/build_info.hpp"
#include "openapi_groups.hpp"
#include "openapi_schema.hpp"

namespace fleet::api::rest {
namespace {

using json::Value;

constexpr const char* kAbout =
    "Everything that people and scripts can do with this server. Paths are below "
    "`/api/{version}/fleet`; `v1`, `2022-04` and `latest` answer the same unless an endpoint says "
    "otherwise. Teams are also called fleets and saved queries reports: paths and members are "
    "understood in both words (`/teams` and `/fleets`, `team_id` and `fleet_id`, but not both in "
    "one "
    "object), and answers carry both. Log in with `POST /login` and send the token as "
    "`Authorization: Bearer TOKEN`.";

const char* method_key(http::Method method) {
    switch (method) {
        case http::Method::get:
            return "get";
        case http::Method::post:
            return "post";
        case http::Method::put:
            return "put";
        case http::Method::patch:
            return "patch";
        case http::Method::del:
            return "delete";
        default:
            return "head";
    }
}

/// "delete_query_by_id" -> "Delete query by id".
std::string to_words(std::string name) {
    std::ranges::replace(name, '_', ' ');
    if (!name.empty() && name.front() >= 'a' && name.front() <= 'z') {
        name.front() = static_cast<char>(name.front() - 'a' + 'A');
    }
    return name;
}

/// A pattern of the router, taken apart.
struct Pattern {
    struct Param {
        std::string name;
        bool is_number;
    };
    std::string text{};      // "/hosts/{id}"
    std::string skeleton{};  // "/hosts/{}": two paths of one skeleton are one path to OpenAPI
    std::vector<Param> params{};

    explicit Pattern(const std::string& pattern) {
        std::size_t at = 0;
        while (at < pattern.size()) {
            const std::size_t open = pattern.find('{', at);
            const std::string before = pattern.substr(at, open - at);
            text += before;
            skeleton += before;
            if (open == std::string::npos) return;
            const std::size_t close = pattern.find('}', open);
            std::string name = pattern.substr(open + 1, close - open - 1);
            const bool is_number = name.ends_with(":uint");
            name = name.substr(0, name.find_first_of(":."));
            text += "{" + name + "}";
            skeleton += "{}";
            params.push_back({name, is_number});
            at = close + 1;
        }
    }
};

Value server(const std::string& url, const std::vector<std::string>& versions = {}) {
    Value out{{"url", url.empty() ? "/" : url}};
    if (versions.empty()) return out;
    out["variables"] = {{"version", {{"default", versions.back()}, {"enum", versions}}}};
    return out;
}

Value error_reference(const char* name) {
    return {{"$ref", std::string{"#/components/responses/"} + name}};
}

class Document {
public:
    Document(std::span<const EndpointInfo> endpoints, std::string prefix)
        : prefix_{std::move(prefix)} {
        for (const EndpointInfo& info : endpoints) {
            if (is_singular(info)) singular_.insert(method_key(info.method) + info.path);
        }
    }

    /// Team paths in the singular are the oldest spelling of others.
    static bool is_singular(const EndpointInfo& info) { return info.path.starts_with(kSingular); }

    void add(const EndpointInfo& info) {
        const bool is_literal = info.options.versions == Versions::literal;
        Pattern pattern{info.path};
        const std::string method = method_key(info.method);
        bool is_full = is_literal;
        if (!is_literal && taken_.contains(method + pattern.skeleton)) {
            // Another version of the API has something else here: say which in full.
            const bool is_old = info.options.versions == Versions::v1_only;
            pattern = Pattern{(is_old ? "/api/v1/fleet" : "/api/latest/fleet") + info.path};
            is_full = true;
        }
        taken_.insert(method + pattern.skeleton);
        const Pattern& known = keys_.try_emplace(pattern.skeleton, pattern).first->second;
        Value operation = operation_of(info, known, pattern);
        if (is_full) {
            operation["servers"] = Value::array({server(prefix_)});
        } else if (info.options.versions == Versions::v1_only) {
            operation["servers"] = Value::array({server(base(), {"v1"})});
        } else if (info.options.versions == Versions::from_2022) {
            operation["servers"] = Value::array({server(base(), {"2022-04", "latest"})});
        }
        paths_[known.text][method] = std::move(operation);
    }

    Value finish() {
        Value out = Value::object();
        out["openapi"] = "3.1.0";
        out["info"] = {
            {"title", "Fleet API"}, {"version", build_info().version}, {"description", kAbout}};
        out["servers"] = Value::array({server(base(), {"v1", "2022-04", "latest"})});
        out["security"] = Value::array({Value{{"token", Value::array()}}});
        out["tags"] = Value::array();
        for (const std::string& group : groups_)
            out["tags"].push_back({{"name", group}});
        out["paths"] = std::move(paths_);
        out["components"] = {
            {"securitySchemes", {{"token", {{"type", "http"}, {"scheme", "bearer"}}}}},
            {"parameters", common_parameters()},
            {"responses", common_responses()}};
        Value schemas = schemas_.take_components();
        schemas["Error"] = error_schema();
        out["components"]["schemas"] = std::move(schemas);
        return out;
    }

private:
    std::string base() const { return prefix_ + "/api/{version}/fleet"; }

    Value operation_of(const EndpointInfo& info, const Pattern& known, const Pattern& own) {
        const describe::Description* described = describe::find(info.name);
        const detail::Types types = info.describe != nullptr ? info.describe() : detail::Types{};
        Value out = Value::object();
        out["operationId"] = unique_id(info.name);
        out["x-endpoint"] = info.name;
        out["summary"] =
            described != nullptr ? std::string{described->summary} : to_words(info.name);
        if (const std::string others = other_paths(info, own); !others.empty()) {
            out["description"] = "Also at " + others + ".";
        }
        out["tags"] = Value::array({group_of(info)});
        if (info.who == Who::anyone) out["security"] = Value::array();
        add_parameters(out, types, known, own);
        add_body(out, info, types, described);
        out["responses"] = responses_of(info, types, described, !own.params.empty());
        return out;
    }

    /// "`/teams/{id}` and `/team/{id}`", or nothing.
    std::string other_paths(const EndpointInfo& info, const Pattern& own) const {
        const std::string older = older_spelling(own.text);
        std::string out = older.empty() ? older : "`" + older + "`";
        constexpr std::string_view kPlural = "/fleets/";
        if (!info.path.starts_with(kPlural)) return out;
        const std::string rest = info.path.substr(kPlural.size());
        if (singular_.contains(std::string{method_key(info.method)} + kSingular + rest)) {
            out += " and `" + std::string{kSingular} + own.text.substr(kPlural.size()) + "`";
        }
        return out;
    }

    std::string group_of(const EndpointInfo& info) {
        std::string group = endpoint_group(info.path);
        if (std::ranges::find(groups_, group) == groups_.end()) groups_.push_back(group);
        return group;
    }

    std::string unique_id(const std::string& name) {
        const int seen = ids_[name]++;
        return seen == 0 ? name : name + "_" + std::to_string(seen + 1);
    }

    void add_parameters(
        Value& operation, const detail::Types& types, const Pattern& known, const Pattern& own
    ) {
        Value list = Value::array();
        for (std::size_t i = 0; i < own.params.size(); ++i) {
            const Pattern::Param& param = own.params[i];
            Value one{{"name", known.params[i].name}, {"in", "path"}, {"required", true}};
            // Paths that differ in the name of a part only share one entry, and its name.
            if (param.name != known.params[i].name) one["description"] = "The " + param.name + ".";
            one["schema"] = schemas_.of_request(param.is_number ? json::count : json::text);
            list.push_back(std::move(one));
        }
        for (const json::Parameter& param : types.parameters) {
            if (param.in != json::FieldOptions::In::query) continue;
            if (is_common_parameter(param.name)) {
                list.push_back({{"$ref", "#/components/parameters/" + param.name}});
                continue;
            }
            Value one{{"name", param.name}, {"in", "query"}};
            const std::string other = other_spelling(param.name);
            if (!other.empty()) one["description"] = other;
            one["schema"] = schemas_.of_request(param.shape);
            list.push_back(std::move(one));
        }
        if (!list.empty()) operation["parameters"] = std::move(list);
    }

    void add_body(
        Value& operation,
        const EndpointInfo& info,
        const detail::Types& types,
        const describe::Description* described
    ) {
        const bool by_hand = described != nullptr && described->body;
        const json::Shape& shape = by_hand ? *described->body : types.body;
        if (shape.fields.empty()) return;
        const auto required =
            described != nullptr ? described->required : std::vector<std::string>{};
        const bool is_usual = info.method != http::Method::get && info.method != http::Method::del;
        Value content = {{"schema", schemas_.of_request(shape, required)}};
        operation["requestBody"] = {
            {"required", is_usual || !required.empty()},
            {"content", {{"application/json", std::move(content)}}}};
    }

    Value responses_of(
        const EndpointInfo& info,
        const detail::Types& types,
        const describe::Description* described,
        bool has_path_params
    ) {
        Value out = Value::object();
        Value good{{"description", "Done."}};
        if (info.options.success != 204 && info.options.success != 101) {
            std::string type = "application/json";
            Value schema{
                {"type", "object"}, {"description", "Not described."}, {"x-undescribed", true}};
            if (described != nullptr && described->answer) {
                schema = schemas_.of_answer(*described->answer);
                type = described->content_type;
            } else if (types.answer) {
                schema = schemas_.of_answer(*types.answer);
            }
            good["content"][type]["schema"] = std::move(schema);
        }
        out[std::to_string(info.options.success)] = std::move(good);
        out["400"] = error_reference("BadRequest");
        if (info.who != Who::anyone) {
            out["401"] = error_reference("NotAuthenticated");
            out["403"] = error_reference("Forbidden");
        }
        if (has_path_params) out["404"] = error_reference("NotFound");
        out["422"] = error_reference("Invalid");
        out["default"] = error_reference("OtherError");
        return out;
    }

    static constexpr const char* kSingular = "/team/";

    std::string prefix_;
    std::set<std::string> singular_{};  // method and path
    Schemas schemas_{};
    Value paths_ = Value::object();
    std::set<std::string> taken_{};          // method and skeleton
    std::map<std::string, Pattern> keys_{};  // by skeleton
    std::map<std::string, int> ids_{};
    std::vector<std::string> groups_{};
};

}  // namespace

Value openapi_document(std::span<const EndpointInfo> endpoints, const std::string& url_prefix) {
    Document document{endpoints, url_prefix};
    for (const EndpointInfo& endpoint : endpoints) {
        if (!Document::is_singular(endpoint)) document.add(endpoint);
    }
    return document.finish();
}

}  // namespace fleet::api::rest
