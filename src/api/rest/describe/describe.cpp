#include "describe.hpp"

#include <algorithm>
#include <iterator>

namespace fleet::api::rest::describe {
namespace {

Descriptions all() {
    Descriptions out;
    for (const auto part : {accounts, config, hosts, labels, live_queries, queries, software}) {
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

json::Shape page_meta() {
    return json::named(
        "PageMeta", {{"has_next_results", json::flag}, {"has_previous_results", json::flag}}
    );
}

}  // namespace fleet::api::rest::describe
