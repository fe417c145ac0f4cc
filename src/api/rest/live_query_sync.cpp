#include "fleet/api/rest/live_query_sync.hpp"

#include <algorithm>
#include <charconv>
#include <mutex>
#include <set>

#include "fleet/core/log.hpp"
#include "fleet/core/worker_pool.hpp"
#include "live_query_wait.hpp"

namespace fleet::api::rest {
namespace {

struct RunSaved {
    std::vector<HostId> host_ids{};
    static void fields(auto&& field) { field("host_ids", &RunSaved::host_ids); }
};

struct RunMany {
    std::vector<QueryId> query_ids{};
    std::vector<HostId> host_ids{};
    static void fields(auto&& field) {
        field("query_ids", &RunMany::query_ids);
        field("host_ids", &RunMany::host_ids);
    }
};

struct HostQuery {
    std::string query{};
    static void fields(auto&& field) { field("query", &HostQuery::query); }
};

template <class T>
Result<T> body_of(const http::Request& request) {
    FLEET_TRY(auto body, json::parse(request.body));
    FLEET_CHECK(json::accept_aliases(body));
    T out;
    FLEET_CHECK(json::decode(body, out, ""));
    return out;
}

template <class Id>
void sort_unique(std::vector<Id>& ids) {
    std::sort(ids.begin(), ids.end());
    ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
}

// Digits only, by the route. A number too large for any id finds nothing, like 0.
template <class Id>
Id id_of(const http::Request& request) {
    const auto text = request.path_param("id");
    std::uint64_t id = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), id);
    return error == std::errc{} ? static_cast<Id>(id) : Id{};
}

std::string json_quoted(std::string_view text) {
    return json::dump(json::Value(std::string{text}));
}

// Rows stay the text they came as; only what is around them is made here.
std::string results_text(const LiveQueryWait::Results& results) {
    std::string out = "[";
    for (const auto& [host, result] : results) {
        if (out.size() > 1) out += ',';
        out += "{\"host_id\":" + to_text(host) + ",\"rows\":" + result.rows + ",\"error\":";
        out += result.error.empty() ? "null" : json_quoted(result.error);
        out += '}';
    }
    return out + "]";
}

http::Response json_text(std::string text) {
    http::Response response;
    response.body = std::move(text) + "\n";
    return response;
}

std::string ids_text(QueryId id) {
    return "\"query_id\":" + to_text(id) + ",\"report_id\":" + to_text(id);
}

/// The answer of GET /reports/run: campaigns end one by one, the last one sends it.
class ManyAnswers {
public:
    ManyAnswers(std::size_t queries, std::size_t hosts, http::Responder respond)
        : left_{queries}, hosts_{hosts}, respond_{std::move(respond)} {}

    void add(QueryId id, const LiveQueryWait::Results& results) {
        for (const auto& [host, result] : results)
            responded_.insert(host);
        put("{" + ids_text(id) + ",\"results\":" + results_text(results) + "}");
    }
    void add(QueryId id, const Error& error) {
        const bool forbidden = error.kind == ErrorKind::forbidden;
        const auto reason = error.fields.empty() ? error.message : error.fields.front().reason;
        if (!forbidden) all_forbidden_ = false;
        put("{" + ids_text(id) + ",\"error\":" + json_quoted(forbidden ? "forbidden" : reason) +
                ",\"results\":null}",
            true);
    }

private:
    void put(const std::string& item, bool failed = false) {
        if (!failed) all_forbidden_ = false;
        items_ += (items_.empty() ? "" : ",") + item;
        if (--left_ > 0) return;
        if (all_forbidden_) return respond_(error_response(Error::forbidden()));
        respond_(json_text(
            "{\"summary\":{\"targeted_host_count\":" + std::to_string(hosts_) +
            ",\"responded_host_count\":" + std::to_string(responded_.size()) +
            "},\"live_query_results\":[" + items_ + "]}"
        ));
    }

public:
    std::mutex mutex{};  // callers hold it

private:
    std::size_t left_;
    std::size_t hosts_;
    http::Responder respond_;
    std::set<HostId> responded_{};
    std::string items_{};
    bool all_forbidden_ = true;
};

}  // namespace

