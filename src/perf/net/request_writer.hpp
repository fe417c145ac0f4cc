#pragma once

#include <array>
#include <string>
#include <string_view>

#include "perf/net/request.hpp"
#include "perf/options.hpp"

namespace fleet::perf {

enum class Packing : std::uint8_t { plain, gzip };

/// Writes HTTP requests. Most of the text is the same in all of them and made once.
class RequestWriter {
public:
    explicit RequestWriter(const Options& options);

    /// A request whose body is nothing but the node key.
    /// `more`: further members of the body, each with a comma before it.
    void poll(Endpoint endpoint, std::string_view key, std::string& out, std::string_view more = {})
        const;

    /// Any other request. Without a key there is no Authorization header.
    void post(
        Endpoint endpoint,
        std::string_view key,
        std::string_view body,
        Packing packing,
        std::string& out
    ) const;

    /// A request without a body and without a key.
    void get(Endpoint endpoint, std::string& out) const;

private:
    void append_authorization(std::string_view key, std::string& out) const;

    bool auth_header_;
    std::array<std::string, kEndpoints> openings_{};  ///< request line and common headers
    std::string host_line_{};
};

}  // namespace fleet::perf
