#pragma once

#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "fleet/core/json.hpp"
#include "fleet/core/shape.hpp"
#include "fleet/core/viewer.hpp"
#include "fleet/http/route.hpp"

/// Endpoints of the REST API as table rows. A row names method, path, who may call and the handler
/// `Result<Answer> Api::handler(const Viewer&, const Request&)`; decoding, encoding, both
/// vocabularies and error bodies exist once, here.
namespace fleet::api::rest {

/// Who gets past the door. What a user may then do is decided in the service function.
enum class Who {
    anyone,             // no session looked at; the viewer is empty
    user,               // a valid session whose user need not reset the password
    user_must_reset_ok  // also users who must reset their password first
};

/// Under which of /api/{v1,2022-04,latest}/fleet a row is served.
enum class Versions { all, v1_only, from_2022, literal };

/// Whether a token that may only read may call it: most GETs read, and nothing else does.
enum class Effect { by_method, reads, writes };

struct RowOptions {
    Versions versions = Versions::all;
    std::size_t max_body = 1 << 20;
    int success = 200;
    Effect effect = Effect::by_method;
    http::BodyKind body = http::BodyKind::json;  // uploads take any content type
};

/// Handlers that need more of the HTTP request than the DTO holds may take it as third argument.
struct Call {
    const http::Request& http;
    const Viewer& viewer;
    std::string_view token;  // the bearer token as sent, for logout
};

/// Request type for handlers that take nothing.
struct Nothing {
    static void fields(auto&&) {}
};
/// Answer `{}`.
struct Empty {
    static void fields(auto&&) {}
};
/// An answer made by hand: CSV, streams, unusual statuses.
using Raw = http::Response;

namespace detail {

/// Finds request and answer type of a handler.
template <class>
struct Signature;
template <class Api, class Answer, class Req>
struct Signature<Result<Answer> (Api::*)(const Viewer&, const Req&)> {
    using Request = Req;
    using Reply = Answer;
    static constexpr bool wants_call = false;
};
template <class Api, class Answer, class Req>
struct Signature<Result<Answer> (Api::*)(const Call&, const Req&)> {
    using Request = Req;
    using Reply = Answer;
    static constexpr bool wants_call = true;
};

/// Body, path and query string of a request as one JSON object per source.
struct Sources {
    json::Value body = json::Value::object();
    json::Value path = json::Value::object();
    std::vector<std::pair<std::string, std::string>> query{};
};
Result<Sources> read_sources(const http::Request& request, bool wants_body);
Result<> decode_text(const std::string& text, const char* name, std::string& out);
Result<> decode_text(const std::string& text, const char* name, bool& out);
Result<> decode_text(const std::string& text, const char* name, std::uint64_t& out);
Result<> decode_text(const std::string& text, const char* name, std::int64_t& out);

/// What a path or query string can hold.
template <class T>
concept FromText = std::is_same_v<T, std::string> || std::is_same_v<T, bool> ||
    std::is_same_v<T, std::uint64_t> || std::is_same_v<T, std::int64_t>;

template <class T>
Result<> decode_param(const std::string& text, const char* name, T& out) {
    if constexpr (json::detail::IsOptional<T>::value) {
        return decode_param(text, name, out.emplace());
    } else if constexpr (std::is_enum_v<T>) {
        std::uint64_t number = 0;
        FLEET_CHECK(decode_text(text, name, number));
        out = static_cast<T>(number);
        return {};
    } else if constexpr (FromText<T>) {
        return decode_text(text, name, out);
    } else {
        return {};  // comes in bodies only
    }
}

template <class Req>
Result<Req> decode_request(const http::Request& request) {
    bool wants_body = false;
    Req::fields([&](const char*, auto, json::FieldOptions options = {}) {
        wants_body = wants_body || options.in == json::FieldOptions::In::body;
    });
    FLEET_TRY(const Sources sources, read_sources(request, wants_body));
    Req out{};
    if (wants_body) FLEET_CHECK(json::decode(sources.body, out, ""));
    Result<> result;
    Req::fields([&](const char* name, auto member, json::FieldOptions options = {}) {
        if (!result || options.in == json::FieldOptions::In::body) return;
        if (options.in == json::FieldOptions::In::path) {
            if (const auto found = sources.path.find(name); found != sources.path.end()) {
                const auto text = found->template get<std::string>();
                result = decode_param(text, name, out.*member);
                // Digits that no id can have name nothing.
                if (!result) result = fail(Error::not_found("Resource", text));
            }
            return;
        }
        for (const auto& [key, text] : sources.query) {
            if (json::canonical_name(key) == name && !text.empty()) {
                result = decode_param(text, name, out.*member);
                return;
            }
        }
    });
    if (!result) return fail(std::move(result).error());
    return out;
}

http::Response encode_answer(json::Value answer, int status);

/// What the types of a handler tell about requests and answers.
struct Types {
    std::vector<json::Parameter> parameters{};
    json::Shape body{};                   // an object; without fields: none is read
    std::optional<json::Shape> answer{};  // none: made by hand
};

template <class Req, class Answer>
Types describe() {
    Types out;
    out.parameters = json::parameters_of<Req>();
    out.body = json::shape_of<Req>(json::Use::request);
    if constexpr (json::Fields<Answer>) out.answer = json::shape_of<Answer>(json::Use::answer);
    return out;
}

}  // namespace detail

/// The error body of rest-api-a 1.6.
http::Response error_response(const Error& error);

/// One row: everything about an endpoint but the object that serves it.
template <class Api>
struct Row {
    http::Method method;
    const char* path;
    const char* name;
    Who who;
    RowOptions options;
    http::Response (*invoke)(Api&, const Call&, const RowOptions&);
    detail::Types (*describe)();
};

template <auto Handler, class Api>
http::Response invoke_row(Api& api, const Call& call, const RowOptions& options) {
    using Types = detail::Signature<decltype(Handler)>;
    auto request = detail::decode_request<typename Types::Request>(call.http);
    if (!request) return error_response(request.error());
    auto answer = [&] {
        if constexpr (Types::wants_call) {
            return (api.*Handler)(call, *request);
        } else {
            return (api.*Handler)(call.viewer, *request);
        }
    }();
    if (!answer) return error_response(answer.error());
    if constexpr (std::is_same_v<typename Types::Reply, Raw>) {
        return std::move(*answer);
    } else {
        return detail::encode_answer(json::encode(*answer), options.success);
    }
}

namespace detail {
template <class>
struct OwnerOf;
template <class Api, class R, class... A>
struct OwnerOf<R (Api::*)(A...)> {
    using type = Api;
};
template <auto Handler>
using Owner = typename OwnerOf<decltype(Handler)>::type;
}  // namespace detail

template <auto Handler>
constexpr auto row(
    http::Method method, const char* path, Who who, const char* name, RowOptions options = {}
) {
    using Api = detail::Owner<Handler>;
    using Types = detail::Signature<decltype(Handler)>;
    return Row<Api>{
        method,
        path,
        name,
        who,
        options,
        &invoke_row<Handler, Api>,
        &detail::describe<typename Types::Request, typename Types::Reply>};
}
template <auto Handler>
constexpr auto get(const char* path, Who who, const char* name, RowOptions options = {}) {
    return row<Handler>(http::Method::get, path, who, name, options);
}
template <auto Handler>
constexpr auto post(const char* path, Who who, const char* name, RowOptions options = {}) {
    return row<Handler>(http::Method::post, path, who, name, options);
}
template <auto Handler>
constexpr auto patch(const char* path, Who who, const char* name, RowOptions options = {}) {
    return row<Handler>(http::Method::patch, path, who, name, options);
}
template <auto Handler>
constexpr auto del(const char* path, Who who, const char* name, RowOptions options = {}) {
    return row<Handler>(http::Method::del, path, who, name, options);
}

/// What the endpoint list needs from the rest of the program.
class Authenticator {
public:
    virtual ~Authenticator() = default;
    /// The user behind a bearer token. 401 when unknown or expired.
    virtual Result<Viewer> authenticate(std::string_view token) = 0;
    /// False until the first user exists; then everything but setup answers 404.
    virtual bool is_set_up() = 0;
};

/// Facts about one served endpoint, for the coverage and role tests and for OpenAPI.
struct EndpointInfo {
    http::Method method;
    std::string path;  // below /api/{version}/fleet, or the literal path
    std::string name;
    Who who;
    RowOptions options{};
    detail::Types (*describe)() = nullptr;
};

/// The same path in the older words (/reports -> /queries), or empty when it has none of the
/// renamed segments.
std::string older_spelling(const std::string& path);

/// Collects rows and turns them into HTTP routes: every version prefix, both vocabularies of the
/// path (/reports and /queries, /fleets and /teams), session check, exception barrier.
class Endpoints {
public:
    explicit Endpoints(Authenticator& authenticator) : authenticator_{authenticator} {}

