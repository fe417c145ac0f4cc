#include "http/compression.hpp"

#include <zlib.h>

#include <algorithm>
#include <limits>
#include <new>
#include <optional>

#include "fleet/http/negotiation.hpp"

namespace fleet::http {
namespace {

constexpr int kGzip = 16;  // added to the window bits
constexpr int kMemoryLevel = 8;
constexpr int kFast = 1;  // of JSON the others leave a little less and take three times as long
constexpr std::size_t kWorthIt = 1'400;  // bytes; what fits into a packet gains nothing

bool is_text(std::string_view type) {
    return type.starts_with("application/json") || type.starts_with("text/");
}

/// What the handler has already decided about encodings or given a tag stays as it is.
bool may_change(const Response& response) {
    return std::ranges::none_of(response.headers, [](const auto& header) {
        return header.first == "Content-Encoding" || header.first == "ETag";
    });
}

/// Nothing when it would not become shorter.
std::optional<std::string> to_gzip(std::string_view text) {
    if (text.size() > std::numeric_limits<uInt>::max()) return std::nullopt;
    z_stream stream{};
    if (deflateInit2(
            &stream, kFast, Z_DEFLATED, MAX_WBITS + kGzip, kMemoryLevel, Z_DEFAULT_STRATEGY
        ) != Z_OK) {
        throw std::bad_alloc{};
    }
    std::string out(text.size(), '\0');
    // zlib does not write through next_in.
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
    stream.avail_in = static_cast<uInt>(text.size());
    stream.next_out = reinterpret_cast<Bytef*>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    const int outcome = deflate(&stream, Z_FINISH);
    out.resize(stream.total_out);
    deflateEnd(&stream);
    if (outcome != Z_STREAM_END) return std::nullopt;
    out.shrink_to_fit();
    return out;
}

}  // namespace

void compress(const Request& request, Response& response) {
    const bool suits = response.body.size() >= kWorthIt && !response.shared_body &&
                       !response.stream && is_text(response.content_type) && may_change(response);
    if (!suits) return;
    response.headers.emplace_back("Vary", "Accept-Encoding");
    if (!accepts(request.header("Accept-Encoding"), Encoding::gzip)) return;
    auto shorter = to_gzip(response.body);
    if (!shorter) return;
    response.body = std::move(*shorter);
    response.headers.emplace_back("Content-Encoding", "gzip");
}

}  // namespace fleet::http
