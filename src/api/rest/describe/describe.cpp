#include "describe.hpp"

#include <algorithm>
#include <iterator>

namespace fleet::api::rest::describe {
namespace {

Descriptions all() {
    Descriptions out;
    for (const auto part :
         {accounts,
          config,
          hosts,
          labels,
          live_queries,
          packs,
          policies,
          queries,
          software,
          teams}) {
        Descriptions some = part();
        std::move(some.begin(), some.end(), std::back_inserter(out));
    }
    return out;
}

}  // namespace

const Description* find(std::string_view endpoint) {
    static const Descriptions known = all();
    const auto found = std::ranges::find(known, endpoint, &Description::endpoint);
    return found == known.end() ? nullptr : &*found;
}

json::Shape empty() {
    return json::named("Nothing", {});
}

json::Shape apply_plan() {
    const json::Shape names = json::list_of(json::text);
    return json::object({json::optional(
        "plan",
        json::object({{"added", names}, {"changed", names}, {"deleted", names}, {"kept", names}})
    )});
}

json::Shape page_meta() {
    return json::named(
        "PageMeta", {{"has_next_results", json::flag}, {"has_previous_results", json::flag}}
    );
}

}  // namespace fleet::api::rest::describe
