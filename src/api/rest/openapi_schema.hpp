#pragma once

#include <string>
#include <vector>

#include "fleet/core/shape.hpp"

namespace fleet::api::rest {

/// Turns shapes into JSON Schema; objects with a name go to the components.
class Schemas {
public:
    /// Both spellings of renamed members, as answers have them.
    json::Value of_answer(const json::Shape& shape);
    /// One spelling, and a word about the other; `required`: members that must be there.
    json::Value of_request(const json::Shape& shape, const std::vector<std::string>& required = {});

    json::Value take_components() { return std::move(components_); }

private:
    json::Value schema(const json::Shape& shape);
    json::Value object_schema(const json::Shape& shape);

    json::Value components_ = json::Value::object();
    bool in_request_ = false;
};

/// "Also accepted as `fleet_id`.", or empty when the name has one spelling.
std::string other_spelling(const std::string& name);

}  // namespace fleet::api::rest
