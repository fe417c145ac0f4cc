#pragma once

#include <cstddef>
#include <cstdint>
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

    State state() const { return state_; }
    bool started() const { return !buffer_.empty() || state_ != State::head; }
    int status() const { return status_; }
    bool keep_alive() const { return keep_alive_; }
    std::string take_body() { return std::move(body_); }

private:
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

}  // namespace fleet::perf
