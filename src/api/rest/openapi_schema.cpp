#include "openapi_schema.hpp"

namespace fleet::api::rest {
namespace {

using json::Shape;
using json::Value;

/// What says the type, without null.
Value plain_schema(const Shape& shape) {
    switch (shape.kind) {
        case Shape::Kind::any:
            return Value::object();
        case Shape::Kind::text:
            return {{"type", "string"}};
        case Shape::Kind::time:
            return {{"type", "string"}, {"format", "date-time"}};
        case Shape::Kind::integer:
            return {{"type", "integer"}};
        case Shape::Kind::count:
            return {{"type", "integer"}, {"minimum", 0}};
        case Shape::Kind::number:
            return {{"type", "number"}};
        case Shape::Kind::flag:
            return {{"type", "boolean"}};
        case Shape::Kind::object:
        case Shape::Kind::map:
            return {{"type", "object"}};
        case Shape::Kind::list:
            return {{"type", "array"}};
    }
    return Value::object();
}

/// OpenAPI 3.1 has no `nullable`: null is one more type.
Value or_null(Value schema) {
    if (schema.contains("$ref")) {
        Value out = Value::object();
        out["anyOf"] = Value::array({std::move(schema), Value{{"type", "null"}}});
        return out;
    }
    if (!schema.contains("type")) return schema;
    const Value type = schema["type"];
    schema["type"] = Value::array({type, "null"});
    if (schema.contains("enum")) schema["enum"].push_back(nullptr);
    return schema;
}

}  // namespace

std::string other_spelling(const std::string& name) {
    const std::string newer{json::newer_name(name)};
    return newer == name ? std::string{} : "Also accepted as `" + newer + "`.";
}

Value Schemas::of_answer(const Shape& shape) {
    in_request_ = false;
    return schema(json::with_aliases(shape));
}

Value Schemas::of_request(const Shape& shape, const std::vector<std::string>& required) {
    in_request_ = true;
    Value out = schema(shape);
    if (!required.empty()) out["required"] = required;
    return out;
}

Value Schemas::schema(const Shape& shape) {
    Value out;
    if (!shape.name.empty()) {
        if (!components_.contains(shape.name)) {
            components_[shape.name] = Value::object();
            Value described = object_schema(shape);  // may add others
            components_[shape.name] = std::move(described);
        }
        out = {{"$ref", "#/components/schemas/" + shape.name}};
    } else if (shape.kind == Shape::Kind::object) {
        out = object_schema(shape);
    } else {
        out = plain_schema(shape);
        if (!shape.values.empty()) out["enum"] = shape.values;
        if (shape.kind == Shape::Kind::list) out["items"] = schema(shape.item.front());
        if (shape.kind == Shape::Kind::map) {
            out["additionalProperties"] = schema(shape.item.front());
        }
    }
    return shape.nullable ? or_null(std::move(out)) : out;
}

Value Schemas::object_schema(const Shape& shape) {
    Value out = plain_schema(shape);
    if (shape.fields.empty()) return out;
    Value properties = Value::object();
    Value required = Value::array();
    for (const json::Field& field : shape.fields) {
        Value of_field = schema(field.shape);
        const std::string other = in_request_ ? other_spelling(field.name) : std::string{};
        if (!other.empty()) of_field["description"] = other;
        properties[field.name] = std::move(of_field);
        if (!field.optional) required.push_back(field.name);
    }
    out["properties"] = std::move(properties);
    if (!required.empty()) out["required"] = std::move(required);
    return out;
}

}  // namespace fleet::api::rest