std::chrono::milliseconds LiveQuerySyncApi::wait_from(const char* text) {
    constexpr std::chrono::milliseconds kDefault{25'000};
    if (text == nullptr) return kDefault;
    const auto parsed = parse_go_duration(text);
    if (!parsed || parsed->count() <= 0) return kDefault;
    return std::chrono::duration_cast<std::chrono::milliseconds>(*parsed);
}

void LiveQuerySyncApi::add(
    Endpoints& endpoints,
    http::Method method,
    const char* path,
    const char* name,
    Handler handler,
    detail::Types (*describe)()
) {
    endpoints.add_async(
        {.method = method, .path = path, .name = name, .who = Who::user, .describe = describe},
        {.effect = Effect::writes},  // runs a query, also by GET
        [this, &endpoints, handler](http::Request request, http::Responder respond) {
            // std::function must be copyable, a responder is not.
            auto call = std::make_shared<std::pair<http::Request, http::Responder>>(
                std::move(request), std::move(respond)
            );
            const bool taken = deps_.workers.submit([this, &endpoints, handler, call] {
                try {
                    const auto viewer = endpoints.check(call->first, Who::user);
                    if (!viewer) return call->second(error_response(viewer.error()));
                    (this->*handler)(*viewer, call->first, std::move(call->second));
                } catch (const std::exception& error) {
                    log::error("live query request failed", {{"error", error.what()}});
                    call->second(error_response(Error::internal("Unknown Error")));
                }
            });
            if (!taken) call->second(error_response(Error::unavailable("the server is busy")));
        }
    );
}

void LiveQuerySyncApi::add_to(Endpoints& endpoints) {
    using Api = LiveQuerySyncApi;
    const auto post = http::Method::post;
    add(endpoints,
        post,
        "/reports/{id:uint}/run",
        "run_saved_query_sync",
        &Api::run_saved,
        &detail::describe<RunSaved, json::Value>);
    add(endpoints,
        http::Method::get,
        "/reports/run",
        "run_queries_sync",
        &Api::run_many,
        &detail::describe<RunMany, json::Value>);
    add(endpoints,
        post,
        "/hosts/{id:uint}/query",
        "query_host",
        &Api::query_host,
        &detail::describe<HostQuery, json::Value>);
    add(endpoints,
        post,
        "/hosts/identifier/{identifier}/query",
        "query_host_by_identifier",
        &Api::query_identifier,
        &detail::describe<HostQuery, json::Value>);
}

void LiveQuerySyncApi::run_saved(
    const Viewer& viewer, const http::Request& request, http::Responder respond
) {
    auto body = body_of<RunSaved>(request);
    if (!body) return respond(error_response(body.error()));
    if (body->host_ids.empty()) {
        return respond(error_response(Error::bad_request("query_ids and host_ids are required")));
    }
    sort_unique(body->host_ids);
    const auto id = id_of<QueryId>(request);
    const auto campaign =
        deps_.live_queries.start(viewer, {.query = id}, {.hosts = body->host_ids});
    if (!campaign) return respond(error_response(campaign.error()));
    deps_.live_queries.note_reader(campaign->id);
    auto shared = std::make_shared<http::Responder>(std::move(respond));
    const auto targeted = body->host_ids.size();
    std::make_shared<LiveQueryWait>(
        deps_,
        campaign->id,
        campaign->targets.size(),
        [id, targeted, shared](const LiveQueryWait::Results& results) {
            (*shared)(json_text(
                "{" + ids_text(id) + ",\"targeted_host_count\":" + std::to_string(targeted) +
                ",\"responded_host_count\":" + std::to_string(results.size()) +
                ",\"results\":" + results_text(results) + "}"
            ));
        }
    )->start();
}

void LiveQuerySyncApi::run_many(
    const Viewer& viewer, const http::Request& request, http::Responder respond
) {
    auto body = body_of<RunMany>(request);
    if (!body) return respond(error_response(body.error()));
    if (body->host_ids.empty() || body->query_ids.empty()) {
        return respond(error_response(Error::bad_request("query_ids and host_ids are required")));
    }
    sort_unique(body->host_ids);
    sort_unique(body->query_ids);
    auto answers = std::make_shared<ManyAnswers>(
        body->query_ids.size(), body->host_ids.size(), std::move(respond)
    );
    for (const auto id : body->query_ids) {
        const auto campaign =
            deps_.live_queries.start(viewer, {.query = id}, {.hosts = body->host_ids});
        if (!campaign) {
            const std::lock_guard lock{answers->mutex};
            answers->add(id, campaign.error());
            continue;
        }
        deps_.live_queries.note_reader(campaign->id);
        std::make_shared<LiveQueryWait>(
            deps_,
            campaign->id,
            campaign->targets.size(),
            [id, answers](const LiveQueryWait::Results& results) {
                const std::lock_guard lock{answers->mutex};
                answers->add(id, results);
            }
        )->start();
    }
}

void LiveQuerySyncApi::query_host(
    const Viewer& viewer, const http::Request& request, http::Responder respond
) {
    const auto id = id_of<HostId>(request);
    const auto started = start_host_query(viewer, id, request, respond);
    if (!started) respond(error_response(started.error()));
}

void LiveQuerySyncApi::query_identifier(
    const Viewer& viewer, const http::Request& request, http::Responder respond
) {
    const std::string identifier{request.path_param("identifier")};
    const auto id = deps_.hosts.find_identifier(identifier);
    if (!id) {
        return respond(error_response(Error::bad_request(
            "host not found: " + identifier + ": Host was not found in the datastore"
        )));
    }
    const auto started = start_host_query(viewer, *id, request, respond);
    if (!started) respond(error_response(started.error()));
}

Result<> LiveQuerySyncApi::start_host_query(
    const Viewer& viewer, HostId host, const http::Request& request, http::Responder& respond
) {
    FLEET_TRY(auto body, body_of<HostQuery>(request));
    const auto first = body.query.find_first_not_of(" \t\r\n");
    if (first == std::string::npos) return fail(Error::bad_request("query is required"));
    body.query = body.query.substr(first, body.query.find_last_not_of(" \t\r\n") + 1 - first);
    FLEET_CHECK(deps_.live_queries.may_query_host(viewer, host));

    const auto answer = [host, sql = body.query](const char* status, const std::string& rest) {
        return json_text(
            "{\"host_id\":" + to_text(host) + ",\"rows\":" + rest +
            ",\"query\":" + json_quoted(sql) + ",\"status\":\"" + status + "\"}"
        );
    };
    if (deps_.live_queries.status(host) != HostStatus::online) {
        FLEET_CHECK(deps_.live_queries.ready());
        respond(answer("offline", "null"));
        return {};
    }
    FLEET_TRY(
        const auto campaign,
        deps_.live_queries.start(viewer, {.sql = body.query}, {.hosts = {host}})
    );
    deps_.live_queries.note_reader(campaign.id);
    auto shared = std::make_shared<http::Responder>(std::move(respond));
    std::make_shared<LiveQueryWait>(
        deps_,
        campaign.id,
        campaign.targets.size(),
        [answer, shared](const LiveQueryWait::Results& results) {
            if (results.empty()) {
                return (*shared)(answer("online", R"(null,"error":"timeout waiting for results")"));
            }
            const auto& result = results.begin()->second;
            const auto error =
                result.error.empty() ? std::string{} : ",\"error\":" + json_quoted(result.error);
            (*shared)(answer("online", result.rows + error));
        }
    )->start();
    return {};
}

}  // namespace fleet::api::rest
