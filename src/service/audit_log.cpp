#include "fleet/service/audit_log.hpp"

#include <algorithm>
#include <stdexcept>
#include <unordered_set>

#include "fleet/core/json.hpp"

namespace fleet::service {
namespace {

constexpr std::uint64_t kBatch = 500;
/// In one run; the rest waits for the next, so that other jobs get their turn.
constexpr int kBatches = 20;

std::unordered_set<std::uint64_t> ids_in(const std::vector<std::string>& lines) {
    std::unordered_set<std::uint64_t> out;
    for (const std::string& line : lines) {
        const json::Value value = json::Value::parse(line, nullptr, /*allow_exceptions=*/false);
        if (!value.is_object()) continue;
        const auto id = value.find("id");
        if (id != value.end() && id->is_number_unsigned()) out.insert(id->get<std::uint64_t>());
    }
    return out;
}

}  // namespace

std::string audit_line(const Activity& activity) {
    json::Value out = json::Value::object();
    out["id"] = activity.id;
    out["created_at"] = to_rfc3339(activity.created_at);
    out["type"] = activity.type;
    if (activity.actor) {
        out["actor_id"] = raw(activity.actor->id);
        out["actor_full_name"] = activity.actor->name;
        out["actor_email"] = activity.actor->email;
        out["actor_gravatar"] = "";
        out["actor_api_only"] = activity.actor->api_only;
        if (!activity.actor->ip.empty()) out["actor_ip"] = activity.actor->ip;
    }
    out["fleet_initiated"] = activity.fleet_initiated;
    json::Value details = json::Value::parse(activity.details, nullptr, false);
    if (!details.is_object()) details = nullptr;
    json::add_aliases(details);
    out["details"] = std::move(details);
    return json::dump(out);
}

void AuditLog::stream() {
    settle_last_batch();
    for (int i = 0; i < kBatches && write_some(); ++i) {
    }
}

void AuditLog::settle_last_batch() {
    const std::vector<std::uint64_t> open = rows_.on_their_way();
    if (open.empty()) return written_.clear();
    std::unordered_set<std::uint64_t> there{written_.begin(), written_.end()};
    if (there.empty()) {
        // Whoever took them is gone: another run of this server, or one that failed.
        if (const auto lines = destination_.last_lines(2 * kBatch)) there = ids_in(*lines);
    }
    std::vector<std::uint64_t> done;
    std::vector<std::uint64_t> again;
    for (const std::uint64_t id : open)
        (there.contains(id) ? done : again).push_back(id);
    rows_.mark_written(done);
    rows_.give_back(again);
    written_.clear();
}

bool AuditLog::write_some() {
    const std::vector<Activity> batch = rows_.take(kBatch);
    if (batch.empty()) return false;
    std::vector<std::string> texts;
    std::vector<std::string_view> lines;
    std::vector<std::uint64_t> ids;
    for (const Activity& activity : batch) {
        texts.push_back(audit_line(activity));
        ids.push_back(activity.id);
    }
    lines.assign(texts.begin(), texts.end());
    if (const auto taken = destination_.write(lines); !taken) {
        rows_.give_back(ids);  // none of the lines is there
        throw std::runtime_error{"audit log: " + taken.error().message};
    }
    written_ = std::move(ids);
    rows_.mark_written(written_);
    written_.clear();
    return batch.size() == kBatch;
}

}  // namespace fleet::service
