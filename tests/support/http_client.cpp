#include "support/http_client.hpp"

#include <algorithm>
#include <cctype>
#include <nlohmann/json.hpp>

namespace fleet::test {

namespace {

bool same_name(std::string_view left, std::string_view right) {
    return std::ranges::equal(left, right, [](unsigned char a, unsigned char b) {
        return std::tolower(a) == std::tolower(b);
    });
}

/// Pulls bytes from the stream as a parser asks for them.
class Reader {
public:
    Reader(TlsStream& stream, std::string& buffer) : stream_{stream}, buffer_{buffer} {}

    std::string line() {
        for (;;) {
            if (const auto end = buffer_.find("\r\n"); end != std::string::npos) {
                auto text = buffer_.substr(0, end);
                buffer_.erase(0, end + 2);
                return text;
            }
            fill();
        }
    }

    std::string exactly(std::size_t size) {
        while (buffer_.size() < size)
            fill();
        auto text = buffer_.substr(0, size);
        buffer_.erase(0, size);
        return text;
    }

    std::string to_end() {
        for (std::string more; !(more = stream_.read_some()).empty();)
            buffer_ += more;
        return std::exchange(buffer_, "");
    }

    std::string chunks() {
        std::string body;
        for (;;) {
            const auto size = std::stoul(line(), nullptr, 16);
            if (size == 0) break;
            body += exactly(size);
            line();
        }
        while (!line().empty()) {
        }
        return body;
    }

private:
    void fill() {
        const auto more = stream_.read_some();
        if (more.empty()) throw NetworkError("connection closed in the middle of an answer");
        buffer_ += more;
    }

    TlsStream& stream_;
    std::string& buffer_;
};

bool closes(const Response& response) {
    return same_name(response.header("Connection"), "close");
}

}  // namespace

std::string Response::header(std::string_view name) const {
    const auto found = std::ranges::find_if(headers, [&](const auto& entry) {
        return same_name(entry.first, name);
    });
    return found == headers.end() ? "" : found->second;
}

nlohmann::json Response::json() const {
    auto parsed = nlohmann::json::parse(body, nullptr, false);
    if (parsed.is_discarded()) throw NetworkError("not JSON: " + text());
    return parsed;
}

std::string Response::text() const {
    return std::to_string(status) + " " + body;
}

std::string to_bytes(const Request& request, const Endpoint& endpoint) {
    std::string text = request.method + " " + request.target + " HTTP/1.1\r\n";
    for (const auto& [name, value] : request.headers)
        text += name + ": " + value + "\r\n";
    text += "Host: " + endpoint.authority() + "\r\n";
    if (!request.body.empty() || request.method != "GET") {
        text += "Content-Length: " + std::to_string(request.body.size()) + "\r\n";
    }
    return text + "\r\n" + request.body;
}

Response read_response(TlsStream& stream, std::string_view method) {
    std::string rest;
    return read_response(stream, rest, method);
}

Response read_response(TlsStream& stream, std::string& rest, std::string_view method) {
    Reader reader{stream, rest};
    Response response;
    do {
        const auto first = reader.line();
        if (!first.starts_with("HTTP/1.1 ")) throw NetworkError("not an HTTP answer: " + first);
        response.status = std::stoi(first.substr(9, 3));
        response.headers.clear();
        for (std::string line; !(line = reader.line()).empty();) {
            const auto colon = line.find(':');
            const auto value = line.find_first_not_of(' ', colon + 1);
            response.headers.emplace_back(
                line.substr(0, colon), value == std::string::npos ? "" : line.substr(value)
            );
        }
    } while (response.status == 100);

    if (response.status == 101 || response.status == 204 || method == "HEAD") return response;
    if (same_name(response.header("Transfer-Encoding"), "chunked")) {
        response.body = reader.chunks();
    } else if (const auto length = response.header("Content-Length"); !length.empty()) {
        response.body = reader.exactly(std::stoul(length));
    } else {
        response.body = reader.to_end();
    }
    return response;
}

HttpClient::HttpClient(Endpoint endpoint, Connections connections, TlsOptions tls)
    : endpoint_{std::move(endpoint)}, connections_{connections}, tls_{tls} {}

Response HttpClient::send(const Request& request) {
    // A kept connection on which something can be read has been closed by the server meanwhile.
    if (connections_ == Connections::one_each ||
        (stream_ && stream_->readable(std::chrono::milliseconds{0}))) {
        stream_.reset();
    }
    if (!stream_) {
        rest_.clear();
        stream_ = std::make_unique<TlsStream>(endpoint_, tls_);
    }
    try {
        try {
            stream_->write(to_bytes(request, endpoint_));
        } catch (const NetworkError&) {
            // The server may have refused early (body too large) and said why before closing.
        }
        auto response = read_response(*stream_, rest_, request.method);
        if (closes(response)) stream_.reset();
        return response;
    } catch (...) {
        stream_.reset();
        throw;
    }
}

Response HttpClient::get(const std::string& target, const Headers& headers) {
    return send({.method = "GET", .target = target, .headers = headers});
}

Response HttpClient::post(
    const std::string& target, const nlohmann::json& body, const Headers& headers
) {
    return send({.method = "POST", .target = target, .headers = headers, .body = body.dump()});
}

}  // namespace fleet::test
