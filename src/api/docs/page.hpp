#pragma once

#include <string_view>

/// The files of the documentation page, embedded by the build.
namespace fleet::api::docs {

extern const std::string_view kHtml;
extern const std::string_view kCss;
extern const std::string_view kJs;

}  // namespace fleet::api::docs
