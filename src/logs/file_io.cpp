#include "file_io.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <system_error>
#include <utility>

namespace fleet::logs {
namespace {

/// The end of a regular file, at most `bytes` of it; `whole` tells whether that is all of it.
std::optional<std::string> read_end(const std::string& path, std::size_t bytes, bool& whole) {
    const Fd file{::open(path.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC)};
    struct stat facts {};
    if (!file.open() || ::fstat(file.get(), &facts) != 0 || !S_ISREG(facts.st_mode)) {
        return std::nullopt;
    }
    const auto size = static_cast<std::size_t>(facts.st_size);
    std::string out(std::min(size, bytes), '\0');
    whole = out.size() == size;
    std::size_t got = 0;
    while (got < out.size()) {
        const auto at = static_cast<off_t>(size - out.size() + got);
        const ssize_t count = ::pread(file.get(), out.data() + got, out.size() - got, at);
        if (count < 0 && errno == EINTR) continue;
        if (count <= 0) return std::nullopt;
        got += static_cast<std::size_t>(count);
    }
    return out;
}

}  // namespace

Fd& Fd::operator=(Fd&& other) noexcept {
    if (this != &other) {
        reset();
        fd_ = other.release();
    }
    return *this;
}

int Fd::release() {
    return std::exchange(fd_, -1);
}

void Fd::reset() {
    if (fd_ >= 0) ::close(std::exchange(fd_, -1));
}

Written write_all(int fd, std::string_view data) {
    Written out;
    while (out.bytes < data.size()) {
        const ssize_t count = ::write(fd, data.data() + out.bytes, data.size() - out.bytes);
        if (count >= 0) {
            out.bytes += static_cast<std::size_t>(count);
        } else if (errno == EAGAIN || errno == EWOULDBLOCK) {
            // Standard output may be a pipe that somebody made non-blocking.
            pollfd wait{.fd = fd, .events = POLLOUT, .revents = 0};
            ::poll(&wait, 1, -1);
        } else if (errno != EINTR) {
            out.error = errno;
            return out;
        }
    }
    return out;
}

std::optional<std::vector<std::string>> tail_of(
    const std::string& path, std::size_t lines, std::size_t bytes
) {
    bool whole = false;
    const auto text = read_end(path, bytes, whole);
    if (!text) return std::nullopt;
    std::vector<std::string> out;
    // From the end: what follows the last line end is no line yet.
    std::size_t end = text->rfind('\n');
    while (end != std::string::npos && out.size() < lines) {
        const std::size_t before = end == 0 ? std::string::npos : text->rfind('\n', end - 1);
        if (before == std::string::npos && !whole) break;  // its beginning was not read
        const std::size_t start = before == std::string::npos ? 0 : before + 1;
        out.push_back(text->substr(start, end - start));
        end = before;
    }
    std::reverse(out.begin(), out.end());
    return out;
}

bool ends_with_line(const std::string& path) {
    bool whole = false;
    const auto end = read_end(path, 1, whole);
    return !end || end->empty() || end->back() == '\n';
}

std::string join_lines(std::span<const std::string_view> lines) {
    std::size_t size = 0;
    for (const std::string_view line : lines) {
        size += line.size() + 1;
    }
    std::string out;
    out.reserve(size);
    for (const std::string_view line : lines) {
        const std::size_t start = out.size();
        out += line;
        for (std::size_t at = out.find_first_of("\r\n", start); at != std::string::npos;
             at = out.find_first_of("\r\n", at)) {
            out[at] = ' ';
        }
        out += '\n';
    }
    return out;
}

std::string error_text(int error) {
    return std::generic_category().message(error);
}

}  // namespace fleet::logs
