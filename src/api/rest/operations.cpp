#include "fleet/api/rest/operations.hpp"

namespace fleet::api::rest {

struct TriggerParams {
    std::string name{};
    static void fields(auto&& field) { field("name", &TriggerParams::name, json::in_query); }
};

struct DebugErrorsParams {
    bool flush = false;
    static void fields(auto&& field) { field("flush", &DebugErrorsParams::flush, json::in_query); }
};

struct DebugKeyParams {
    std::string key{};
    static void fields(auto&& field) { field("key", &DebugKeyParams::key, json::in_path); }
};

namespace {

Raw plain(int status, std::string text) {
    Raw out;
    out.status = status;
    out.content_type = "text/plain; charset=utf-8";
    out.body = std::move(text) + "\n";
    return out;
}

}  // namespace

std::span<const Row<OperationsApi>> OperationsApi::rows() {
    using Api = OperationsApi;
    // Open at the door: answer() asks who it is, and refuses in the words of rest-api-a 19.5.
    constexpr Who kSelf = Who::anyone;
    constexpr RowOptions kLiteral{.versions = Versions::literal};
    static constexpr Row<Api> kRows[] = {
        post<&Api::trigger>("/trigger", Who::user, "trigger_job"),
        rest::get<&Api::errors>("/debug/errors", kSelf, "debug_errors", kLiteral),
        rest::get<&Api::database>("/debug/db/{key}", kSelf, "debug_database", kLiteral),
        rest::get<&Api::migrations>("/debug/migrations", kSelf, "debug_migrations", kLiteral),
        rest::get<&Api::no_profile>("/debug/pprof/{name}", kSelf, "debug_profile", kLiteral),
    };
    return kRows;
}

template <class Ask>
Raw OperationsApi::answer(const Call& call, Ask&& ask) {
    const auto viewer = endpoints_.check(call.http, Who::user);
    if (!viewer) {
        const bool no_token = call.http.header("Authorization").empty();
        return plain(401, no_token ? "Please authenticate" : "Invalid authentication");
    }
    const Result<json::Value> value = ask(*viewer);
    if (!value) {
        if (value.error().kind == ErrorKind::forbidden) return plain(403, "Unauthorized");
        const Error& error = value.error();
        return plain(
            http_status(error.kind),
            error.fields.empty() ? error.message : error.fields.front().reason
        );
    }
    Raw out;
    out.body = json::dump(*value, 2) + "\n";
    return out;
}

Result<Empty> OperationsApi::trigger(const Viewer& viewer, const TriggerParams& params) {
    FLEET_CHECK(operations_.trigger(viewer, params.name));
    return Empty{};
}

Result<Raw> OperationsApi::errors(const Call& call, const DebugErrorsParams& params) {
    using Flush = service::Operations::Flush;
    return answer(call, [&](const Viewer& viewer) {
        return operations_.errors(viewer, params.flush ? Flush::yes : Flush::no);
    });
}

Result<Raw> OperationsApi::database(const Call& call, const DebugKeyParams& params) {
    return answer(call, [&](const Viewer& viewer) {
        return operations_.database(viewer, params.key);
    });
}

Result<Raw> OperationsApi::migrations(const Call& call, const Nothing&) {
    return answer(call, [&](const Viewer& viewer) { return operations_.migrations(viewer); });
}

Result<Raw> OperationsApi::no_profile(const Call&, const Nothing&) {
    return plain(404, "This server has no Go profiles");
}

}  // namespace fleet::api::rest
