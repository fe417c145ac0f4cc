#pragma once

#include <concepts>
#include <cstdint>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "fleet/core/ids.hpp"
#include "fleet/core/result.hpp"
#include "fleet/core/time.hpp"

/// Plain structs to JSON and back. A struct lists its fields once:
///
///     struct CreateLabelRequest {
///         std::string name{};
///         static void fields(auto&& field) { field("name", &CreateLabelRequest::name); }
///     };
///
/// The same list decodes requests (body, path and query string), encodes answers and describes
/// the schema.
namespace fleet::json {

/// Keeps members in the order in which they were added.
using Value = nlohmann::ordered_json;

/// What a text can be, when that is one of a few words.
using Words = std::span<const std::string_view>;

/// Where a request field comes from, how absence is written in an answer, and what the description
/// says about the value.
struct FieldOptions {
    enum class In { body, path, query };
    In in = In::body;
    bool omit_empty = false;  // answers leave out null, "", [], 0 and false
    Words words{};            // described only: what a request may say is checked by services

    constexpr FieldOptions among(Words some) const { return {in, omit_empty, some}; }
};

inline constexpr FieldOptions in_path{.in = FieldOptions::In::path, .omit_empty = false};
inline constexpr FieldOptions in_query{.in = FieldOptions::In::query, .omit_empty = false};
inline constexpr FieldOptions omit_empty{.in = FieldOptions::In::body, .omit_empty = true};

/// A text that is one of these words.
constexpr FieldOptions among(Words words) {
    return FieldOptions{}.among(words);
}

/// For PATCH bodies: absent, null and a value are three different things.
template <class T>
struct Patch {
    bool present = false;
    std::optional<T> value{};

