#include "file_io.hpp"

#include <poll.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>
#include <utility>

namespace fleet::logs {

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
