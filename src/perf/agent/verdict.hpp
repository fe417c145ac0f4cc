#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

namespace fleet::perf {

/// How osqueryd takes an answer. It looks at the body alone; the HTTP status means nothing to it.
enum class Verdict : std::uint8_t { success, not_json, node_invalid, error };

struct Answer {
    Verdict verdict{Verdict::success};
    nlohmann::json document{};  ///< an empty body reads as {}
    std::string text{};         ///< what the server said went wrong

    bool ok() const { return verdict == Verdict::success; }
};

/// Applies osquery's rules: empty is success, then JSON, `node_invalid`, any `error` member.
Answer judge(std::string_view body);

}  // namespace fleet::perf
