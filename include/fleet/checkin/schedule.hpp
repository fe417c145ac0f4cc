#pragma once

#include <chrono>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <unordered_map>
#include <vector>

#include "fleet/checkin/detail_queries.hpp"
#include "fleet/checkin/policy_plan.hpp"
#include "fleet/core/host.hpp"
#include "fleet/store/schedule_store.hpp"

namespace fleet::checkin {

/// The configuration of a group of hosts, as bytes ready to send.
struct ConfigDocument {
    std::shared_ptr<const std::string> body{};
    std::shared_ptr<const std::string> body_with_etag{};
    std::string etag{};
    // What the document tells agents about their polling (agent-api B.4 step 5).
    std::optional<std::int64_t> distributed_interval{}, config_tls_refresh{}, logger_tls_period{};
};

/// Label questions for hosts of one team and platform: JSON members without braces, and the ids.
struct LabelWork {
    std::string queries{};
    std::string discovery{};
    std::vector<LabelId> ids{};
    Time changed{};  // when the newest of them was made or got another query
};

/// One version of everything that agents are given, immutable but for its cache of built
/// documents. Safe from any thread.
class Schedule {
public:
    explicit Schedule(store::ScheduleData data);
    ~Schedule();

    std::uint64_t revision() const { return data_.revision; }

    /// The document for a host of that team, platform and labels (sorted); built at most once per
    /// distinct outcome. Queries that leave a label out wait until the host, asked at `asked` for
    /// the last time, has answered whether it is in it. Packs may also be for the host itself.
    std::shared_ptr<const ConfigDocument> config_for(
        std::optional<TeamId> team,
        const std::string& raw_platform,
        const std::vector<LabelId>& labels,
        Time asked = Time::max(),
        HostId host = {}
    ) const;
    std::shared_ptr<const LabelWork> labels_for(
        std::optional<TeamId> team,
        const std::string& raw_platform,
        Platform platform,
        const std::string& os_version
    ) const;

    /// The detail questions for hosts of a team and platform, with replaced and switched-off ones
    /// taken into account.
    std::shared_ptr<const DetailText> details_for(std::optional<TeamId> team, Platform platform)
        const;
    bool collects_software(std::optional<TeamId> team) const;
    /// Whether any scheduled query leaves out labels, so that config_for() looks at `asked`.
    bool leaves_out_labels() const { return leaves_out_labels_; }
    /// Hosts are asked its SQL.
    bool is_dynamic_label(LabelId id) const;
    /// Labels of people's that are new or lost or gained many members at once since `before`, and
    /// labels that `before` has and this one has not.
    struct LabelNews {
        std::vector<LabelId> changed{};
        std::vector<LabelId> gone{};
        bool to_ask = false;  // a dynamic one is new or has another query
    };
    LabelNews label_news_since(const Schedule& before) const;

    const PolicyPlan& policies() const { return *policies_; }

    /// How long the team's agents are to be held: its own agent_options.distributed_hold, or the
    /// global one; nothing when neither is set.
    std::optional<std::chrono::milliseconds> hold_for(std::optional<TeamId> team) const;
    bool has_holds() const;

    /// The saved query behind an agent's name for it ("pack/Global/x"), or nothing when the server
    /// does not know it. `of_other_team` tells the two reasons apart.
    const store::ScheduledQuery* find(
        std::string_view agent_name, std::optional<TeamId> team, bool* of_other_team = nullptr
    ) const;
    /// In the agents' configuration: interval set, and somebody wants the rows (B.4 step 3).
    bool is_scheduled(const store::ScheduledQuery& query) const;
    /// Rows of this query are kept as its report.
    bool stores_report(const store::ScheduledQuery& query) const;
    bool reports_disabled() const { return reports_disabled_; }

private:
    struct Options;
    /// Which queries and which packs a host gets.
    struct Scope {
        std::vector<bool> queries{};
        std::vector<bool> packs{};
    };
    std::shared_ptr<const ConfigDocument> build(
        std::optional<TeamId> team, const std::string& raw_platform, const Scope& scope
    ) const;
    bool in_scope(
        const store::ScheduledQuery& query, const std::vector<LabelId>& labels, Time asked
    ) const;
    const store::LabelQuery* find_label(LabelId id) const;

    store::ScheduleData data_;
    std::unique_ptr<Options> options_;
    std::unique_ptr<const PolicyPlan> policies_;
    bool reports_disabled_ = false;
    bool leaves_out_labels_ = false;
    std::vector<std::size_t> label_scoped_;  // positions of scheduled queries that name labels
    std::map<std::pair<std::uint64_t, std::string>, std::size_t> by_name_;  // (team or 0, name)

    mutable std::mutex mutex_;
    mutable std::map<
        std::tuple<std::uint64_t, std::string, std::string>,
        std::shared_ptr<const ConfigDocument>>
        documents_;
    mutable std::map<std::tuple<std::uint64_t, std::string>, std::shared_ptr<const LabelWork>>
        label_work_;
    mutable std::map<std::pair<const DetailSettings*, Platform>, std::shared_ptr<const DetailText>>
        details_;
};

/// The parts of an agent's query name; nothing when it is not one of ours (agent-api B.5).
struct AgentQueryName {
    std::optional<TeamId> team{};  // none: Global
    std::string_view query{};
};
std::optional<AgentQueryName> parse_agent_query_name(std::string_view name);

}  // namespace fleet::checkin
