#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace fleet {

/// What kind of expected failure happened. The kind alone decides the HTTP status.
enum class ErrorKind {
    bad_request,      // 400
    unauthenticated,  // 401
    licence,          // 402
    forbidden,        // 403
    not_found,        // 404
    conflict,         // 409
    too_large,        // 413
    unsupported,      // 415
    invalid,          // 422
    rate_limited,     // 429
    internal,         // 500
    upstream,         // 502
    unavailable,      // 503
    timeout,          // 408
};

/// An expected failure: bad input, not allowed, not found, taken, too busy.
/// `message` and `fields` are for the client, `detail` only for the log.
struct Error {
    struct Field {
        std::string name{};
        std::string reason{};
    };

    ErrorKind kind = ErrorKind::internal;
    std::string message{};
    std::vector<Field> fields{};
    std::string detail{};
    int code = 0;  // role errors carry a number on the wire (rest-api-a 1.6)
    int retry_after_seconds = 0;

    /// 422 on one field.
    static Error invalid(std::string field, std::string reason);
    /// 400 with the fixed message "Bad request".
    static Error bad_request(std::string reason);
    /// 404: "<What> <key> was not found in the datastore".
    static Error not_found(std::string_view what, std::string_view key);
    /// 409 "Resource Already Exists".
    static Error conflict(std::string_view what, std::string_view field);
    /// 403; deliberately vague.
    static Error forbidden();
    /// 401 "Authentication required" unless another message is given.
    static Error unauthenticated(std::string message = "Authentication required");
    /// 503, the caller may try again.
    static Error unavailable(std::string message);
    /// 500 with a text that is safe to show.
    static Error internal(std::string message);
};

/// The HTTP status that belongs to a kind.
int http_status(ErrorKind kind) noexcept;

}  // namespace fleet
