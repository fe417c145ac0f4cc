#include "checkins_impl.hpp"
#include "fleet/core/json.hpp"
#include "fleet/core/utf8.hpp"
#include "fleet/store/carve_upload_store.hpp"

namespace fleet::checkin {
namespace {

constexpr std::int64_t kMaxBlockSize = 256LL << 20;
constexpr std::int64_t kMaxCarveSize = 8LL << 30;
constexpr std::size_t kMaxRequestId = 64;
constexpr std::size_t kMaxSessionId = 255;

/// agent-api A.8 "Reference validation in begin"; empty when fine.
std::string fault_of(const CarveBegin& in) {
    if (in.carve_size <= 0) return "carve_size must be greater than 0";
    if (in.block_size <= 0 || in.block_size > kMaxBlockSize) {
        return "block_size must be between 1 byte and 256 MiB";
    }
    if (in.carve_size > kMaxCarveSize) return "carve_size exceeds the maximum of 8 GiB";
    const std::int64_t blocks = (in.carve_size + in.block_size - 1) / in.block_size;
    if (in.block_count != blocks) return "carve_size does not match block_size and block_count";
    if (in.request_id.empty() || in.request_id.size() > kMaxRequestId) {
        return "request_id must have 1 to 64 characters";
    }
    if (in.carve_id.size() > kMaxRequestId) return "carve_id must have at most 64 characters";
    return {};
}

}  // namespace

void Checkins::carve_begin(AgentRequest request, Reply reply) {
    auto body = parse_carve_begin(request.body);
    if (!body) return reply(refusal(400, "carve request is not valid JSON"));
    std::string key = body->node_key;
    Impl* impl = impl_.get();
    impl->with_host(
        std::move(key),
        std::move(request.header_key),
        std::move(reply),
        [impl, begin = *body](const HostRef& entry, const Reply& answer) {
            if (const std::string fault = fault_of(begin); !fault.empty()) {
                return answer(refusal(400, fault));
            }
            impl->on_worker(answer, [impl, begin, entry, answer] {
                const std::string hostname =
                    entry->with([](const HostFacts& facts) { return facts.hostname.str(); });
                store::NewCarve carve;
                carve.host = entry->id;
                carve.carve_id = begin.carve_id;
                carve.request_id = begin.request_id;
                carve.block_count = begin.block_count;
                carve.block_size = begin.block_size;
                carve.carve_size = begin.carve_size;
                carve.session_id = random_uuid();
                const Time second = from_unix_seconds(unix_seconds(impl->deps.clock.now()));
                carve.name =
                    clipped(hostname + "-" + to_rfc3339(second) + "-" + begin.request_id, 512);
                impl->deps.carves.begin(carve);
                json::Value out = json::Value::object();
                out["session_id"] = carve.session_id;
                out["success"] = true;
                answer({200, json::dump(out), {}});
            });
        }
    );
}

/// The body carries no node key: session and request id are the credentials.
void Checkins::carve_block(AgentRequest request, Reply reply) {
    Impl* impl = impl_.get();
    impl->on_worker(reply, [impl, request = std::move(request), reply] {
        const auto body = parse_carve_block(request.body);
        if (!body || body->session_id.empty() || body->session_id.size() > kMaxSessionId ||
            body->request_id.size() > kMaxRequestId) {
            return reply(refusal(400, "carve block is not valid JSON"));
        }
        const auto data = base64_decode(body->data);
        if (!data) return reply(refusal(400, "carve block data is not base64"));
        const auto added =
            impl->deps.carves.add_block(body->session_id, body->request_id, body->block_id, *data);
        if (!added) {
            const auto& fields = added.error().fields;
            return reply(refusal(400, fields.empty() ? added.error().message : fields[0].reason));
        }
        reply({200, R"({"success":true})", {}});
    });
}

}  // namespace fleet::checkin
