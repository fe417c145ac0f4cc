#include "fleet/checkin/ingest.hpp"

namespace fleet::checkin {
namespace {

/// Collects fields so that neighbouring ones cannot run into each other.
class Hasher {
public:
    Hasher& add(std::string_view text) {
        const std::uint64_t size = text.size();
        buffer_.append(reinterpret_cast<const char*>(&size), sizeof size);
        buffer_.append(text);
        return *this;
    }
    Hasher& add(std::int64_t number) {
        buffer_.append(reinterpret_cast<const char*>(&number), sizeof number);
        return *this;
    }
    template <class T>
    Hasher& add(const std::optional<T>& value) {
        add(static_cast<std::int64_t>(value.has_value()));
        if (!value) return *this;
        if constexpr (std::is_same_v<T, std::string>) {
            return add(std::string_view{*value});
        } else if constexpr (std::is_same_v<T, Time>) {
            return add(static_cast<std::int64_t>(value->time_since_epoch().count()));
        } else {
            return add(static_cast<std::int64_t>(*value));
        }
    }
    ContentDigest digest() const { return content_digest(buffer_); }

private:
    std::string buffer_;
};

template <class T>
void settle(
    std::optional<T>& inventory,
    DigestKind kind,
    const ContentDigest& digest,
    const HostDigests& known,
    HostUpdate& update
) {
    if (known[static_cast<std::size_t>(kind)] == digest) {
        inventory.reset();
    } else {
        update.digests.emplace_back(kind, digest);
    }
}

}  // namespace

ContentDigest vitals_digest(const HostVitals& v) {
    Hasher h;
    h.add(v.hostname).add(v.computer_name).add(v.uuid).add(v.platform).add(v.platform_like);
    h.add(v.os_version).add(v.build).add(v.code_name).add(v.osquery_version);
    h.add(v.cpu_type).add(v.cpu_subtype).add(v.cpu_brand).add(v.cpu_physical_cores);
    h.add(v.cpu_logical_cores).add(v.memory).add(v.hardware_vendor).add(v.hardware_model);
    h.add(v.hardware_version).add(v.hardware_serial).add(v.primary_ip).add(v.primary_mac);
    h.add(v.public_ip).add(v.disk_encrypted);
    return h.digest();
}

ContentDigest users_digest(const std::vector<HostUser>& users) {
    Hasher h;
    for (const HostUser& u : users) {
        h.add(u.uid).add(u.username).add(u.type).add(u.groupname).add(u.shell);
    }
    return h.digest();
}

ContentDigest batteries_digest(const std::vector<HostBattery>& batteries) {
    Hasher h;
    for (const HostBattery& b : batteries)
        h.add(b.serial_number).add(b.cycle_count).add(b.health);
    return h.digest();
}

ContentDigest certificates_digest(const std::vector<HostCertificate>& certificates) {
    Hasher h;
    for (const HostCertificate& c : certificates) {
        h.add(c.sha1).add(c.common_name).add(c.subject).add(c.issuer).add(c.key_algorithm);
        h.add(c.key_usage).add(c.signing_algorithm).add(c.serial).add(c.source).add(c.username);
        h.add(c.key_strength).add(static_cast<std::int64_t>(c.authority));
        h.add(c.not_valid_before).add(c.not_valid_after);
    }
    return h.digest();
}

ContentDigest text_digest(std::string_view text) {
    Hasher h;
    h.add(text);
    return h.digest();
}

void drop_unchanged(HostUpdate& update, const HostDigests& known) {
    // A write that answers only some of the vitals has another digest than a full one; comparing
    // is only worth it for the full set, which hostname and OS stand for.
    if (update.vitals.hostname && update.vitals.os_version) {
        const ContentDigest digest = vitals_digest(update.vitals);
        if (known[static_cast<std::size_t>(DigestKind::vitals)] == digest) {
            HostVitals volatile_only;
            volatile_only.uptime_ns = update.vitals.uptime_ns;
            volatile_only.gigs_disk_space_available = update.vitals.gigs_disk_space_available;
            volatile_only.percent_disk_space_available = update.vitals.percent_disk_space_available;
            volatile_only.gigs_total_disk_space = update.vitals.gigs_total_disk_space;
            volatile_only.gigs_all_disk_space = update.vitals.gigs_all_disk_space;
            volatile_only.distributed_interval = update.vitals.distributed_interval;
            volatile_only.config_tls_refresh = update.vitals.config_tls_refresh;
            volatile_only.logger_tls_period = update.vitals.logger_tls_period;
            update.vitals = std::move(volatile_only);
        } else {
            update.digests.emplace_back(DigestKind::vitals, digest);
        }
    }
    if (update.users) {
        settle(update.users, DigestKind::users, users_digest(*update.users), known, update);
    }
    if (update.batteries) {
        settle(
            update.batteries,
            DigestKind::batteries,
            batteries_digest(*update.batteries),
            known,
            update
        );
    }
    if (update.certificates) {
        settle(
            update.certificates,
            DigestKind::certificates,
            certificates_digest(*update.certificates),
            known,
            update
        );
    }
    if (update.additional) {
        settle(
            update.additional,
            DigestKind::additional,
            text_digest(*update.additional),
            known,
            update
        );
    }
}

bool drop_unchanged(SoftwareReport& report, const HostDigests& known, HostUpdate& update) {
    const auto differs = [&](DigestKind kind, const ContentDigest& digest) {
        if (known[static_cast<std::size_t>(kind)] == digest) return false;
        update.digests.emplace_back(kind, digest);
        return true;
    };
    // Nothing to tell is what a host starts with: no row then says so.
    const auto of_facts = [](const std::string& packed) {
        return packed.empty() ? ContentDigest{} : content_digest(packed);
    };
    report.set_changed = differs(DigestKind::software, report.digest);
    report.paths_changed = differs(DigestKind::software_paths, of_facts(report.paths));
    report.opened_changed = differs(DigestKind::software_opened, of_facts(report.opened));
    if (!report.set_changed) {
        report.members = {};
        report.news = {};
    }
    return report.set_changed || report.paths_changed || report.opened_changed;
}

}  // namespace fleet::checkin
