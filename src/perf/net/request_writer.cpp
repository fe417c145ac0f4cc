#include "perf/net/request_writer.hpp"

#include <fmt/format.h>

#include <charconv>

#include "perf/text.hpp"

namespace fleet::perf {
namespace {

void append_length(std::string& out, std::size_t length) {
    std::array<char, 20> digits{};
    const auto end = std::to_chars(digits.begin(), digits.end(), length).ptr;
    out.append("Content-Length: ").append(digits.begin(), end).append("\r\n\r\n");
}

}  // namespace

RequestWriter::RequestWriter(const Options& options) : auth_header_{options.auth_header} {
    host_line_ = "Host: " + options.host;
    if (options.port != "443") host_line_ += ':' + options.port;
    host_line_ += "\r\n";
    for (std::size_t i = 0; i < kEndpoints; ++i) {
        const auto endpoint = static_cast<Endpoint>(i);
        const bool version = endpoint == Endpoint::version;
        openings_.at(i) = fmt::format(
            "{} {}/{} HTTP/1.1\r\n{}Accept: application/json\r\nUser-Agent: osquery/{}\r\n",
            version ? "GET" : "POST",
            version ? "" : options.path_prefix,
            endpoint_path(endpoint),
            version ? "" : "Content-Type: application/json\r\n",
            options.osquery_version
        );
    }
}

void RequestWriter::append_authorization(std::string_view key, std::string& out) const {
    if (auth_header_ && !key.empty())
        out.append("Authorization: NodeKey ").append(key).append("\r\n");
}

void RequestWriter::poll(
    Endpoint endpoint, std::string_view key, std::string& out, std::string_view more
) const {
    constexpr std::string_view kOpen = R"({"node_key":)";
    out = openings_.at(static_cast<std::size_t>(endpoint));
    append_authorization(key, out);
    out += host_line_;
    const bool plain = key.find_first_of("\"\\") == std::string_view::npos;
    std::string escaped;
    if (!plain) append_json_string(escaped, key);
    append_length(out, kOpen.size() + (plain ? key.size() + 2 : escaped.size()) + more.size() + 1);
    out += kOpen;
    if (plain)
        out.append(1, '"').append(key).append(1, '"');
    else
        out += escaped;
    out += more;
    out += '}';
}

void RequestWriter::post(
    Endpoint endpoint,
    std::string_view key,
    std::string_view body,
    Packing packing,
    std::string& out
) const {
    out = openings_.at(static_cast<std::size_t>(endpoint));
    append_authorization(key, out);
    std::string packed;
    if (packing == Packing::gzip) {
        out += "Content-Encoding: gzip\r\n";
        packed = gzip(body);
        body = packed;
    }
    out += host_line_;
    append_length(out, body.size());
    out += body;
}

void RequestWriter::get(Endpoint endpoint, std::string& out) const {
    out = openings_.at(static_cast<std::size_t>(endpoint));
    out += host_line_;
    out += "\r\n";
}

}  // namespace fleet::perf
