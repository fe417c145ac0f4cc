#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

namespace fleet::http {

/// Inflates a gzip body piece by piece. The output never grows past the limit, however small the
/// input is; members that follow each other are one body.
class Inflater {
public:
    enum class Status { ok, too_large, broken };

    explicit Inflater(std::size_t max_output);
    ~Inflater();
    Inflater(Inflater&&) noexcept;
    Inflater& operator=(Inflater&&) noexcept;

    /// Appends to `out` what `input` inflates to.
    Status feed(std::string_view input, std::string& out);
    /// True when the body ended where a gzip member ends.
    bool complete() const;

private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace fleet::http
