#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "fleet/core/result.hpp"
#include "fleet/core/time.hpp"
#include "fleet/core/viewer.hpp"
#include "fleet/service/activities.hpp"
#include "fleet/service/events.hpp"
#include "fleet/store/label_store.hpp"

namespace fleet::service {

struct LabelWithHosts {
    store::Label label{};
    std::vector<HostId> hosts{};  // those that the viewer may see
};

/// Hosts as a client names them; neither: the members stay.
struct LabelMembers {
    std::optional<std::vector<std::string>> identifiers{};
    std::optional<std::vector<HostId>> ids{};

    bool given() const { return identifiers || ids; }
};

/// What a label is made from. At most one of query, members and criteria; none: an empty manual
/// one.
struct NewLabel {
    std::string name{}, description{}, query{}, platform{};
    LabelMembers members{};
    std::optional<std::string> criteria{};  // JSON text
    std::optional<TeamId> team{};
};

struct LabelChanges {
    std::optional<std::string> name{}, description{};
    LabelMembers members{};
};

/// One entry of `fleetctl apply`; what is left out is reset.
struct LabelSpec {
    std::string name{}, description{}, query{}, platform{};
    std::string type{}, membership{};  // as on the wire; empty: regular, dynamic
    std::optional<std::vector<std::string>> hosts{};
    std::optional<std::string> criteria{};  // JSON text
    std::optional<TeamId> team{};
};

struct ApplyLabels {
    std::vector<LabelSpec> specs{};
    std::vector<std::string> names_to_move{};  // may change their team
    bool dry_run = false;                      // only says what is wrong
};

/// A label as a spec: manual ones with their members.
struct LabelWithMembers {
    store::Label label{};
    std::vector<std::string> hosts{};
};

/// Labels, and who is in them (rest-api-a 14, 13.25).
class LabelService {
public:
    struct Deps {
        store::LabelStore& labels;
        Activities& activities;
        HostEvents& host_events;
        ScheduleEvents& schedule_events;
        const Clock& clock;
    };

    explicit LabelService(Deps deps) : deps_{deps} {}

    Result<std::vector<store::Label>> list(
        const Viewer& viewer, store::LabelFilter filter, const Paging& paging
    );
    Result<LabelWithHosts> get(const Viewer& viewer, LabelId id);
    Result<LabelWithHosts> create(const Viewer& viewer, const NewLabel& in);
    Result<LabelWithHosts> modify(const Viewer& viewer, LabelId id, const LabelChanges& in);
    Result<> remove(const Viewer& viewer, LabelId id);
    Result<> remove_named(const Viewer& viewer, const std::string& name);

    Result<std::vector<LabelWithMembers>> specs(const Viewer& viewer, store::LabelFilter filter);
    Result<LabelWithMembers> spec(const Viewer& viewer, const std::string& name);
    /// Upsert by name, all or none.
    Result<> apply(const Viewer& viewer, const ApplyLabels& in);

    /// Manual labels of one host.
    Result<> add_to_host(const Viewer& viewer, HostId host, std::span<const std::string> names);
    Result<> remove_from_host(
        const Viewer& viewer, HostId host, std::span<const std::string> names
    );

    /// The job: goes on with labels whose criteria were not judged for all hosts.
    void finish_filling();

private:
    Result<store::Label> writable(
        const Viewer& viewer, std::optional<store::Label> found, const std::string& key
    );
    Result<> remove(const Viewer& viewer, const store::Label& label);
    std::vector<HostId> members(const LabelMembers& named, const store::MemberScope& scope);
    void add_unseen(
        std::vector<HostId>& hosts, LabelId label, const std::optional<std::vector<TeamId>>& visible
    );
    LabelWithHosts with_hosts(const Viewer& viewer, store::Label label);
    Result<std::vector<LabelId>> manual_labels(
        std::span<const std::string> names, std::optional<TeamId> host_team
    );
    enum class Change { join, leave };
    Result<> change_host(
        const Viewer& viewer, HostId host, std::span<const std::string> names, Change change
    );
    Result<store::LabelUpsert> to_upsert(
        const Viewer& viewer, const LabelSpec& spec, const ApplyLabels& in
    );
    Result<> write(const Viewer& viewer, std::span<const store::LabelUpsert> upserts);

    Deps deps_;
};

}  // namespace fleet::service
