#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "fleet/http/message.hpp"

namespace fleet::http {

/// What the head of an answer says beside the handler's own headers.
struct HeadInfo {
    bool http_1_1 = true;
    bool keep_alive = true;
    /// Agents get the least that is correct: they are many and their answers are tiny.
    bool agent = false;
    bool chunked = false;
    std::optional<std::uint64_t> length{};  // absent: none is sent
    std::string_view request_id{};
};

/// Appends the status line, the headers and the empty line to `out`.
void append_head(std::string& out, const Response& response, const HeadInfo& info);

/// True for answers that never have a body (204, 304).
bool is_bodiless(int status);

}  // namespace fleet::http
