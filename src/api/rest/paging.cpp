#include "fleet/api/rest/paging.hpp"

#include <charconv>

namespace fleet::api::rest {
namespace {

constexpr std::uint64_t kDefaultPerPage = 20;

std::optional<std::int64_t> to_int(const std::string& text) {
    std::int64_t out = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return out;
}

std::string trimmed(const std::string& text) {
    const auto first = text.find_first_not_of(" \t\r\n");
    if (first == std::string::npos) return {};
    return text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

}  // namespace

Result<Paging> to_paging(const PageParams& params) {
    Paging out;
    out.query = trimmed(params.query);
    if (params.page) {
        const auto page = to_int(*params.page);
        if (!page) return fail(Error::bad_request("non-int page value"));
        if (*page < 0) return fail(Error::bad_request("negative page value"));
        out.page = static_cast<std::uint64_t>(*page);
        out.per_page = kDefaultPerPage;
    }
    if (params.per_page) {
        const auto per_page = to_int(*params.per_page);
        if (!per_page) return fail(Error::bad_request("non-int per_page value"));
        if (*per_page <= 0) return fail(Error::bad_request("invalid per_page value"));
        out.per_page = static_cast<std::uint64_t>(*per_page);
    }
    // Keeps page * per_page within the range of the database's OFFSET.
    constexpr std::uint64_t kMost = 1'000'000'000;
    if (out.page > kMost) return fail(Error::bad_request("non-int page value"));
    if (out.per_page && *out.per_page > kMost) out.per_page = kMost;
    if (params.order_direction && !params.order_key) {
        return fail(Error::bad_request("order_key must be specified with order_direction"));
    }
    if (params.after && !params.order_key) {
        return fail(Error::bad_request("order_key must be specified with after"));
    }
    if (params.order_direction && *params.order_direction != "asc" &&
        *params.order_direction != "desc") {
        return fail(Error::bad_request("unknown order_direction: " + *params.order_direction));
    }
    out.order_key = params.order_key.value_or("");
    if (params.order_direction == "desc") out.order = Order::descending;
    out.after = params.after;
    return out;
}

}  // namespace fleet::api::rest
