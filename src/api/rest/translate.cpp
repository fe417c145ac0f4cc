#include "fleet/api/rest/translate.hpp"

namespace fleet::api::rest {

struct TranslateIdentifier {
    std::string identifier{};
    static void fields(auto&& field) { field("identifier", &TranslateIdentifier::identifier); }
};

struct TranslateItem {
    std::string type{};
    TranslateIdentifier payload{};
    static void fields(auto&& field) {
        field("type", &TranslateItem::type);
        field("payload", &TranslateItem::payload);
    }
};

struct TranslateRequest {
    std::optional<std::vector<TranslateItem>> list{};
    static void fields(auto&& field) { field("list", &TranslateRequest::list); }
};

std::span<const Row<TranslateApi>> TranslateApi::rows() {
    static constexpr Row<TranslateApi> kRows[] = {
        post<&TranslateApi::translate>("/translate", Who::user, "translate"),
    };
    return kRows;
}

Result<json::Value> TranslateApi::translate(const Viewer& viewer, const TranslateRequest& request) {
    constexpr std::size_t kMost = 10'000;
    if (!request.list) return fail(Error::bad_request("list must be given"));
    if (request.list->size() > kMost) return fail(Error::bad_request("list is too long"));
    std::vector<service::NamedThing> things;
    for (const TranslateItem& item : *request.list)
        things.push_back({item.type, item.payload.identifier});
    FLEET_TRY(const auto translated, translator_.translate(viewer, std::move(things)));
    json::Value out = json::Value::array();
    for (const service::NamedThing& thing : translated) {
        out.push_back(
            {{"type", thing.type},
             {"payload", {{"identifier", thing.identifier}, {"id", thing.id}}}}
        );
    }
    return json::Value{{"list", std::move(out)}};
}

}  // namespace fleet::api::rest
