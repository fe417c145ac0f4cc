#include "fleet/service/host_email_service.hpp"

#include <array>

#include "fleet/core/json.hpp"

namespace fleet::service {
namespace {

constexpr const char* kCustom = "custom";
constexpr const char* kIdp = "idp";

std::string idp_details(const store::HostRecord& host, const std::string& username) {
    return json::dump(
        {{"host_id", raw(host.id)},
         {"host_display_name", host.display_name},
         {"host_idp_username", username}}
    );
}

}  // namespace

Result<store::HostRecord> HostEmailService::find(const Viewer& viewer, HostId host, Action action) {
    FLEET_CHECK(authorize(viewer, action, Object::anywhere()));
    auto record = deps_.hosts.find(host);
    if (!record) return fail(Error::not_found("Host", to_text(host)));
    FLEET_CHECK(authorize(viewer, action, Object::of_host_team(record->team_id)));
    return std::move(*record);
}

std::vector<store::HostEmail> HostEmailService::of(HostId host) {
    std::vector<store::HostEmail> out;
    for (auto& [id, email] : deps_.emails.of_hosts(std::array{host}))
        out.push_back(std::move(email));
    return out;
}

Result<std::vector<store::HostEmail>> HostEmailService::list(const Viewer& viewer, HostId host) {
    FLEET_CHECK(find(viewer, host, Action::read_host));
    return of(host);
}

Result<std::vector<store::HostEmail>> HostEmailService::set(
    const Viewer& viewer, HostId host, const std::string& email, const std::string& source
) {
    FLEET_TRY(const store::HostRecord record, find(viewer, host, Action::write_device_mapping));
    if (email.find_first_not_of(" \t\r\n") == std::string::npos) {
        return fail(Error::invalid("email", "missing required argument"));
    }
    constexpr std::size_t kLongest = 255;
    if (email.size() > kLongest) {
        return fail(Error::invalid("email", "cannot be longer than 255 bytes"));
    }
    const std::string kind = source.empty() ? kCustom : source;
    if (kind != kCustom && kind != kIdp) {
        return fail(Error::invalid("source", "must be \"custom\" or \"idp\""));
    }
    const bool found = deps_.emails.set(host, kind, email, [&](store::Session& session) {
        if (kind != kIdp) return;
        deps_.activities.record(
            session, viewer, "edited_host_idp_data", idp_details(record, email)
        );
    });
    if (!found) return fail(Error::not_found("Host", to_text(host)));
    return of(host);
}

Result<> HostEmailService::remove_idp(const Viewer& viewer, HostId host) {
    FLEET_TRY(const store::HostRecord record, find(viewer, host, Action::write_device_mapping));
    const bool found = deps_.emails.set(host, kIdp, std::nullopt, [&](store::Session& session) {
        deps_.activities.record(session, viewer, "edited_host_idp_data", idp_details(record, ""));
    });
    if (!found) return fail(Error::not_found("Host", to_text(host)));
    return {};
}

}  // namespace fleet::service
