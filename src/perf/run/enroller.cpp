#include "perf/run/enroller.hpp"

#include <nlohmann/json.hpp>

#include "perf/text.hpp"

namespace fleet::perf {
namespace {

constexpr unsigned kMaxAttempts = 12;  // --tls_enroll_max_attempts
constexpr unsigned kMaxWait = 600;     // --tls_enroll_max_interval

std::uint8_t bit(Activity activity) {
    return static_cast<std::uint8_t>(1U << static_cast<unsigned>(activity));
}

/// First row of a table without its empty columns, which a real host leaves out too.
nlohmann::ordered_json details(Engine::Batch& batch, const char* table) {
    const auto outcome = batch.run(std::string{"SELECT * FROM "} + table);
    if (outcome.rows.empty()) return {};
    auto row = nlohmann::ordered_json::parse(outcome.rows.front());
    auto result = nlohmann::ordered_json::object();
    for (const auto& [name, value] : row.items()) {
        if (!value.get_ref<const std::string&>().empty()) result[name] = value;
    }
    return result;
}

}  // namespace

bool Enroller::ready(Host& host, Activity activity) {
    if (host.enrolment == Host::Enrolment::done) return true;
    if (host.enrolment == Host::Enrolment::given_up) {
        // This call goes out with an empty key; the next one begins a new round.
        host.enrolment = Host::Enrolment::none;
        return true;
    }
    host.blocked |= bit(activity);
    if (host.enrolment == Host::Enrolment::none) {
        host.enrolment = Host::Enrolment::running;
        host.enroll_attempt = 0;
        attempt(host);
    }
    return false;
}

void Enroller::invalidate(Host& host, const Request& request) {
    // A reply to an older key says nothing about the present one.
    if (host.enrolment != Host::Enrolment::done || host.key_number != request.key_number) return;
    desk_.set_key(host, {});
    host.enrolment = Host::Enrolment::none;
}

std::string Enroller::body(const Host& host) {
    const Presence presence{host, desk_};
    Engine::Batch batch{desk_.engine_of(host), presence.context};
    nlohmann::ordered_json request;
    request["enroll_secret"] = desk_.options().enroll_secret;
    request["host_identifier"] = presence.profile.uuid;
    request["platform_type"] = std::to_string(platform_mask(presence.profile.family));
    auto& all = request["host_details"] = nlohmann::ordered_json::object();
    for (const auto* table : {"os_version", "osquery_info", "system_info", "platform_info"}) {
        if (auto row = details(batch, table); !row.empty()) all[table] = std::move(row);
    }
    return request.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
}

void Enroller::attempt(Host& host) {
    ++host.enroll_attempt;
    desk_.send(host, Endpoint::enroll, body(host), Desk::Clock::now());
}

void Enroller::on_reply(Host& host, const Request& request, const Reply& reply) {
    const auto heard = desk_.hear(request, reply);
    std::string key;
    for (const auto* name : {"node_key", "id"}) {
        const auto found = heard.document.find(name);
        if (key.empty() && found != heard.document.end() && found->is_string())
            key = found->get<std::string>();
    }
    if (!key.empty()) {
        desk_.set_key(host, key);
        host.enrolment = Host::Enrolment::done;
        auto& keys = desk_.shared().keys;
        if (keys.on()) keys.put(desk_.profile_of(host).uuid, key);
        desk_.recorder().update([](RunStats& stats) { ++stats.enrolled; });
        resume(host);
        return;
    }
    if (heard.ok) desk_.complain(Endpoint::enroll, "no node_key");
    if (host.enroll_attempt >= kMaxAttempts) {
        host.enrolment = Host::Enrolment::given_up;
        resume(host);
        return;
    }
    const unsigned attempts = host.enroll_attempt;
    const auto wait = std::chrono::seconds{std::min(attempts * attempts, kMaxWait)};
    desk_.at(host, Activity::enroll, Desk::Clock::now() + wait);
}

void Enroller::resume(Host& host) {
    for (std::size_t i = 0; i < kActivities; ++i) {
        const auto activity = static_cast<Activity>(i);
        if ((host.blocked & bit(activity)) != 0) desk_.at(host, activity, Desk::Clock::now());
    }
    host.blocked = 0;
}

}  // namespace fleet::perf
