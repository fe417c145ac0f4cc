#include "http/router.hpp"

#include <algorithm>
#include <optional>
#include <stdexcept>

#include "http/url.hpp"

namespace fleet::http {
namespace {

constexpr std::array<std::string_view, kMethods> kNames{
    "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "OTHER"};

bool is_digits(std::string_view text) {
    return !text.empty() &&
           std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

[[noreturn]] void refuse(const Route& route, std::string_view why) {
    throw std::invalid_argument{
        "route " + std::string{method_name(route.method)} + " " + route.pattern + ": " +
        std::string{why}};
}

}  // namespace

std::string_view method_name(Method method) {
    return kNames[static_cast<std::size_t>(method)];
}

/// What one look-up collects on its way down.
struct Router::Search {
    Method method;
    std::vector<std::string_view> captures{};
    std::uint32_t allowed = 0;  // methods of terminal nodes that the path reached
};

Router::Router(Routes routes) : routes_{std::move(routes)} {
    for (const auto& route : routes_)
        insert(route);
}

void Router::insert(const Route& route) {
    if (!route.pattern.starts_with('/')) refuse(route, "must start with '/'");
    auto target = std::make_unique<Target>(Target{.route = &route});

    Node* node = &root_;
    std::string_view rest = strip_trailing_slash(route.pattern).substr(1);
    const auto step = [](std::unique_ptr<Node>& next) {
        if (!next) next = std::make_unique<Node>();
        return next.get();
    };
    while (!rest.empty()) {
        const auto end = std::min(rest.find('/'), rest.size());
        const auto segment = rest.substr(0, end);
        rest.remove_prefix(std::min(end + 1, rest.size()));

        if (segment.empty()) refuse(route, "has an empty segment");
        if (segment.front() != '{') {
            node = step(node->literals[std::string{segment}]);
            continue;
        }
        if (segment.back() != '}') refuse(route, "has a brace that is not closed");
        auto name = segment.substr(1, segment.size() - 2);
        if (name.ends_with("...")) {
            if (!rest.empty()) refuse(route, "goes on after {rest...}");
            name.remove_suffix(3);
            node = step(node->rest);
        } else if (name.ends_with(":uint")) {
            name.remove_suffix(5);
            node = step(node->number);
        } else {
            node = step(node->text);
        }
        target->names.emplace_back(name);
    }

    auto& slot = node->targets[static_cast<std::size_t>(route.method)];
    if (slot) refuse(route, "is registered twice");
    slot = std::move(target);
}

const Router::Target* Router::arrive(const Node& node, Search& search) {
    for (std::size_t i = 0; i < kMethods; ++i) {
        if (node.targets[i]) search.allowed |= 1U << i;
    }
    const auto& exact = node.targets[static_cast<std::size_t>(search.method)];
    if (exact) return exact.get();
    if (search.method != Method::head) return nullptr;
    return node.targets[static_cast<std::size_t>(Method::get)].get();
}

const Router::Target* Router::walk(const Node& node, std::string_view rest, Search& search) {
    if (rest.empty()) return arrive(node, search);

    const auto end = std::min(rest.find('/'), rest.size());
    const auto segment = rest.substr(0, end);
    const auto below = rest.substr(std::min(end + 1, rest.size()));
    const auto descend = [&](const Node* next, std::string_view capture, std::string_view remain) {
        if (next == nullptr) return static_cast<const Target*>(nullptr);
        search.captures.push_back(capture);
        const auto* found = walk(*next, remain, search);
        if (found == nullptr) search.captures.pop_back();
        return found;
    };

    if (segment.empty()) return nullptr;  // "//" is nobody's path
    std::optional<std::string> decoded;
    if (segment.find('%') != std::string_view::npos) decoded = percent_decode(segment);
    const std::string_view literal = decoded ? std::string_view{*decoded} : segment;
    if (const auto it = node.literals.find(literal); it != node.literals.end()) {
        if (const auto* found = walk(*it->second, below, search)) return found;
    }
    if (is_digits(segment)) {
        if (const auto* found = descend(node.number.get(), segment, below)) return found;
    }
    if (const auto* found = descend(node.text.get(), segment, below)) return found;
    return descend(node.rest.get(), rest, {});
}

Router::Match Router::find(Method method, std::string_view path) const {
    if (!path.starts_with('/')) return {.outcome = Outcome::bad_path};
    Search search{.method = method};
    search.captures.reserve(4);
    const auto* target = walk(root_, path.substr(1), search);

    Match match;
    if (target == nullptr) {
        for (std::size_t i = 0; i < kMethods; ++i) {
            if ((search.allowed & (1U << i)) == 0) continue;
            if (!match.allow.empty()) match.allow += ", ";
            match.allow += kNames[i];
        }
        if (search.allowed != 0) match.outcome = Outcome::method_not_allowed;
        return match;
    }
    for (std::size_t i = 0; i < target->names.size(); ++i) {
        auto value = percent_decode(search.captures[i]);
        if (!value) return {.outcome = Outcome::bad_path};
        match.params.emplace_back(target->names[i], std::move(*value));
    }
    match.outcome = Outcome::found;
    match.route = target->route;
    return match;
}

}  // namespace fleet::http
