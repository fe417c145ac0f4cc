#include "gzip_file.hpp"

#include <fcntl.h>
#include <unistd.h>
#include <zlib.h>

#include <cerrno>
#include <cstdio>
#include <memory>
#include <vector>

#include "file_io.hpp"

namespace fleet::logs {
namespace {

constexpr std::size_t kChunk = 256 * 1024;
constexpr int kFastEnough = 6;

struct CloseGzip {
    void operator()(gzFile file) const { gzclose(file); }
};
using Gzip = std::unique_ptr<gzFile_s, CloseGzip>;

Error failed(const std::string& path, const char* what) {
    return Error::unavailable("cannot compress " + path + ": " + what);
}

Result<> compress(int in, Gzip out, const std::string& path, const std::atomic<bool>& stop) {
    std::vector<char> buffer(kChunk);
    while (!stop) {
        const ssize_t count = ::read(in, buffer.data(), buffer.size());
        if (count < 0) {
            if (errno == EINTR) continue;
            return fail(failed(path, "read error"));
        }
        if (count == 0) {
            // Closing writes the rest, so its result is part of the work.
            if (gzclose(out.release()) != Z_OK) return fail(failed(path, "write error"));
            return {};
        }
        if (gzwrite(out.get(), buffer.data(), static_cast<unsigned>(count)) != count) {
            return fail(failed(path, "write error"));
        }
    }
    return fail(failed(path, "stopped"));
}

}  // namespace

Result<> gzip_file(const std::string& path, const std::atomic<bool>& stop) {
    const std::string target = path + ".gz";
    const std::string temporary = target + ".tmp";
    const Fd in{::open(path.c_str(), O_RDONLY | O_CLOEXEC)};
    if (!in.open()) return fail(failed(path, "cannot read it"));
    Fd out{::open(temporary.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644)};
    if (!out.open()) return fail(failed(path, "cannot write beside it"));
    Gzip gzip{gzdopen(out.get(), ("wb" + std::to_string(kFastEnough)).c_str())};
    if (!gzip) return fail(failed(path, "out of memory"));
    out.release();  // now owned by gzip

    auto result = compress(in.get(), std::move(gzip), path, stop);
    if (result && std::rename(temporary.c_str(), target.c_str()) != 0) {
        result = fail(failed(path, "cannot rename the result"));
    }
    ::unlink(result ? path.c_str() : temporary.c_str());
    return result;
}

}  // namespace fleet::logs
