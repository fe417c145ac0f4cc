#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace fleet::perf {

/// Reads one HTTP/1.1 response as its bytes come in.
class ResponseParser {
public:
    enum class State : std::uint8_t { head, body, done, broken };

    /// Takes bytes; anything beyond the end of the response breaks it (nothing was pipelined).
    State feed(std::string_view bytes);

    /// The connection has ended: completes a body that has no stated length.
    State finish();

    /// Makes ready for the next response.
    void reset();

    State state() const { return state_; }
    bool started() const { return !buffer_.empty() || state_ != State::head; }
    int status() const { return status_; }
    bool keep_alive() const { return keep_alive_; }
    std::string_view body() const { return body_; }

private:
    friend class WholeResponse;
    enum class Framing : std::uint8_t { length, chunked, until_close };

    // osquery's parser takes 8 KiB of headers and 8 MiB of body.
    static constexpr std::size_t kMaxHead = 8192;
    static constexpr std::size_t kMaxBody = 8 * 1024 * 1024;

    void read_head();
    void read_header(std::string_view name, std::string_view value);
    void read_body();
    void read_chunks();

    State state_{State::head};
    Framing framing_{Framing::until_close};
    std::string buffer_{};
    std::string body_{};
    std::size_t length_{};
    int status_{};
    bool keep_alive_{true};
};

/// Recognises a response that came in one piece, without a copy. A server says the same head over
/// and over: the last one of a kind is remembered with its meaning.
class WholeResponse {
public:
    /// False when the bytes are not one complete response with a stated length: that is for a
    /// ResponseParser to find out.
    bool read(std::string_view bytes);

    int status() const { return status_; }
    bool keep_alive() const { return keep_alive_; }
    std::string_view body() const { return body_; }

private:
    std::string head_{};  ///< with the empty line
    std::size_t length_{};
    int status_{};
    bool keep_alive_{true};
    std::string_view body_{};
};

}  // namespace fleet::perf
