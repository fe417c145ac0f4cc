#include "host_filters.hpp"

namespace fleet::api::rest {
namespace {

struct FilterBody {
    std::optional<std::string> query{}, status{};
    std::optional<LabelId> label_id{};
    std::optional<TeamId> team_id{};
    static void fields(auto&& field) {
        field("query", &FilterBody::query);
        field("status", &FilterBody::status);
        field("label_id", &FilterBody::label_id);
        field("team_id", &FilterBody::team_id);
    }
};

}  // namespace

Result<service::HostSelection> to_selection(const json::Value& filters) {
    FilterBody body;
    FLEET_CHECK(json::decode(filters, body, "filters"));
    for (const auto& [key, value] : filters.items()) {
        bool known = false;
        FilterBody::fields([&, &key = key](const char* name, auto) { known = known || key == name; }
        );
        if (!known) {
            return fail(Error::bad_request("unsupported key provided: \"" + key + "\""));
        }
    }
    service::HostSelection out;
    if (body.query) {
        const auto first = body.query->find_first_not_of(" \t\r\n");
        const auto last = body.query->find_last_not_of(" \t\r\n");
        if (first != std::string::npos) {
            out.filter.text = body.query->substr(first, last - first + 1);
        }
    }
    if (body.status && !body.status->empty()) {
        out.status = service::parse_status_filter(*body.status);
        if (!out.status) return fail(Error::bad_request("Invalid status: " + *body.status));
    }
    out.filter.label = body.label_id;
    out.filter.team = body.team_id;
    return out;
}

}  // namespace fleet::api::rest