    /// `api` must outlive the server.
    template <class Api>
    void add(std::span<const Row<Api>> rows, Api& api) {
        for (const Row<Api>& r : rows) {
            EndpointInfo info{r.method, r.path, r.name, r.who, r.options, r.describe};
            add_one(std::move(info), r.options, [&api, r](const Call& call) {
                return r.invoke(api, call, r.options);
            });
        }
    }

    /// An endpoint that is routed elsewhere (a WebSocket), for the description.
    void note(EndpointInfo info) { infos_.push_back(std::move(info)); }

    const std::vector<EndpointInfo>& infos() const { return infos_; }
    http::Routes take() { return std::move(routes_); }

    /// Session check by itself, for handlers outside the table (agents-style loop handlers).
    /// Runs on a worker thread.
    Result<Viewer> check(const http::Request& request, Who who) const;

    /// A loop-style row: `handler` runs on a worker with the viewer and answers later.
    void add_async(EndpointInfo info, RowOptions options, http::LoopHandler handler);

private:
    using Invoke = std::function<http::Response(const Call&)>;
    struct Access {
        std::vector<ApiEndpoint> endpoints{};  // several rows of one name: older paths
        bool reads = true;
    };
    /// Whether a token's or an API-only account's limits let it call this route.
    bool may_call(const Viewer& viewer, const http::Request& request) const;
    void note_access(const EndpointInfo& info, const RowOptions& options);
    void add_one(EndpointInfo info, RowOptions options, Invoke invoke);
    void add_routes(
        const EndpointInfo& info,
        const RowOptions& options,
        const std::variant<http::LoopHandler, http::BlockingHandler, http::SocketHandler>& handler
    );

    Authenticator& authenticator_;
    std::vector<EndpointInfo> infos_;
    std::map<std::string, Access, std::less<>> access_;  // by the route's name
    http::Routes routes_;
};

}  // namespace fleet::api::rest
