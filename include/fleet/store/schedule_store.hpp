#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "fleet/core/ids.hpp"
#include "fleet/core/policy_scope.hpp"
#include "fleet/store/db.hpp"

namespace fleet::store {

/// A saved query as check-ins see it.
struct ScheduledQuery {
    QueryId id{};
    std::optional<TeamId> team{};
    std::string name{}, sql{}, platform{}, min_version{}, logging{};
    std::uint32_t interval = 0;
    bool automations = false;
    bool discard_data = false;
    std::vector<LabelId> labels_any{};
    std::vector<LabelId> labels_all{};
    std::vector<LabelId> labels_exclude{};  // hosts in one of them do not get it
};

/// A query of a pack of the old kind; what is absent is left to osquery.
struct ScheduledPackQuery {
    std::string name{}, sql{};
    std::uint32_t interval = 0;
    std::optional<bool> snapshot{}, removed{}, denylist{};
    std::optional<std::uint32_t> shard{};
    std::optional<std::string> platform{}, version{};
};

/// A pack of the old kind that is switched on, for hosts of any of its targets (each sorted).
struct ScheduledPack {
    std::string name{}, platform{};
    std::vector<LabelId> labels{};
    std::vector<HostId> hosts{};
    std::vector<TeamId> teams{};
    std::vector<ScheduledPackQuery> queries{};
};

/// A dynamic label: hosts are asked its SQL.
struct LabelQuery {
    LabelId id{};
    std::string sql{}, platform{};
    std::optional<TeamId> team{};
    Time asked_since{};  // hosts that were asked before are asked again
};

/// A label of people's, and how often many of its members changed at once.
struct LabelVersion {
    LabelId id{};
    std::uint64_t version = 0;
    bool operator==(const LabelVersion&) const = default;
};

/// A policy as check-ins see it.
struct PolicyQuery {
    PolicyId id{};
    PolicyScope scope{};
    std::string sql{};
    std::uint64_t answers_since = 0;  // answers to earlier questions do not count
    bool automated = false;           // beside webhooks and tickets, which settings decide
    bool continuous = false;
};

/// Everything that agents' configurations and distributed work are made from.
struct ScheduleData {
    std::uint64_t revision = 0;
    std::string app_config{};  // JSON text, "" before setup
    std::vector<std::pair<TeamId, std::string>> team_configs{};
    std::string no_team_config{};  // settings of hosts in no team; "": none
    std::vector<ScheduledQuery> queries{};
    std::vector<LabelQuery> labels{};
    std::vector<LabelVersion> label_versions{};  // by id
    std::vector<PolicyQuery> policies{};         // by id
    std::vector<ScheduledPack> packs{};          // only those with queries
};

/// Reads the schedule, and numbers its versions.
class ScheduleStore {
public:
    explicit ScheduleStore(Database& db) : db_{db} {}

    std::uint64_t revision();
    ScheduleData load();

private:
    Database& db_;
};

/// To be called in the transaction of every change to options, queries or labels that agents can
/// notice: raises the revision that all instances watch.
void bump_revision(Session& session);

}  // namespace fleet::store
