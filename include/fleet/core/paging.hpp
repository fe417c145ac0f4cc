#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace fleet {

enum class Order { ascending, descending };

/// A checked request for one page of a list. `order_key` is still the client's text: stores map it
/// through a table of columns and never put it into SQL.
struct Paging {
    std::uint64_t page = 0;
    std::optional<std::uint64_t> per_page{};  // none: everything
    std::string order_key{};
    Order order = Order::ascending;
    std::optional<std::string> after{};
    std::string query{};  // free text, trimmed

    std::uint64_t offset() const { return per_page && !after ? page * *per_page : 0; }
};

}  // namespace fleet
