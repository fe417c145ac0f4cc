#include "http/parser.hpp"

#include <algorithm>
#include <boost/asio/buffer.hpp>
#include <limits>

#include "http/url.hpp"

namespace fleet::http {
namespace {

constexpr std::size_t kMaxFields = 256;
constexpr std::size_t kReserveAtMost = 64 * 1024;

std::string_view view(beast::string_view text) {
    return {text.data(), text.size()};
}

Method to_method(beast::http::verb method) {
    using Verb = beast::http::verb;
    switch (method) {
        case Verb::get:
            return Method::get;
        case Verb::head:
            return Method::head;
        case Verb::post:
            return Method::post;
        case Verb::put:
            return Method::put;
        case Verb::patch:
            return Method::patch;
        case Verb::delete_:
            return Method::del;
        case Verb::options:
            return Method::options;
        default:
            return Method::other;
    }
}

}  // namespace

RequestParser::RequestParser(std::size_t max_header_bytes) {
    header_limit(static_cast<std::uint32_t>(std::min<std::size_t>(max_header_bytes, UINT32_MAX)));
    // Ours is counted after inflating. Not boost::none: Beast 1.74 compares with it and refuses.
    body_limit(std::numeric_limits<std::uint64_t>::max());
}

std::size_t RequestParser::feed(std::string_view bytes, beast::error_code& error) {
    // Beast 1.74 asserts that it never sees less than the shortest end of a chunked body once it
    // has seen the final chunk's size; what is left of such a body is never shorter.
    constexpr std::size_t kShortestEnd = std::string_view{"0\r\n\r\n"}.size();
    if (is_header_done() && chunked() && bytes.size() < kShortestEnd) {
        error = beast::http::error::need_more;
        return 0;
    }
    return put(boost::asio::buffer(bytes.data(), bytes.size()), error);
}

void RequestParser::accept_body(std::size_t max_bytes, BodyCharge& charge, bool gzip) {
    max_body_ = max_bytes;
    charge_ = &charge;
    if (gzip) inflater_.emplace(max_bytes);
}

bool RequestParser::has_body() const {
    if (chunked()) return true;
    const auto length = content_length();
    return length && *length > 0;
}

void RequestParser::
    on_request_impl(beast::http::verb method, Text, Text target, int version, ErrorCode&) {
    request_.method = to_method(method);
    target_ = view(target);
    version_ = version;
}

void RequestParser::on_response_impl(int, Text, int, ErrorCode&) {}

void RequestParser::on_field_impl(
    beast::http::field name, Text name_text, Text value, ErrorCode& ec
) {
    if (header_done_) return;  // trailers of a chunked body: nobody needs them, nobody trusts them
    if (request_.headers.size() >= kMaxFields) {
        fault_ = Fault::too_many_fields;
        ec = beast::http::error::header_limit;
        return;
    }
    if (request_.headers.empty()) request_.headers.reserve(8);
    request_.headers.emplace_back(view(name_text), view(value));
    switch (name) {
        case beast::http::field::host:
            ++host_fields_;
            break;
        case beast::http::field::transfer_encoding:
            ++transfer_encoding_fields_;
            break;
        case beast::http::field::expect:
            expects_continue_ = equal_ignoring_case(view(value), "100-continue");
            break;
        default:
            break;
    }
}

void RequestParser::on_header_impl(ErrorCode&) {
    header_done_ = true;
}

void RequestParser::
    on_body_init_impl(const boost::optional<std::uint64_t>& content_length, ErrorCode&) {
    if (content_length && !inflater_) {
        request_.body.reserve(static_cast<std::size_t>(
            std::min<std::uint64_t>(*content_length, std::min(max_body_, kReserveAtMost))
        ));
    }
}

std::size_t RequestParser::take_body(std::string_view bytes, ErrorCode& ec) {
    wire_body_bytes_ += bytes.size();
    auto& body = request_.body;
    const auto before = body.size();
    if (inflater_) {
        const auto status = inflater_->feed(bytes, body);
        if (status == Inflater::Status::too_large) fault_ = Fault::body_too_large;
        if (status == Inflater::Status::broken) fault_ = Fault::body_broken;
    } else if (bytes.size() > max_body_ - before) {
        fault_ = Fault::body_too_large;
    } else {
        body.append(bytes);
    }
    if (charge_ != nullptr && !charge_->add(body.size() - before)) fault_ = Fault::body_overload;
    if (fault_ != Fault::none) ec = beast::http::error::body_limit;
    return bytes.size();
}

std::size_t RequestParser::on_body_impl(Text body, ErrorCode& ec) {
    return take_body(view(body), ec);
}

void RequestParser::on_chunk_header_impl(std::uint64_t, Text, ErrorCode&) {}

std::size_t RequestParser::on_chunk_body_impl(std::uint64_t, Text body, ErrorCode& ec) {
    return take_body(view(body), ec);
}

void RequestParser::on_finish_impl(ErrorCode&) {}

}  // namespace fleet::http
