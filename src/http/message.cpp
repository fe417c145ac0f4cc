#include "fleet/http/message.hpp"

#include "http/url.hpp"

namespace fleet::http {

std::string_view Request::header(std::string_view name) const {
    for (const auto& [key, value] : headers) {
        if (equal_ignoring_case(key, name)) return value;
    }
    return {};
}

bool Request::has_header(std::string_view name) const {
    for (const auto& [key, value] : headers) {
        if (equal_ignoring_case(key, name)) return true;
    }
    return false;
}

std::string_view Request::path_param(std::string_view name) const {
    for (const auto& [key, value] : path_params) {
        if (key == name) return value;
    }
    return {};
}

std::optional<std::string> Request::query_param(std::string_view name) const {
    for (auto& [key, value] : parse_query(query)) {
        if (key == name) return std::move(value);
    }
    return std::nullopt;
}

std::vector<std::pair<std::string, std::string>> Request::query_params() const {
    return parse_query(query);
}

Responder& Responder::operator=(Responder&& other) noexcept {
    if (this != &other) {
        Responder dropped{std::exchange(send_, std::exchange(other.send_, nullptr))};
    }
    return *this;
}

Responder::~Responder() {
    // The connection fills in the body: it knows how a refusal looks on this route.
    if (send_) send_(Response{.status = 500, .content_type = {}});
}

void Responder::operator()(Response response) {
    if (const auto send = std::exchange(send_, nullptr)) send(std::move(response));
}

}  // namespace fleet::http
