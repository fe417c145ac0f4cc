#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "fleet/core/host.hpp"
#include "fleet/core/result.hpp"
#include "fleet/store/db.hpp"
#include "fleet/store/label_membership.hpp"
#include "fleet/store/software_catalog.hpp"

namespace fleet::store {

/// One enrolment, already checked and with the identifier chosen.
struct EnrollRequest {
    Digest secret{};
    std::string identifier{};
    std::string instance_id{};  // osquery's own installation id; may be empty
    Digest node_key{};
    HostVitals vitals{};
    int platform_mask = 0;
    Time at{};
    std::chrono::nanoseconds cooldown{0};
};

struct EnrollOutcome {
    enum class Kind { enrolled, bad_secret, expired_secret, used_up_secret, too_soon };
    Kind kind = Kind::bad_secret;
    HostId host{};
    bool created = false;
    bool duplicate_identity = false;
    std::string secret_name{};  // what people call the secret; empty: nothing
};

/// A built-in label and the raw platforms that belong to it.
struct BuiltinLabel {
    LabelId id{};
    std::string name{};
    std::string platform{};
};

/// One host's stored answer to a scheduled query; replaces the previous one.
struct ReportRow {
    QueryId query{};
    HostId host{};
    Time fetched{};
    std::string rows_json{};
    std::uint32_t row_count = 0;
    int left_out = 0;  // 1: too large for one host, 2: the report is full
};

/// What check-ins read and write. Every function blocks; many hosts share one statement.
class CheckinStore {
public:
    /// Last-opened times of software that moved by no more than `opened_step` are not written.
    explicit CheckinStore(Database& db, std::chrono::seconds opened_step = std::chrono::minutes{2})
        : db_{db}, opened_step_{opened_step} {}

    /// Every host, for the start of the server.
    void load_all(const std::function<void(HostFacts)>& each);
    std::vector<HostFacts> load(std::span<const HostId> ids);
    std::optional<HostFacts> find_by_key(const Digest& key);
    /// Hosts whose key, team, platform, intervals or refetch flag changed at or after `since`.
    std::vector<HostId> changed_since(Time since);
    std::vector<HostId> deleted_since(Time since);

    /// Enrols all in one transaction; one outcome a request, in order.
    std::vector<EnrollOutcome> enroll(std::span<const EnrollRequest> requests);

    /// What memory has to learn from an applied update.
    struct Applied {
        /// Which labels that look at attributes the hosts are in now, for hosts that told theirs.
        std::vector<CriteriaVerdict> labels{};
        /// Stored answers to policies of hosts whose memory of them was not, or is no longer,
        /// right.
        std::vector<PolicyStanding> policies{};
    };
    /// Applies all in one transaction. Hosts that no longer exist are left out.
    Applied apply(std::span<const HostUpdate> updates);
    /// How much software the update would add that no host had so far: what makes it expensive.
    std::size_t unknown_software(const HostUpdate& update) const;
    const SoftwareCatalog& catalog() const { return catalog_; }

    void save_seen(std::span<const std::pair<HostId, Time>> seen);

    /// Replaces reports; rows of deleted queries or hosts are left out.
    void save_reports(std::span<const ReportRow> rows);
    /// Bytes stored per query, for the cap on a whole report.
    std::vector<std::pair<QueryId, std::uint64_t>> report_sizes();

    std::vector<BuiltinLabel> builtin_labels();
    /// All members of a label, sorted.
    std::vector<HostId> label_members(LabelId label);

private:
    Database& db_;
    const std::chrono::seconds opened_step_;
    SoftwareCatalog catalog_{};
};

}  // namespace fleet::store
