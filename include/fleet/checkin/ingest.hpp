#pragma once

#include <functional>
#include <optional>
#include <string_view>
#include <vector>

#include "fleet/checkin/agent_json.hpp"
#include "fleet/core/host.hpp"

namespace fleet::checkin {

/// Resolves the name under which an agent runs a scheduled query to the query's id.
using ResolveQuery = std::function<std::optional<QueryId>(std::string_view agent_name)>;

/// Adds the answer of one detail query (name without prefix) to the update. Failed queries are
/// not passed in: old data stays. Values come as text; "" counts as absent or 0.
void ingest_detail(
    std::string_view name,
    const std::vector<RowText>& rows,
    const ResolveQuery& resolve,
    HostUpdate& update
);

/// The same for the first rows that come with an enrolment.
void ingest_enrollment(const EnrollBody& body, HostVitals& vitals);

/// Digest over what was reported, without what changes all the time (uptime, free space).
ContentDigest vitals_digest(const HostVitals& vitals);
ContentDigest users_digest(const std::vector<HostUser>& users);
ContentDigest batteries_digest(const std::vector<HostBattery>& batteries);
ContentDigest certificates_digest(const std::vector<HostCertificate>& certificates);
ContentDigest text_digest(std::string_view text);

/// Takes out of the update whatever equals what the host reported before, by digest, and lists
/// the digests that are new.
void drop_unchanged(HostUpdate& update, const HostDigests& known);
/// The same for software, part by part. False: nothing is new.
bool drop_unchanged(SoftwareReport& report, const HostDigests& known, HostUpdate& update);

}  // namespace fleet::checkin
