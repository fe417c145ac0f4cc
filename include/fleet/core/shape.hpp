#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "fleet/core/json.hpp"

/// What a JSON value looks like, for the API's own description. Shapes come from the field lists
/// of structs (shape_of) or are written down where an answer is made by hand.
namespace fleet::json {

struct Field;

struct Shape {
    enum class Kind { any, text, time, integer, count, number, flag, object, list, map };
    Kind kind = Kind::any;
    bool nullable = false;
    std::string name{};                 // an object that is described once and referred to
    std::vector<Field> fields{};        // of an object; none: nothing is said about its members
    std::vector<Shape> item{};          // of a list or map: one shape
    std::vector<std::string> values{};  // of a text that is one of a few words
};

struct Field {
    std::string name;
    Shape shape;
    bool optional = false;
};

inline const Shape anything{};
inline const Shape text{.kind = Shape::Kind::text};
inline const Shape time{.kind = Shape::Kind::time};
inline const Shape integer{.kind = Shape::Kind::integer};
inline const Shape count{.kind = Shape::Kind::count};  // an integer from 0, an id
inline const Shape number{.kind = Shape::Kind::number};
inline const Shape flag{.kind = Shape::Kind::flag};

Shape one_of(std::vector<std::string> words);
/// The text as one of the words; as it is when there are none.
Shape among(Shape shape, Words words);
Shape nullable(Shape shape);
Shape list_of(Shape item);
/// Any member names, each with such a value.
Shape map_of(Shape item);
Shape object(std::vector<Field> fields);
/// An object that appears in several places.
Shape named(std::string name, std::vector<Field> fields);
/// A field that may be absent.
Field optional(std::string name, Shape shape);
/// The named object in its own fields, where it would never end.
Shape reference(std::string name);
/// The object with more fields, under another name.
Shape extended(const Shape& object, std::string name, std::vector<Field> more);

/// The same in the newest words only (team_id -> fleet_id), as below a renamed member; a component
/// that changes by this gets a name of its own.
Shape in_newer_words(const Shape& shape);
/// The same as json::add_aliases leaves an answer: each renamed member twice.
Shape with_aliases(const Shape& shape);

/// In a request nothing has to be there, in an answer whatever is not left out when empty.
enum class Use { request, answer };

/// A struct that answers show in several places says under which name it is described once.
template <class T>
concept HasShapeName = requires {
    std::string{T::kShapeName};
};

template <class T>
Shape shape_of(Use use) {
    using Kind = Shape::Kind;
    if constexpr (detail::IsPatch<T>::value) {
        return nullable(shape_of<typename decltype(T::value)::value_type>(use));
    } else if constexpr (detail::IsOptional<T>::value) {
        return nullable(shape_of<typename T::value_type>(use));
    } else if constexpr (std::is_same_v<T, Value>) {
        return {};
    } else if constexpr (Fields<T>) {
        Shape out{.kind = Kind::object};
        if constexpr (HasShapeName<T>) {
            if (use == Use::answer) out.name = T::kShapeName;
        }
        T::fields([&](const char* name, auto member, FieldOptions options = {}) {
            if (options.in != FieldOptions::In::body) return;
            for (const Field& known : out.fields) {
                if (known.name == name) return;
            }
            using Member = std::remove_cvref_t<decltype(std::declval<T&>().*member)>;
            const bool may_miss = use == Use::request || options.omit_empty;
            out.fields.push_back({name, among(shape_of<Member>(use), options.words), may_miss});
        });
        return out;
    } else if constexpr (std::is_same_v<T, Time>) {
        return time;
    } else if constexpr (std::is_same_v<T, std::string>) {
        return text;
    } else if constexpr (std::is_same_v<T, bool>) {
        return flag;
    } else if constexpr (std::is_enum_v<T> || std::is_unsigned_v<T>) {
        return count;
    } else if constexpr (std::is_integral_v<T>) {
        return integer;
    } else if constexpr (std::is_floating_point_v<T>) {
        return number;
    } else if constexpr (detail::IsVector<T>::value) {
        return list_of(shape_of<typename T::value_type>(use));
    } else if constexpr (detail::IsMap<T>::value) {
        return map_of(shape_of<typename T::mapped_type>(use));
    } else {
        return {};
    }
}

/// A field of a request that is not in its body.
struct Parameter {
    std::string name;
    FieldOptions::In in = FieldOptions::In::query;
    Shape shape{};
};

/// What a request struct takes from path and query string.
template <class T>
std::vector<Parameter> parameters_of() {
    std::vector<Parameter> out;
    T::fields([&](const char* name, auto member, FieldOptions options = {}) {
        if (options.in == FieldOptions::In::body) return;
        using Member = std::remove_cvref_t<decltype(std::declval<T&>().*member)>;
        Shape shape = among(shape_of<Member>(Use::request), options.words);
        shape.nullable = false;  // absent instead
        out.push_back({name, options.in, std::move(shape)});
    });
    return out;
}

}  // namespace fleet::json
