#include <algorithm>
#include <string_view>

#include "fleet/core/utf8.hpp"
#include "fleet/service/pack_service.hpp"

namespace fleet::service {
namespace {

constexpr std::size_t kMaxName = 255;
constexpr std::size_t kMaxTargets = 10'000;
/// What osquery takes; other intervals it drops (agent-api A.4.2).
constexpr std::uint32_t kLongestInterval = 604'800;

Error bad(const std::string& reason) {
    return Error::bad_request("pack payload verification: " + reason);
}

bool is_blank(std::string_view text) {
    return text.find_first_not_of(" \t\r\n") == std::string_view::npos;
}

/// Names under which the server sends saved queries (agent-api B.4).
bool is_reserved(std::string_view name) {
    constexpr std::string_view kTeam = "team-";
    if (name == "Global") return true;
    if (!name.starts_with(kTeam) || name.size() == kTeam.size()) return false;
    name.remove_prefix(kTeam.size());
    return name.find_first_not_of("0123456789") == std::string_view::npos;
}

}  // namespace

Result<> check_pack(const store::PackFields& fields) {
    if (is_blank(fields.name)) return fail(bad("pack name cannot be empty"));
    if (fields.name.size() > kMaxName) {
        return fail(bad("pack name cannot be longer than 255 bytes"));
    }
    if (is_reserved(fields.name)) {
        return fail(bad("the name \"" + fields.name + "\" is kept for scheduled queries"));
    }
    if (fields.platform.size() > kMaxName) return fail(bad("platform is too long"));
    const store::PackTargets& t = fields.targets;
    if (std::max({t.labels.size(), t.hosts.size(), t.teams.size()}) > kMaxTargets) {
        return fail(bad("more than 10000 targets of one kind: use a label"));
    }
    return {};
}

Result<> check_pack_query(const store::PackQueryFields& fields) {
    if (is_blank(fields.name)) return fail(Error::invalid("name", "must not be empty"));
    if (fields.name.size() > kMaxName) {
        return fail(Error::invalid("name", "must not be longer than 255 bytes"));
    }
    if (fields.interval < 1 || fields.interval > kLongestInterval) {
        return fail(Error::invalid("interval", "must be between 1 and 604800 seconds"));
    }
    if (fields.shard && (*fields.shard < 1 || *fields.shard > 100)) {
        return fail(Error::invalid("shard", "must be between 1 and 100"));
    }
    if (fields.platform && fields.platform->size() > kMaxName) {
        return fail(Error::invalid("platform", "is too long"));
    }
    if (fields.version && fields.version->size() > 64) {
        return fail(Error::invalid("version", "is too long"));
    }
    return {};
}

}  // namespace fleet::service
