#include "support/gzip.hpp"

#include <openssl/evp.h>
#include <zlib.h>

#include <algorithm>
#include <stdexcept>

namespace fleet::test {

namespace {

constexpr int kGzipWindow = 15 + 16;

Bytef* bytes_of(std::string& text) {
    return static_cast<Bytef*>(static_cast<void*>(text.data()));
}

class Deflater {
public:
    Deflater() {
        if (deflateInit2(&stream_, 9, Z_DEFLATED, kGzipWindow, 9, Z_DEFAULT_STRATEGY) != Z_OK) {
            throw std::runtime_error("deflateInit2");
        }
    }
    ~Deflater() { deflateEnd(&stream_); }
    Deflater(const Deflater&) = delete;
    Deflater& operator=(const Deflater&) = delete;

    void add(std::string_view text, std::string& out, int flush) {
        std::string in{text};
        std::string chunk(std::size_t{64} * 1024, '\0');
        stream_.next_in = bytes_of(in);
        stream_.avail_in = static_cast<uInt>(in.size());
        do {
            stream_.next_out = bytes_of(chunk);
            stream_.avail_out = static_cast<uInt>(chunk.size());
            deflate(&stream_, flush);
            out.append(chunk, 0, chunk.size() - stream_.avail_out);
        } while (stream_.avail_out == 0);
    }

private:
    z_stream stream_{};
};

}  // namespace

std::string gzip(std::string_view text) {
    Deflater deflater;
    std::string out;
    deflater.add(text, out, Z_FINISH);
    return out;
}

std::string gunzip(std::string_view bytes) {
    z_stream stream{};
    if (inflateInit2(&stream, kGzipWindow) != Z_OK) throw std::runtime_error("inflateInit2");
    std::string in{bytes};
    std::string out;
    std::string chunk(std::size_t{64} * 1024, '\0');
    stream.next_in = bytes_of(in);
    stream.avail_in = static_cast<uInt>(in.size());
    int code = Z_OK;
    while (code == Z_OK) {
        stream.next_out = bytes_of(chunk);
        stream.avail_out = static_cast<uInt>(chunk.size());
        code = inflate(&stream, Z_NO_FLUSH);
        out.append(chunk, 0, chunk.size() - stream.avail_out);
    }
    inflateEnd(&stream);
    if (code != Z_STREAM_END) throw std::runtime_error("not a gzip body");
    return out;
}

std::string gzip_bomb(std::size_t size) {
    Deflater deflater;
    std::string out;
    const std::string blanks(std::size_t{1} << 20, ' ');
    while (size > 0) {
        const auto part = std::min(size, blanks.size());
        deflater.add({blanks.data(), part}, out, Z_NO_FLUSH);
        size -= part;
    }
    deflater.add("", out, Z_FINISH);
    return out;
}

std::string base64(std::string_view bytes) {
    std::string in{bytes};
    std::string out((bytes.size() + 2) / 3 * 4 + 1, '\0');
    EVP_EncodeBlock(bytes_of(out), bytes_of(in), static_cast<int>(in.size()));
    out.pop_back();
    return out;
}

}  // namespace fleet::test
