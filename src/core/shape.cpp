#include "fleet/core/shape.hpp"

#include <algorithm>

namespace fleet::json {
namespace {

bool has_field(const std::vector<Field>& fields, std::string_view name) {
    return std::any_of(fields.begin(), fields.end(), [&](const Field& field) {
        return field.name == name;
    });
}

bool has_renamed_member(const Shape& shape, std::string_view parent) {
    const auto is_renamed = [&](const Field& field) {
        return newer_name(field.name, parent) != field.name ||
               (!is_opaque(field.name) && has_renamed_member(field.shape, field.name));
    };
    return std::any_of(shape.fields.begin(), shape.fields.end(), is_renamed) ||
           std::any_of(shape.item.begin(), shape.item.end(), [&](const Shape& item) {
               return has_renamed_member(item, parent);
           });
}

/// `parent`: the member that the value is, in our words.
Shape renamed(const Shape& shape, std::string_view parent) {
    if (!has_renamed_member(shape, parent)) return shape;
    Shape out = shape;
    if (!out.name.empty()) out.name += "InNewerWords";
    out.fields.clear();
    for (const Field& field : shape.fields) {
        std::string name{newer_name(field.name, parent)};
        if (has_field(out.fields, name)) continue;
        Shape inner = is_opaque(field.name) ? field.shape : renamed(field.shape, field.name);
        out.fields.push_back({std::move(name), std::move(inner), field.optional});
    }
    for (Shape& item : out.item)
        item = renamed(item, parent);
    return out;
}

/// What stays in the older words only, below a renamed member. Components further inside may appear
/// elsewhere in both words, so they get a name of their own; `is_inside`: of a component.
Shape in_older_words(const Shape& shape, std::string_view parent, bool is_inside = false) {
    if (!has_renamed_member(shape, parent)) return shape;
    Shape out = shape;
    if (!out.name.empty()) {
        if (is_inside) out.name += "InOlderWords";
        is_inside = true;
    }
    for (Field& field : out.fields) {
        if (!is_opaque(field.name)) {
            field.shape = in_older_words(field.shape, field.name, is_inside);
        }
    }
    for (Shape& item : out.item)
        item = in_older_words(item, parent, is_inside);
    return out;
}

Shape doubled(const Shape& shape, std::string_view parent) {
    Shape out = shape;
    for (Shape& item : out.item)
        item = doubled(item, parent);
    std::vector<Field> added;
    for (Field& field : out.fields) {
        const std::string newer{newer_name(field.name, parent)};
        if (newer != field.name && !has_field(out.fields, newer)) {
            added.push_back({newer, renamed(field.shape, field.name), field.optional});
            field.shape = in_older_words(field.shape, field.name);
        } else if (newer == field.name && canonical_name(field.name) == field.name && !is_opaque(field.name)) {
            field.shape = doubled(field.shape, field.name);
        }
    }
    out.fields.insert(out.fields.end(), added.begin(), added.end());
    return out;
}

}  // namespace

Shape one_of(std::vector<std::string> words) {
    return {.kind = Shape::Kind::text, .values = std::move(words)};
}

Shape among(Shape shape, Words words) {
    shape.values.insert(shape.values.end(), words.begin(), words.end());
    return shape;
}

Shape nullable(Shape shape) {
    shape.nullable = true;
    return shape;
}

Shape list_of(Shape item) {
    Shape out{.kind = Shape::Kind::list};
    out.item.push_back(std::move(item));
    return out;
}

Shape map_of(Shape item) {
    Shape out{.kind = Shape::Kind::map};
    out.item.push_back(std::move(item));
    return out;
}

Shape object(std::vector<Field> fields) {
    return {.kind = Shape::Kind::object, .fields = std::move(fields)};
}

Shape named(std::string name, std::vector<Field> fields) {
    return {.kind = Shape::Kind::object, .name = std::move(name), .fields = std::move(fields)};
}

Field optional(std::string name, Shape shape) {
    return {std::move(name), std::move(shape), true};
}

Shape reference(std::string name) {
    return {.kind = Shape::Kind::object, .name = std::move(name)};
}

Shape extended(const Shape& object, std::string name, std::vector<Field> more) {
    Shape out = object;
    out.name = std::move(name);
    for (Field& field : more) {
        std::erase_if(out.fields, [&](const Field& known) { return known.name == field.name; });
        out.fields.push_back(std::move(field));
    }
    return out;
}

Shape in_newer_words(const Shape& shape) {
    return renamed(shape, {});
}

Shape with_aliases(const Shape& shape) {
    return doubled(shape, {});
}

}  // namespace fleet::json
