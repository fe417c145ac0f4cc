#include "fleet/api/rest/carves.hpp"

#include "fleet/api/rest/paging.hpp"
#include "fleet/core/crypto.hpp"

namespace fleet::api::rest {

struct CarveListParams : PageParams {
    bool expired = false;
    static void fields(auto&& field) {
        page_fields<CarveListParams>(field);
        field("expired", &CarveListParams::expired, json::in_query);
    }
};

struct CarveIdParams {
    CarveId id{};
    static void fields(auto&& field) { field("id", &CarveIdParams::id, json::in_path); }
};

struct CarveBlockParams {
    CarveId id{};
    std::int64_t block_id = 0;
    static void fields(auto&& field) {
        field("id", &CarveBlockParams::id, json::in_path);
        field("block_id", &CarveBlockParams::block_id, json::in_path);
    }
};

namespace {

struct CarveDto : store::Carve {
    static void fields(auto&& field) {
        field("id", &CarveDto::id);
        field("created_at", &CarveDto::created_at);
        field("host_id", &CarveDto::host);
        field("name", &CarveDto::name);
        field("block_count", &CarveDto::block_count);
        field("block_size", &CarveDto::block_size);
        field("carve_size", &CarveDto::carve_size);
        field("carve_id", &CarveDto::carve_id);
        field("request_id", &CarveDto::request_id);
        field("session_id", &CarveDto::session_id);
        field("expired", &CarveDto::expired);
        field("max_block", &CarveDto::max_block);
        field("error", &CarveDto::error, json::omit_empty);
    }
};

}  // namespace

std::span<const Row<CarveApi>> CarveApi::rows() {
    static constexpr Row<CarveApi> kRows[] = {
        rest::get<&CarveApi::list>("/carves", Who::user, "list_carves"),
        rest::get<&CarveApi::get>("/carves/{id:uint}", Who::user, "get_carve"),
        rest::get<&CarveApi::block>(
            "/carves/{id:uint}/block/{block_id:uint}", Who::user, "get_carve_block"
        ),
    };
    return kRows;
}

Result<json::Value> CarveApi::list(const Viewer& viewer, const CarveListParams& params) {
    FLEET_TRY(const Paging paging, to_paging(params));
    const auto expired = params.expired ? store::ExpiredCarves::show : store::ExpiredCarves::hide;
    FLEET_TRY(const auto carves, carves_.list(viewer, expired, paging));
    json::Value out = json::Value::array();
    for (const store::Carve& carve : carves)
        out.push_back(json::encode(CarveDto{carve}));
    return json::Value{{"carves", std::move(out)}};
}

Result<json::Value> CarveApi::get(const Viewer& viewer, const CarveIdParams& params) {
    FLEET_TRY(const store::Carve carve, carves_.get(viewer, params.id));
    return json::Value{{"carve", json::encode(CarveDto{carve})}};
}

Result<Raw> CarveApi::block(const Viewer& viewer, const CarveBlockParams& params) {
    FLEET_TRY(const std::string data, carves_.block(viewer, params.id, params.block_id));
    // Megabytes of base64 need no JSON library: none of its letters is escaped.
    Raw out;
    out.body = "{\"data\":\"" + base64_encode(data) + "\"}\n";
    return out;
}

}  // namespace fleet::api::rest
