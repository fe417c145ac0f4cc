#pragma once

#include <array>
#include <charconv>
#include <string>
#include <string_view>

#include "fleet/core/json.hpp"

/// Structs with a field list straight to text, without a tree in between: a list of a hundred
/// thousand hosts is written many times faster than through json::encode().
namespace fleet::api::rest {

inline void append_text(std::string& out, std::string_view text) {
    constexpr char kHex[] = "0123456789abcdef";
    out += '"';
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\') {
            out += '\\';
            out += c;
        } else if (byte < 0x20) {
            out += "\\u00";
            out += kHex[byte >> 4U];
            out += kHex[byte & 15U];
        } else {
            out += c;
        }
    }
    out += '"';
}

template <class Number>
void append_number(std::string& out, Number number) {
    std::array<char, 32> buffer{};
    const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), number).ptr;
    out.append(buffer.data(), end);
}

/// Text must be valid UTF-8, as everything that comes from the database is.
template <class T>
void append_json(std::string& out, const T& value) {
    if constexpr (json::detail::IsOptional<T>::value) {
        if (value) {
            append_json(out, *value);
        } else {
            out += "null";
        }
    } else if constexpr (std::is_same_v<T, json::Value>) {
        out += json::dump(value);
    } else if constexpr (json::Fields<T>) {
        out += '{';
        T::fields([&](const char* name, auto member, json::FieldOptions = {}) {
            if (out.back() != '{') out += ',';
            append_text(out, name);
            out += ':';
            append_json(out, value.*member);
        });
        out += '}';
    } else if constexpr (std::is_same_v<T, Time>) {
        append_text(out, to_rfc3339(value));
    } else if constexpr (std::is_same_v<T, bool>) {
        out += value ? "true" : "false";
    } else if constexpr (std::is_enum_v<T>) {
        append_number(out, static_cast<std::uint64_t>(value));
    } else if constexpr (std::is_arithmetic_v<T>) {
        append_number(out, value);
    } else if constexpr (json::detail::IsVector<T>::value) {
        out += '[';
        for (const auto& item : value) {
            if (out.back() != '[') out += ',';
            append_json(out, item);
        }
        out += ']';
    } else {
        append_text(out, value);
    }
}

/// Adds a member to an object that is already written.
template <class T>
void append_member(std::string& object, std::string_view name, const T& value) {
    object.back() = ',';
    append_text(object, name);
    object += ':';
    append_json(object, value);
    object += '}';
}

}  // namespace fleet::api::rest
