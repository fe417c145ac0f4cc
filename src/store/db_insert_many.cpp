#include <algorithm>
#include <bit>
#include <stdexcept>

#include "fleet/store/db.hpp"
#include "statement.hpp"

namespace fleet::store {
namespace {

// Powers of two up to here are the only row counts used, so that a statement has few shapes and
// the prepared ones are found again.
constexpr std::size_t kMaxRows = 512;
constexpr std::size_t kMaxBytes = 1 << 20;
constexpr std::size_t kMaxPlaceholders = 65'535;

/// How many of the rows at the front go into the next statement.
std::size_t next_batch(std::span<const Param> values, std::size_t width) {
    const std::size_t most = std::min({values.size() / width, kMaxRows, kMaxPlaceholders / width});
    std::size_t rows = 0;
    std::size_t bytes = 0;
    while (rows < most) {
        bytes += packet_size(values.subspan(rows * width, width));
        if (bytes > kMaxBytes && rows > 0) break;
        ++rows;
    }
    return std::bit_floor(rows);
}

std::string repeat(
    const std::string& head, const std::string& row_group, const std::string& tail, std::size_t rows
) {
    std::string text;
    text.reserve(head.size() + rows * (row_group.size() + 1) + tail.size() + 2);
    text += head;
    text += ' ';
    for (std::size_t i = 0; i < rows; ++i) {
        if (i > 0) text += ',';
        text += row_group;
    }
    text += ' ';
    text += tail;
    return text;
}

}  // namespace

void Session::insert_many(
    const std::string& name,
    const std::string& head,
    const std::string& row_group,
    const std::string& tail,
    std::span<const Param> values,
    std::size_t width
) {
    if (width == 0 || width > kMaxPlaceholders || values.size() % width != 0) {
        throw std::logic_error{name + ": the values do not fill whole rows"};
    }
    while (!values.empty()) {
        const std::size_t rows = next_batch(values, width);
        run(Sql{name, repeat(head, row_group, tail, rows)}, values.first(rows * width));
        values = values.subspan(rows * width);
    }
}

}  // namespace fleet::store
