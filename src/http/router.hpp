#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "fleet/http/route.hpp"

namespace fleet::http {

inline constexpr std::size_t kMethods = static_cast<std::size_t>(Method::other) + 1;

/// The wire name of a method; "OTHER" for what we do not know.
std::string_view method_name(Method method);

/// Finds the route of a path in a tree of path segments. A literal segment beats `{name:uint}`,
/// which beats `{name}`, which beats `{rest...}`; HEAD is answered by GET routes.
class Router {
public:
    enum class Outcome { found, not_found, method_not_allowed, bad_path };

    struct Match {
        Outcome outcome = Outcome::not_found;
        const Route* route = nullptr;
        std::vector<std::pair<std::string, std::string>> params{};
        /// For an `Allow` header, when the path is known.
        std::string allow{};
    };

    /// Throws std::invalid_argument on a malformed or doubled pattern.
    explicit Router(Routes routes);

    /// `path` is still percent-encoded, without prefix, query and trailing slash.
    Match find(Method method, std::string_view path) const;

    const Routes& routes() const { return routes_; }

private:
    struct Target {
        const Route* route = nullptr;
        std::vector<std::string> names{};
    };
    struct Node {
        std::map<std::string, std::unique_ptr<Node>, std::less<>> literals{};
        std::unique_ptr<Node> number{};
        std::unique_ptr<Node> text{};
        std::unique_ptr<Node> rest{};
        std::array<std::unique_ptr<Target>, kMethods> targets{};
    };
    struct Search;

    void insert(const Route& route);
    static const Target* walk(const Node& node, std::string_view rest, Search& search);
    static const Target* arrive(const Node& node, Search& search);

    Routes routes_;
    Node root_;
};

}  // namespace fleet::http
