#include "describe.hpp"

namespace fleet::api::rest::describe {

using namespace json;

namespace {

Shape of_word(std::string word) {
    const bool may_be_null = word.ends_with('?');
    if (may_be_null) word.pop_back();
    Shape out = anything;
    if (word == "string") out = text;
    if (word == "bool" || word == "boolean") out = flag;
    if (word == "int" || word == "integer") out = integer;
    if (word == "number") out = number;
    if (word == "object") out = object({});
    out.nullable = may_be_null;
    return out;
}

Shape of_members(const Value& types, const Value& defaults) {
    std::vector<Field> fields;
    for (const auto& [name, type] : types.items()) {
        if (name == "?") continue;
        const bool is_shown = defaults.is_object() && defaults.contains(name);
        fields.push_back(
            {name, settings(type, is_shown ? defaults[name] : Value{}), /*optional=*/!is_shown}
        );
    }
    return object(std::move(fields));
}

}  // namespace

Shape settings(const Value& types, const Value& defaults) {
    Shape out;
    if (types.is_string()) {
        out = of_word(types.get<std::string>());
    } else if (types.is_array()) {
        out = list_of(settings(types.front(), {}));
        out.item.front().nullable = false;
    } else {
        out = of_members(types, defaults);
    }
    const bool may_be_null = types.is_array() || (types.is_object() && types.contains("?"));
    out.nullable = out.nullable || may_be_null || defaults.is_null();
    return out;
}

}  // namespace fleet::api::rest::describe
