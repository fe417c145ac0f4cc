#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <memory>
#include <mutex>
#include <stdexcept>

#include "file_io.hpp"
#include "fleet/core/log.hpp"
#include "fleet/core/time.hpp"
#include "fleet/logs/destination.hpp"
#include "janitor.hpp"
#include "rotation.hpp"

namespace fleet::logs {
namespace {

class FileDestination final : public Destination {
public:
    explicit FileDestination(FileOptions options) : options_{std::move(options)} {
        if (const int error = open(); error != 0) {
            throw std::runtime_error{"cannot open " + options_.path + ": " + error_text(error)};
        }
        // A process that was killed may have left half a line: the next one is not to be glued on.
        if (size_ > 0 && !ends_with_line(options_.path)) (void)write_all(file_.get(), "\n");
        if (options_.rotate) janitor_ = std::make_unique<Janitor>(options_);
    }

    Result<> write(std::span<const std::string_view> lines) override {
        if (lines.empty()) return {};
        const std::string text = join_lines(lines);
        const std::lock_guard lock{mutex_};
        if (closed_) return fail(Error::unavailable(options_.path + " is closed"));
        if (const int error = make_ready(text.size()); error != 0) return failed(error);
        const Written written = write_all(file_.get(), text);
        if (written.error != 0) {
            drop_half(written.bytes);
            return failed(written.error);
        }
        size_ += text.size();
        return {};
    }

    std::optional<std::vector<std::string>> last_lines(std::size_t most) const override {
        constexpr std::size_t kMostBytes = 64 << 20;
        return tail_of(options_.path, most, kMostBytes);
    }

    void reopen() override {
        const std::lock_guard lock{mutex_};
        if (closed_) return;
        const int error = options_.rotate && size_ > 0 ? rotate() : open();
        if (error != 0) {
            log::error(
                "log file not reopened", {{"path", options_.path}, {"error", error_text(error)}}
            );
        }
    }

    void close() override {
        {
            const std::lock_guard lock{mutex_};
            closed_ = true;
            file_.reset();
        }
        if (janitor_) janitor_->stop();
    }

private:
    /// Opens or makes the file; the errno, 0 when done. On failure the old one stays open.
    int open() {
        Fd fresh{::open(options_.path.c_str(), O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0644)};
        if (!fresh.open()) return errno;
        struct stat facts {};
        if (::fstat(fresh.get(), &facts) != 0) return errno;
        file_ = std::move(fresh);
        device_ = facts.st_dev;
        inode_ = facts.st_ino;
        size_ = static_cast<std::size_t>(facts.st_size);
        return 0;
    }

    /// Sees that the file is the one that the path names and has room for a batch.
    int make_ready(std::size_t batch) {
        struct stat facts {};
        if (::stat(options_.path.c_str(), &facts) != 0 || facts.st_dev != device_ ||
            facts.st_ino != inode_) {
            if (const int error = open(); error != 0) return error;
        } else {
            size_ = static_cast<std::size_t>(facts.st_size);  // others may append or truncate
        }
        const std::size_t limit = options_.max_size_mb << 20;
        if (options_.rotate && size_ > 0 && size_ + batch > limit) return rotate();
        return 0;
    }

    int rotate() {
        if (const int error = move_aside(options_.path, SystemClock{}.now()); error != 0) {
            return error;
        }
        const int error = open();
        janitor_->wake();
        return error;
    }

    /// Takes back what a failed write left, so that no half line stays and the agent, which sends
    /// the batch again, causes no duplicates. Not when somebody else has appended since.
    void drop_half(std::size_t bytes) {
        if (bytes == 0) return;
        struct stat facts {};
        const bool ours = ::fstat(file_.get(), &facts) == 0 &&
                          static_cast<std::size_t>(facts.st_size) == size_ + bytes;
        if (!ours || ::ftruncate(file_.get(), static_cast<off_t>(size_)) != 0) {
            log::error("log file may hold a broken line", {{"path", options_.path}});
        }
    }

    tl::unexpected<Error> failed(int error) const {
        return fail(Error::unavailable("cannot write " + options_.path + ": " + error_text(error)));
    }

    FileOptions options_;
    std::mutex mutex_;
    Fd file_;
    dev_t device_ = 0;
    ino_t inode_ = 0;
    std::size_t size_ = 0;
    bool closed_ = false;
    std::unique_ptr<Janitor> janitor_;
};

}  // namespace

std::unique_ptr<Destination> open_file(FileOptions options) {
    return std::make_unique<FileDestination>(std::move(options));
}

}  // namespace fleet::logs
