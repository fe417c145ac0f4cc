#include "fleet/core/error.hpp"

#include <utility>

namespace fleet {

Error Error::invalid(std::string field, std::string reason) {
    Error out;
    out.kind = ErrorKind::invalid;
    out.message = "Validation Failed";
    out.fields.push_back({std::move(field), std::move(reason)});
    return out;
}

Error Error::bad_request(std::string reason) {
    Error out;
    out.kind = ErrorKind::bad_request;
    out.message = "Bad request";
    out.fields.push_back({"base", std::move(reason)});
    return out;
}

Error Error::not_found(std::string_view what, std::string_view key) {
    std::string reason{what};
    if (!key.empty()) {
        reason += ' ';
        reason += key;
    }
    reason += " was not found in the datastore";
    Error out;
    out.kind = ErrorKind::not_found;
    out.message = "Resource Not Found";
    out.fields.push_back({"base", std::move(reason)});
    return out;
}

Error Error::conflict(std::string_view what, std::string_view field) {
    std::string reason{what};
    reason += " with this ";
    reason += field;
    reason += " already exists";
    Error out;
    out.kind = ErrorKind::conflict;
    out.message = "Resource Already Exists";
    out.fields.push_back({std::string{field}, std::move(reason)});
    return out;
}

Error Error::forbidden() {
    Error out;
    out.kind = ErrorKind::forbidden;
    out.message = "forbidden";
    out.fields.push_back({"base", "forbidden"});
    return out;
}

Error Error::unauthenticated(std::string message) {
    Error out;
    out.kind = ErrorKind::unauthenticated;
    out.fields.push_back({"base", message});
    out.message = std::move(message);
    return out;
}

Error Error::unavailable(std::string message) {
    Error out;
    out.kind = ErrorKind::unavailable;
    out.fields.push_back({"base", message});
    out.message = std::move(message);
    return out;
}

Error Error::internal(std::string message) {
    Error out;
    out.kind = ErrorKind::internal;
    out.fields.push_back({"base", message});
    out.message = std::move(message);
    return out;
}

int http_status(ErrorKind kind) noexcept {
    switch (kind) {
        case ErrorKind::bad_request:
            return 400;
        case ErrorKind::unauthenticated:
            return 401;
        case ErrorKind::licence:
            return 402;
        case ErrorKind::forbidden:
            return 403;
        case ErrorKind::not_found:
            return 404;
        case ErrorKind::timeout:
            return 408;
        case ErrorKind::conflict:
            return 409;
        case ErrorKind::too_large:
            return 413;
        case ErrorKind::unsupported:
            return 415;
        case ErrorKind::invalid:
            return 422;
        case ErrorKind::rate_limited:
            return 429;
        case ErrorKind::internal:
            return 500;
        case ErrorKind::upstream:
            return 502;
        case ErrorKind::unavailable:
            return 503;
    }
    return 500;
}

}  // namespace fleet
