#include "perf/net/response.hpp"

#include <strings.h>

#include "perf/text.hpp"

namespace fleet::perf {
namespace {

bool equal_ignoring_case(std::string_view a, std::string_view b) {
    return a.size() == b.size() && strncasecmp(a.data(), b.data(), a.size()) == 0;
}

}  // namespace

ResponseParser::State ResponseParser::feed(std::string_view bytes) {
    if (state_ == State::done) return state_ = State::broken;
    buffer_ += bytes;
    if (state_ == State::head) read_head();
    if (state_ == State::body) read_body();
    return state_;
}

void ResponseParser::reset() {
    // Mostly there is nothing to undo: short answers are read by WholeResponse.
    if (started()) *this = {};
}

ResponseParser::State ResponseParser::finish() {
    const bool complete = state_ == State::body && framing_ == Framing::until_close;
    if (state_ != State::done) state_ = complete ? State::done : State::broken;
    return state_;
}

void ResponseParser::read_head() {
    const auto end = buffer_.find("\r\n\r\n");
    if (end == std::string::npos) {
        if (buffer_.size() > kMaxHead) state_ = State::broken;
        return;
    }
    std::string_view head{buffer_.data(), end + 2};
    const auto first = head.substr(0, head.find("\r\n"));
    const auto code = first.size() >= 12 ? parse_int(first.substr(9, 3)) : std::nullopt;
    if (!first.starts_with("HTTP/1.") || !code || end > kMaxHead) {
        state_ = State::broken;
        return;
    }
    status_ = static_cast<int>(*code);
    keep_alive_ = first[7] == '1';
    state_ = State::body;
    for (head = head.substr(first.size() + 2); !head.empty();) {
        const auto line = head.substr(0, head.find("\r\n"));
        head = head.substr(line.size() + 2);
        const auto colon = line.find(':');
        if (colon == std::string_view::npos)
            state_ = State::broken;
        else
            read_header(line.substr(0, colon), trim(line.substr(colon + 1)));
    }
    if (status_ == 204 || status_ == 304) {
        framing_ = Framing::length;
        length_ = 0;
    }
    buffer_.erase(0, end + 4);
}

void ResponseParser::read_header(std::string_view name, std::string_view value) {
    if (equal_ignoring_case(name, "content-length")) {
        const auto length = parse_int(value);
        if (!length || *length < 0 || static_cast<std::size_t>(*length) > kMaxBody)
            state_ = State::broken;
        else if (framing_ != Framing::chunked) {
            framing_ = Framing::length;
            length_ = static_cast<std::size_t>(*length);
        }
    } else if (equal_ignoring_case(name, "transfer-encoding")) {
        if (equal_ignoring_case(value, "chunked"))
            framing_ = Framing::chunked;
        else
            state_ = State::broken;
    } else if (equal_ignoring_case(name, "connection")) {
        if (equal_ignoring_case(value, "close")) keep_alive_ = false;
        if (equal_ignoring_case(value, "keep-alive")) keep_alive_ = true;
    }
}

void ResponseParser::read_body() {
    if (framing_ == Framing::chunked) return read_chunks();
    body_ += buffer_;
    buffer_.clear();
    if (body_.size() > kMaxBody) state_ = State::broken;
    if (framing_ == Framing::until_close) return;
    if (body_.size() == length_) state_ = State::done;
    if (body_.size() > length_) state_ = State::broken;
}

void ResponseParser::read_chunks() {
    while (true) {
        const auto line_end = buffer_.find("\r\n");
        if (line_end == std::string::npos) return;
        const auto line = std::string_view{buffer_}.substr(0, line_end);
        const auto size = parse_int(trim(line.substr(0, line.find(';'))), 16);
        if (!size || *size < 0 || body_.size() + static_cast<std::size_t>(*size) > kMaxBody) {
            state_ = State::broken;
            return;
        }
        const auto length = static_cast<std::size_t>(*size);
        if (buffer_.size() < line_end + 2 + length + 2) return;
        body_.append(buffer_, line_end + 2, length);
        buffer_.erase(0, line_end + 2 + length + 2);
        if (length == 0) {
            state_ = buffer_.empty() ? State::done : State::broken;
            return;
        }
    }
}

bool WholeResponse::read(std::string_view bytes) {
    const bool known = !head_.empty() && bytes.starts_with(head_);
    if (!known) {
        const auto end = bytes.find("\r\n\r\n");
        if (end == std::string_view::npos) return false;
        ResponseParser parser;
        parser.feed(bytes.substr(0, end + 4));
        const bool framed = parser.framing_ == ResponseParser::Framing::length;
        if (parser.state_ == ResponseParser::State::broken || !framed) return false;
        head_ = bytes.substr(0, end + 4);
        length_ = parser.length_;
        status_ = parser.status_;
        keep_alive_ = parser.keep_alive_;
    }
    body_ = bytes.substr(head_.size());
    return body_.size() == length_;
}

}  // namespace fleet::perf
