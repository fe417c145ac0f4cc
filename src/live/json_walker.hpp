#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace fleet::live {

/// Reads JSON text from front to back, checking the grammar, and copies what it passes into `out`
/// (when there is one) without space and with broken text mended. Each function returns false when
/// the text is malformed; the walker is of no use afterwards.
class JsonWalker {
public:
    JsonWalker(std::string_view in, std::string* out) : in_{in}, out_{out} {}

    bool value(int depth);
    bool object(int depth);
    bool array(int depth);
    /// A string; `content` becomes the part between the quotes as written.
    bool string(std::string_view& content);

    void skip_space();
    /// The next byte that is not space; '\0' at the end.
    char peek();
    /// Consumes and copies `c` when it is next.
    bool take(char c);
    /// Consumes without copying.
    bool drop(char c);
    bool at_end();

    std::size_t position() const { return at_; }
    void write_to(std::string* out) { out_ = out; }
    /// Characters of all strings, numbers and words passed so far.
    std::size_t text_size() const { return text_size_; }

private:
    bool escape();
    bool number();
    bool word(std::string_view expected);
    void copy(std::size_t from, std::size_t to);
    void put(std::string_view text);

    std::string_view in_;
    std::size_t at_ = 0;
    std::string* out_;
    std::size_t text_size_ = 0;
};

/// Length of the valid UTF-8 sequence at the start of `text`, 0 when there is none.
std::size_t utf8_length(std::string_view text);

}  // namespace fleet::live
