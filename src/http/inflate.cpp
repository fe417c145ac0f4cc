#include "http/inflate.hpp"

#include <zlib.h>

#include <algorithm>
#include <array>
#include <limits>
#include <new>

namespace fleet::http {
namespace {

constexpr int kGzipOnly = 16;  // added to the window bits: no zlib or raw streams
constexpr std::size_t kPiece = 16 * 1024;

}  // namespace

struct Inflater::State {
    z_stream stream{};
    std::size_t left = 0;
    bool in_member = false;
    bool any_member = false;
};

Inflater::Inflater(std::size_t max_output) : state_{std::make_unique<State>()} {
    state_->left = max_output;
    if (inflateInit2(&state_->stream, MAX_WBITS + kGzipOnly) != Z_OK) throw std::bad_alloc{};
}

Inflater::~Inflater() {
    if (state_) inflateEnd(&state_->stream);
}

Inflater::Inflater(Inflater&&) noexcept = default;
Inflater& Inflater::operator=(Inflater&& other) noexcept {
    std::swap(state_, other.state_);
    return *this;
}

Inflater::Status Inflater::feed(std::string_view input, std::string& out) {
    if (input.size() > std::numeric_limits<uInt>::max()) return Status::broken;
    auto& stream = state_->stream;
    std::array<unsigned char, kPiece> piece;
    // zlib's old interface wants a pointer to mutable input; it does not write there.
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(input.data()));
    stream.avail_in = static_cast<uInt>(input.size());

    // A full piece means that zlib may hold more output although the input is used up.
    bool more_output = false;
    while (stream.avail_in > 0 || more_output) {
        if (!state_->in_member) {
            if (state_->any_member && inflateReset(&stream) != Z_OK) return Status::broken;
            state_->in_member = true;
        }
        stream.next_out = piece.data();
        stream.avail_out = static_cast<uInt>(piece.size());
        const int rc = inflate(&stream, Z_NO_FLUSH);
        if (rc != Z_OK && rc != Z_STREAM_END && rc != Z_BUF_ERROR) return Status::broken;

        const std::size_t made = piece.size() - stream.avail_out;
        if (made > state_->left) return Status::too_large;
        state_->left -= made;
        out.append(reinterpret_cast<const char*>(piece.data()), made);

        more_output = stream.avail_out == 0 && rc != Z_STREAM_END;
        if (rc == Z_STREAM_END) {
            state_->in_member = false;
            state_->any_member = true;
        } else if (made == 0 && rc == Z_BUF_ERROR) {
            break;
        }
    }
    return Status::ok;
}

bool Inflater::complete() const {
    return state_->any_member && !state_->in_member;
}

}  // namespace fleet::http
