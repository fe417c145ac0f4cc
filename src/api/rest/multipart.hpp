#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "fleet/core/result.hpp"

namespace fleet::api::rest {

/// One field of a form; the text is part of the body that was parsed.
struct FormPart {
    std::string name{};
    std::string filename{};
    std::string content_type{};
    std::string_view content{};
};

/// The parts of a multipart/form-data body that is in memory. 400 when the header or the body is
/// not one; at most 64 parts.
Result<std::vector<FormPart>> parse_form(std::string_view content_type, std::string_view body);

}  // namespace fleet::api::rest
