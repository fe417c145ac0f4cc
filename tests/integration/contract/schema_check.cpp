// A validator of the part of JSON Schema that the document uses.
#include <algorithm>

#include "integration/contract/document.hpp"

namespace fleet::test {
namespace {

class Checker {
public:
    std::vector<std::string> problems{};

    void check(const json& value, const json& schema, const std::string& at) {
        if (schema.contains("$ref")) {
            const auto pointer = schema["$ref"].get<std::string>().substr(1);
            return check(value, openapi().at(json::json_pointer{pointer}), at);
        }
        if (schema.contains("anyOf")) return check_any(value, schema["anyOf"], at);
        if (!schema.contains("type")) return;
        const std::string kind = kind_of(value);
        const json& type = schema["type"];
        const auto fits = [&](const json& wanted) {
            return wanted == kind || (wanted == "number" && kind == "integer");
        };
        const bool right =
            type.is_array() ? std::any_of(type.begin(), type.end(), fits) : fits(type);
        if (!right) return complain(at, "expected " + type.dump() + ", got " + kind);
        if (value.is_null()) return;
        check_simple(value, schema, at);
        if (value.is_array() && schema.contains("items")) {
            for (std::size_t i = 0; i < value.size(); ++i)
                check(value[i], schema["items"], at + "[" + std::to_string(i) + "]");
        }
        if (value.is_object()) check_members(value, schema, at);
    }

private:
    static std::string kind_of(const json& value) {
        if (value.is_number_integer()) return "integer";
        return value.type_name();
    }

    void complain(const std::string& at, const std::string& what) {
        if (problems.size() < 20) problems.push_back((at.empty() ? "answer" : at) + ": " + what);
    }

    void check_any(const json& value, const json& schemas, const std::string& at) {
        std::vector<std::string> first;
        for (const json& schema : schemas) {
            Checker attempt;
            attempt.check(value, schema, at);
            if (attempt.problems.empty()) return;
            if (first.empty()) first = attempt.problems;
        }
        problems.insert(problems.end(), first.begin(), first.end());
    }

    void check_simple(const json& value, const json& schema, const std::string& at) {
        if (schema.contains("enum")) {
            const auto& words = schema["enum"];
            if (std::find(words.begin(), words.end(), value) == words.end()) {
                complain(at, value.dump() + " is none of " + words.dump());
            }
        }
        if (schema.contains("minimum") && value.is_number() && value < schema["minimum"]) {
            complain(at, value.dump() + " is too small");
        }
        if (schema.value("format", "") == "date-time") {
            const auto text = value.get<std::string>();
            const bool is_time =
                text.size() >= 20 && text[4] == '-' && text[10] == 'T' && text.back() == 'Z';
            if (!is_time) complain(at, value.dump() + " is not a time");
        }
    }

    void check_members(const json& value, const json& schema, const std::string& at) {
        const std::string prefix = at.empty() ? "" : at + ".";
        for (const json& name : schema.value("required", json::array())) {
            if (!value.contains(name.get<std::string>())) {
                complain(prefix + name.get<std::string>(), "is missing");
            }
        }
        for (const auto& [name, member] : value.items()) {
            if (schema.contains("properties")) {
                const auto& known = schema["properties"];
                if (!known.contains(name)) {
                    complain(prefix + name, "is not described");
                } else {
                    check(member, known[name], prefix + name);
                }
            } else if (schema.contains("additionalProperties")) {
                check(member, schema["additionalProperties"], prefix + name);
            }
        }
    }
};

}  // namespace

std::vector<std::string> check_schema(const json& value, const json& schema) {
    Checker checker;
    checker.check(value, schema, "");
    return checker.problems;
}

}  // namespace fleet::test
