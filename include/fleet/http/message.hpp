#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace fleet::http {

enum class Method { get, head, post, put, patch, del, options, other };

/// One request, free of any HTTP library's types. The body is already inflated and within the
/// route's limit; path parameters are URL-decoded once.
struct Request {
    Method method = Method::get;
    std::string path{};   // without URL prefix, query and trailing slash
    std::string query{};  // raw, after '?'
    std::vector<std::pair<std::string, std::string>> headers{};
    std::vector<std::pair<std::string, std::string>> path_params{};
    std::string body{};
    std::string client_ip{};
    std::string request_id{};
    std::string_view route{};  // the route's name

    /// Case-insensitive; empty when absent.
    std::string_view header(std::string_view name) const;
    bool has_header(std::string_view name) const;
    /// Path parameter by name; empty when the pattern has none of that name.
    std::string_view path_param(std::string_view name) const;
    /// First query parameter of that name, decoded.
    std::optional<std::string> query_param(std::string_view name) const;
    /// All query parameters, decoded, in order.
    std::vector<std::pair<std::string, std::string>> query_params() const;
};

/// Fills the next piece of a long body; returns false when there is no more.
/// Called on the worker pool, one call at a time.
using BodySource = std::function<bool(std::string& chunk)>;

struct Response {
    int status = 200;
    std::string content_type = "application/json; charset=utf-8";
    std::vector<std::pair<std::string, std::string>> headers{};
    std::string body{};
    /// Used instead of `body` when set: bytes shared by many answers (agent configs, assets).
    std::shared_ptr<const std::string> shared_body{};
    /// Used instead of both when set: sent in chunks.
    BodySource stream{};
    bool close = false;
};

/// Answers one request exactly once, from any thread. Dropping it unanswered sends a 500.
class Responder {
public:
    using Send = std::function<void(Response)>;
    Responder() = default;
    explicit Responder(Send send) : send_{std::move(send)} {}
    Responder(Responder&& other) noexcept : send_{std::exchange(other.send_, nullptr)} {}
    Responder& operator=(Responder&& other) noexcept;
    Responder(const Responder&) = delete;
    Responder& operator=(const Responder&) = delete;
    ~Responder();

    void operator()(Response response);

private:
    Send send_{};
};

}  // namespace fleet::http