    explicit operator bool() const { return present; }
};

namespace detail {
struct Probe {
    template <class... A>
    void operator()(A&&...) const {}
};
template <class T>
struct IsOptional : std::false_type {};
template <class T>
struct IsOptional<std::optional<T>> : std::true_type {};
template <class T>
struct IsPatch : std::false_type {};
template <class T>
struct IsPatch<Patch<T>> : std::true_type {};
template <class T>
struct IsVector : std::false_type {};
template <class T>
struct IsVector<std::vector<T>> : std::true_type {};
template <class T>
struct IsMap : std::false_type {};
template <class T>
struct IsMap<std::map<std::string, T>> : std::true_type {};
}  // namespace detail

/// A struct with a field list.
template <class T>
concept Fields = requires {
    T::fields(detail::Probe{});
};

/// 400 "json decoder error", with the path of the offending value and what was expected there.
Error type_error(const std::string& path, std::string_view expected, const Value& got);

/// Text of a body as JSON: 400 with the reasons of rest-api-b 1.3 when it is empty, broken or
/// nested deeper than 64 levels.
Result<Value> parse(std::string_view text);

template <class T>
Result<> decode(const Value& in, T& out, const std::string& path);

template <Fields T>
Result<> decode_fields(const Value& in, T& out, const std::string& path) {
    if (!in.is_object()) return fail(type_error(path, "object", in));
    Result<> result;
    T::fields([&](const char* name, auto member, FieldOptions options = {}) {
        if (!result || options.in != FieldOptions::In::body) return;
        const auto found = in.find(name);
        if (found == in.end()) return;
        const std::string at = path.empty() ? std::string{name} : path + "." + name;
        if (auto ok = decode(*found, out.*member, at); !ok) result = fail(std::move(ok).error());
    });
    return result;
}

/// Decodes one value; null leaves plain fields as they are and empties optionals.
template <class T>
Result<> decode(const Value& in, T& out, const std::string& path) {
    if constexpr (detail::IsPatch<T>::value) {
        out.present = true;
        return decode(in, out.value, path);
    } else if constexpr (detail::IsOptional<T>::value) {
        if (in.is_null()) {
            out.reset();
            return {};
        }
        return decode(in, out.emplace(), path);
    } else if constexpr (std::is_same_v<T, Value>) {
        out = in;
        return {};
    } else {
        if (in.is_null()) return {};
        if constexpr (Fields<T>) {
            return decode_fields(in, out, path);
        } else if constexpr (std::is_same_v<T, std::string>) {
            if (!in.is_string()) return fail(type_error(path, "string", in));
            out = in.get_ref<const std::string&>();
            return {};
        } else if constexpr (std::is_same_v<T, bool>) {
            if (!in.is_boolean()) return fail(type_error(path, "boolean", in));
            out = in.get<bool>();
            return {};
        } else if constexpr (std::is_enum_v<T>) {
            std::uint64_t number = 0;
            FLEET_CHECK(decode(in, number, path));
            out = static_cast<T>(number);
            return {};
        } else if constexpr (std::is_integral_v<T>) {
            if constexpr (std::is_unsigned_v<T>) {
                if (!in.is_number_unsigned() ||
                    in.get<std::uint64_t>() > std::uint64_t{std::numeric_limits<T>::max()}) {
                    return fail(type_error(path, "non-negative integer", in));
                }
            } else if (!in.is_number_integer()) {
                return fail(type_error(path, "integer", in));
            }
            out = in.get<T>();
            return {};
        } else if constexpr (std::is_floating_point_v<T>) {
            if (!in.is_number()) return fail(type_error(path, "number", in));
            out = in.get<T>();
            return {};
        } else if constexpr (detail::IsVector<T>::value) {
            if (!in.is_array()) return fail(type_error(path, "array", in));
            out.clear();
            out.reserve(in.size());
            for (std::size_t i = 0; i < in.size(); ++i) {
                FLEET_CHECK(decode(in[i], out.emplace_back(), path + "[" + std::to_string(i) + "]")
                );
            }
            return {};
        } else {
            static_assert(detail::IsMap<T>::value, "no decoder for this type");
            if (!in.is_object()) return fail(type_error(path, "object", in));
            out.clear();
            for (const auto& [key, value] : in.items()) {
                FLEET_CHECK(decode(value, out[key], path + "." + key));
            }
            return {};
        }
    }
}

template <class T>
Value encode(const T& value);

template <Fields T>
Value encode_fields(const T& in) {
    Value out = Value::object();
    T::fields([&](const char* name, auto member, FieldOptions options = {}) {
        Value value = encode(in.*member);
        if (options.omit_empty) {
            const bool zero =
                (value.is_number() && value == 0) ||
                (value.is_boolean() && !value.template get<bool>()) ||
                (value.is_string() && value.template get_ref<const std::string&>().empty());
            if (value.is_null() || zero ||
                ((value.is_array() || value.is_object()) && value.empty())) {
                return;
            }
        }
        out[name] = std::move(value);
    });
    return out;
}

template <class T>
Value encode(const T& in) {
    if constexpr (detail::IsPatch<T>::value) {
        return encode(in.value);
    } else if constexpr (detail::IsOptional<T>::value) {
        return in ? encode(*in) : Value(nullptr);
    } else if constexpr (std::is_same_v<T, Value>) {
        return in;
    } else if constexpr (Fields<T>) {
        return encode_fields(in);
    } else if constexpr (std::is_same_v<T, Time>) {
        return to_rfc3339(in);
    } else if constexpr (std::is_enum_v<T>) {
        return static_cast<std::uint64_t>(in);
    } else if constexpr (detail::IsVector<T>::value) {
        Value out = Value::array();
        for (const auto& item : in)
            out.push_back(encode(item));
        return out;
    } else if constexpr (detail::IsMap<T>::value) {
        Value out = Value::object();
        for (const auto& [key, item] : in)
            out[key] = encode(item);
        return out;
    } else {
        return Value(in);
    }
}

/// Text of a value for the wire. Bytes that are not UTF-8 are replaced, never an exception.
std::string dump(const Value& value, int indent = -1);

/// Accepts new names (fleet, report) in a request by renaming them to ours (team, query), at any
/// depth. Both names in one object: 400 (rest-api-b 1.2).
Result<> accept_aliases(Value& request);

/// Adds the new name beside each old one, at the end of its object; subtrees keep to one
/// vocabulary each (rest-api-a 1.9 rule 2). Rows of query results are left alone.
void add_aliases(Value& answer);

/// The other spelling of a query parameter ("fleet_id" -> "team_id"), or the name itself.
std::string_view canonical_name(std::string_view name);

/// The newer spelling of a member ("team_id" -> "fleet_id"), or the name itself. `parent`: the
/// member, in our words, whose object it is in.
std::string_view newer_name(std::string_view name, std::string_view parent = {});

/// Members whose content has names of its own (osquery columns, agent options): never renamed.
bool is_opaque(std::string_view name);

}  // namespace fleet::json
