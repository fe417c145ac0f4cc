#pragma once

#include <string>
#include <string_view>
#include <unordered_set>

namespace fleet::sql {

/// The words of a statement in lower case: keywords and names, quoted ones too, but nothing from
/// string literals or comments.
std::unordered_set<std::string> words_of(std::string_view sql);

}  // namespace fleet::sql
