#include "fleet/store/carve_upload_store.hpp"

namespace fleet::store {
namespace {

const Sql kBegin{
    "begin_carve",
    "INSERT INTO carves (host_id, name, block_count, block_size, carve_size, carve_id, request_id, "
    "session_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"};
const Sql kFind{
    "find_carve_session",
    "SELECT id, request_id, block_count, block_size, max_block, expired FROM carves "
    "WHERE session_id = ? FOR UPDATE"};
const Sql kAddBlock{
    "add_carve_block", "INSERT INTO carve_blocks (carve_id, block_id, data) VALUES (?, ?, ?)"};
const Sql kAdvance{"advance_carve", "UPDATE carves SET max_block = ? WHERE id = ?"};
const Sql kFail{"fail_carve", "UPDATE carves SET error = ? WHERE id = ?"};

struct Carve {
    CarveId id{};
    std::string request_id{};
    std::int64_t block_count = 0, block_size = 0, max_block = -1;
    bool expired = false;
};

std::string fault_of(const Carve& carve, std::int64_t block_id, std::size_t size) {
    if (carve.expired) return "carve has expired";
    if (block_id > carve.block_count - 1) return "block_id exceeds expected max";
    if (block_id != carve.max_block + 1) {
        return "block_id does not match expected block (" + std::to_string(carve.max_block + 1) +
               ")";
    }
    if (static_cast<std::int64_t>(size) > carve.block_size)
        return "block is larger than block_size";
    return {};
}

}  // namespace

void CarveUploadStore::begin(const NewCarve& in) {
    db_.write([&](Session& session) {
        session.execute(
            kBegin,
            in.host,
            in.name,
            in.block_count,
            in.block_size,
            in.carve_size,
            in.carve_id,
            in.request_id,
            in.session_id
        );
    });
}

Result<> CarveUploadStore::add_block(
    const std::string& session_id,
    const std::string& request_id,
    std::int64_t block_id,
    const std::string& data
) {
    Result<> out;
    db_.write([&](Session& session) {
        out = {};
        const auto carve = session.one(
            kFind,
            [](const Row& row) {
                return Carve{
                    row.id<CarveId>(0),
                    row.str(1),
                    row.i64(2),
                    row.i64(3),
                    row.i64(4),
                    row.boolean(5)};
            },
            session_id
        );
        if (!carve || carve->request_id != request_id) {
            out = fail(Error::bad_request("unknown carve session or request"));
            return;
        }
        // osquery repeats a request after a broken connection: the block is already there.
        if (block_id >= 0 && block_id == carve->max_block) return;
        if (const std::string fault = fault_of(*carve, block_id, data.size()); !fault.empty()) {
            session.execute(kFail, fault, carve->id);
            out = fail(Error::bad_request(fault));
            return;
        }
        session.execute(kAddBlock, carve->id, block_id, data);
        session.execute(kAdvance, block_id, carve->id);
    });
    return out;
}

}  // namespace fleet::store
