#pragma once

#include <optional>
#include <string>

#include "fleet/core/json.hpp"
#include "fleet/core/paging.hpp"

namespace fleet::api::rest {

/// The paging parameters of a list endpoint as they came (rest-api-a 1.5). A request DTO inherits
/// nothing: it holds one and calls page_fields<Dto>(field).
struct PageParams {
    std::optional<std::string> page{};
    std::optional<std::string> per_page{};
    std::optional<std::string> order_key{};
    std::optional<std::string> order_direction{};
    std::optional<std::string> after{};
    std::string query{};
};

/// Adds the paging parameters of a DTO that derives from PageParams.
template <class Dto>
void page_fields(auto&& field) {
    field("page", &Dto::page, json::in_query);
    field("per_page", &Dto::per_page, json::in_query);
    field("order_key", &Dto::order_key, json::in_query);
    field("order_direction", &Dto::order_direction, json::in_query);
    field("after", &Dto::after, json::in_query);
    field("query", &Dto::query, json::in_query);
}

/// Checks the parameters; 400 with the exact reasons of rest-api-a 1.5.
Result<Paging> to_paging(const PageParams& params);

struct PageMeta {
    static constexpr const char* kShapeName = "PageMeta";
    bool has_next_results = false;
    bool has_previous_results = false;
    static void fields(auto&& field) {
        field("has_next_results", &PageMeta::has_next_results);
        field("has_previous_results", &PageMeta::has_previous_results);
    }
};

}  // namespace fleet::api::rest
