#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace fleet::logs {

/// A file descriptor that closes itself.
class Fd {
public:
    Fd() = default;
    explicit Fd(int fd) : fd_{fd} {}
    Fd(Fd&& other) noexcept : fd_{other.release()} {}
    Fd& operator=(Fd&& other) noexcept;
    Fd(const Fd&) = delete;
    Fd& operator=(const Fd&) = delete;
    ~Fd() { reset(); }

    int get() const { return fd_; }
    bool open() const { return fd_ >= 0; }
    int release();
    void reset();

private:
    int fd_ = -1;
};

struct Written {
    std::size_t bytes = 0;
    int error = 0;  // errno, 0 when everything was written
};

/// Writes until all is out or an error occurs; interruptions and full pipes are waited for.
Written write_all(int fd, std::string_view data);

/// The last complete lines of a file, oldest first, as far as they lie in its last `bytes`. Nothing
/// when it cannot be read.
std::optional<std::vector<std::string>> tail_of(
    const std::string& path, std::size_t lines, std::size_t bytes
);

/// False when the file's last line has no end: whoever wrote it died half-way.
bool ends_with_line(const std::string& path);

/// The lines of a batch as one text, each with a line end.
std::string join_lines(std::span<const std::string_view> lines);

/// The system's text for an errno.
std::string error_text(int error);

}  // namespace fleet::logs
