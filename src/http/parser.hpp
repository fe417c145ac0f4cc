#pragma once

#include <boost/beast/http/basic_parser.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "fleet/http/message.hpp"
#include "http/body_budget.hpp"
#include "http/inflate.hpp"

namespace fleet::http {

namespace beast = boost::beast;

/// Parses one request straight into our own type. After the header the owner decides whether the
/// body is wanted and how large it may get, then goes on feeding.
class RequestParser final : public beast::http::basic_parser<true> {
public:
    /// Why the body or the header was given up, where the parser's own error code says nothing.
    enum class Fault { none, too_many_fields, body_too_large, body_overload, body_broken };

    explicit RequestParser(std::size_t max_header_bytes);

    /// Takes what it can of `bytes` and says how much; error::need_more when the rest has to be
    /// given again with more behind it. Use this, not put().
    std::size_t feed(std::string_view bytes, beast::error_code& error);

    /// Set up before the body is fed. `charge` must outlive the parser.
    void accept_body(std::size_t max_bytes, BodyCharge& charge, bool gzip);

    /// Valid once is_header_done().
    Request& request() { return request_; }
    const Request& request() const { return request_; }
    std::string_view target() const { return target_; }
    bool has_transfer_encoding() const { return transfer_encoding_fields_ > 0; }
    std::size_t host_fields() const { return host_fields_; }
    bool expects_continue() const { return expects_continue_; }
    bool http_1_1() const { return version_ >= 11; }
    int version() const { return version_; }
    /// Content-Length above zero, or chunked.
    bool has_body() const;

    Fault fault() const { return fault_; }
    /// Body bytes as they came over the wire, before inflating.
    std::uint64_t wire_body_bytes() const { return wire_body_bytes_; }
    /// False when a gzip body stopped in the middle.
    bool body_complete() const { return !inflater_ || inflater_->complete(); }

private:
    using ErrorCode = beast::error_code;
    using Text = beast::string_view;

    void on_request_impl(
        beast::http::verb method, Text method_text, Text target, int version, ErrorCode& ec
    ) override;
    void on_response_impl(int code, Text reason, int version, ErrorCode& ec) override;
    void on_field_impl(beast::http::field name, Text name_text, Text value, ErrorCode& ec) override;
    void on_header_impl(ErrorCode& ec) override;
    void on_body_init_impl(const boost::optional<std::uint64_t>& content_length, ErrorCode& ec)
        override;
    std::size_t on_body_impl(Text body, ErrorCode& ec) override;
    void on_chunk_header_impl(std::uint64_t size, Text extensions, ErrorCode& ec) override;
    std::size_t on_chunk_body_impl(std::uint64_t remain, Text body, ErrorCode& ec) override;
    void on_finish_impl(ErrorCode& ec) override;

    std::size_t take_body(std::string_view bytes, ErrorCode& ec);

    Request request_{};
    std::string target_{};
    int version_ = 11;
    bool header_done_ = false;
    bool expects_continue_ = false;
    std::size_t host_fields_ = 0;
    std::size_t transfer_encoding_fields_ = 0;
    Fault fault_ = Fault::none;

    std::size_t max_body_ = 0;
    BodyCharge* charge_ = nullptr;
    std::optional<Inflater> inflater_{};
    std::uint64_t wire_body_bytes_ = 0;
};

}  // namespace fleet::http
