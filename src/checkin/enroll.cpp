#include "checkins_impl.hpp"
#include "fleet/checkin/ingest.hpp"
#include "fleet/core/json.hpp"
#include "fleet/core/log.hpp"
#include "fleet/core/utf8.hpp"

namespace fleet::checkin {
namespace {

std::string detail(const EnrollBody& body, std::string_view table, std::string_view column) {
    for (const auto& [name, row] : body.host_details) {
        if (name == table) return clipped(value_of(row, column), 400);
    }
    return {};
}

/// agent-api B.2 step 3.
std::string identifier_of(const EnrollBody& body, IdentifierSource source) {
    std::string out;
    if (source == IdentifierSource::instance) out = detail(body, "osquery_info", "instance_id");
    if (source == IdentifierSource::uuid) out = detail(body, "osquery_info", "uuid");
    if (source == IdentifierSource::hostname) out = detail(body, "system_info", "hostname");
    if (out.empty()) out = clipped(body.host_identifier, 400);
    return out;
}

/// Why the secret does not open the door; empty when it does.
std::string_view secret_refusal(store::EnrollOutcome::Kind kind) {
    using Kind = store::EnrollOutcome::Kind;
    if (kind == Kind::bad_secret) return "no matching secret found";
    if (kind == Kind::expired_secret) return "the secret has expired";
    if (kind == Kind::used_up_secret) return "the secret has been used as often as it may be";
    return {};
}

AgentReply enroll_refusal(std::string_view reason) {
    return refusal(401, "enroll failed: " + std::string{reason}, NodeInvalid::yes);
}

}  // namespace

void Checkins::Impl::enroll(AgentRequest request, Reply reply) {
    const auto body = parse_enroll(request.body);
    if (!body) return reply(refusal(400, "enroll request is not valid JSON"));
    if (body->enroll_secret.empty()) return reply(enroll_refusal("no matching secret found"));
    EnrollJob job;
    job.request.identifier = identifier_of(*body, options.host_identifier);
    if (job.request.identifier.empty()) return reply(enroll_refusal("host identifier is empty"));
    job.node_key = random_base64(options.node_key_size);
    job.request.secret = sha256(body->enroll_secret);
    job.request.instance_id = clipped(detail(*body, "osquery_info", "instance_id"), 100);
    job.request.node_key = sha256(job.node_key);
    job.request.platform_mask = body->platform_mask;
    job.request.at = deps.clock.now();
    job.request.cooldown = options.enroll_cooldown;
    ingest_enrollment(*body, job.request.vitals);
    job.request.vitals.public_ip = request.client_ip;
    job.hostname = job.request.vitals.hostname.value_or("");
    job.reply = std::move(reply);
    Reply refused = job.reply;
    if (!enrollments.submit(std::move(job))) refused(refusal(503, kBusy));
}

void Checkins::Impl::commit_enrollments(std::vector<EnrollJob> batch) {
    std::vector<store::EnrollRequest> requests;
    for (const EnrollJob& job : batch)
        requests.push_back(job.request);
    std::vector<store::EnrollOutcome> outcomes;
    try {
        outcomes = deps.store.enroll(requests);
        std::vector<HostId> ids;
        for (const auto& outcome : outcomes) {
            if (outcome.kind == store::EnrollOutcome::Kind::enrolled) ids.push_back(outcome.host);
        }
        if (!ids.empty()) {
            for (HostFacts& facts : deps.store.load(ids))
                put_host(std::move(facts));
            announce("changed", ids);
        }
    } catch (const std::exception& error) {
        fleet::log::error(
            "enrolment failed", {{"detail", error.what()}, {"requests", batch.size()}}
        );
        // One at a time when a single request may be to blame; the others must not suffer.
        const bool one_to_blame = judge(error, batch.size()) == FailedBatch::alone;
        for (EnrollJob& job : batch) {
            if (one_to_blame) {
                std::vector<EnrollJob> single;
                single.push_back(std::move(job));
                commit_enrollments(std::move(single));
            } else {
                job.reply(refusal(500, "enroll failed: " + std::string{kStoreDown}));
            }
        }
        return;
    }
    for (std::size_t i = 0; i < batch.size(); ++i) {
        const store::EnrollOutcome& outcome = outcomes[i];
        EnrollJob& job = batch[i];
        if (const std::string_view reason = secret_refusal(outcome.kind); !reason.empty()) {
            fleet::log::warn(
                "enrolment refused",
                {{"reason", reason},
                 {"hostname", job.hostname},
                 {"secret_name", outcome.secret_name}}
            );
            job.reply(enroll_refusal(reason));
            continue;
        }
        if (outcome.kind == store::EnrollOutcome::Kind::too_soon) {
            fleet::log::warn(
                "host enrols too often",
                {{"host_id", raw(outcome.host)}, {"hostname", job.hostname}}
            );
            job.reply(enroll_refusal("host identified by the same identifier enrolls too often"));
            continue;
        }
        if (outcome.duplicate_identity) {
            fleet::log::warn(
                "two machines use one host identifier; the second has its own entry",
                {{"host_id", raw(outcome.host)}, {"hostname", job.hostname}}
            );
        }
        if (outcome.created) {
            fleet::log::info(
                "host enrolled", {{"host_id", raw(outcome.host)}, {"hostname", job.hostname}}
            );
        }
        json::Value answer = json::Value::object();
        answer["node_key"] = job.node_key;
        answer["node_invalid"] = false;
        job.reply({200, json::dump(answer), {}});
    }
}

}  // namespace fleet::checkin
