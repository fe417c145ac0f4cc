#pragma once

#include <chrono>
#include <memory>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "support/net.hpp"
#include "support/tls_stream.hpp"

namespace fleet::test {

using Headers = std::vector<std::pair<std::string, std::string>>;

struct Request {
    std::string method = "GET";
    std::string target = "/";
    Headers headers{};
    std::string body{};
};

struct Response {
    int status = 0;
    Headers headers{};
    std::string body{};

    /// Value of a header, any case; "" when absent.
    [[nodiscard]] std::string header(std::string_view name) const;
    /// The body parsed; throws with the body in the text when it is not JSON.
    [[nodiscard]] nlohmann::json json() const;
    /// Status and body in one text, for failure messages.
    [[nodiscard]] std::string text() const;
};

/// The bytes of a request with Host, Content-Length and our headers.
std::string to_bytes(const Request& request, const Endpoint& endpoint);

/// Reads exactly one answer from a stream; throws NetworkError when it ends early.
Response read_response(TlsStream& stream, std::string_view method = "GET");
/// As above; `rest` holds bytes left over from and for a neighbour on the same connection.
Response read_response(TlsStream& stream, std::string& rest, std::string_view method);

/// An HTTP/1.1 client that keeps its connection and opens a new one when the server closed it.
class HttpClient {
public:
    enum class Connections { kept, one_each };

    explicit HttpClient(
        Endpoint endpoint, Connections connections = Connections::kept, TlsOptions tls = {}
    );

    Response send(const Request& request);
    Response get(const std::string& target, const Headers& headers = {});
    Response post(
        const std::string& target, const nlohmann::json& body, const Headers& headers = {}
    );

    [[nodiscard]] const Endpoint& endpoint() const { return endpoint_; }
    void disconnect() { stream_.reset(); }

private:
    Endpoint endpoint_;
    Connections connections_;
    TlsOptions tls_;
    std::unique_ptr<TlsStream> stream_{};
    std::string rest_{};
};

}  // namespace fleet::test
