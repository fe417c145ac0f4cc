#include "checkins_impl.hpp"

namespace fleet::checkin {

void Checkins::Impl::config(HostRef entry, const PollBody& body, const Reply& reply) {
    const auto plan = schedule();
    const auto document = entry->with([&](const HostFacts& facts) {
        // Nothing left to ask it: what memory has of its labels is all there is to know.
        Time asked = Time::max();
        if (plan->leaves_out_labels()) {
            const auto work =
                plan->labels_for(facts.team, facts.raw_platform, facts.platform, facts.os_version);
            if (work->changed > facts.label_asked) asked = facts.label_asked;
        }
        return plan->config_for(facts.team, facts.raw_platform, facts.labels, asked, entry->id);
    });
    queue_intervals(entry, *document);
    // agent-api E.2: only a client that sends the member gets it back.
    if (!body.etag) return reply({200, {}, document->body});
    if (*body.etag == document->etag) {
        static const auto kUnchanged = std::make_shared<const std::string>(R"({"etag":"ok"})");
        return reply({200, {}, kUnchanged});
    }
    reply({200, {}, document->body_with_etag});
}

/// What the document tells the agent about its polling decides when it counts as online (B.4
/// step 5). Nobody waits for this write: the next config request brings it again.
void Checkins::Impl::queue_intervals(const HostRef& entry, const ConfigDocument& document) {
    HostUpdate update;
    const bool changed = entry->with([&](HostFacts& facts) {
        const auto settle = [](std::int64_t& known,
                               const std::optional<std::int64_t>& told,
                               std::optional<std::int64_t>& out) {
            if (!told || *told == known) return false;
            known = *told;
            out = told;
            return true;
        };
        const bool a = settle(
            facts.distributed_interval,
            document.distributed_interval,
            update.vitals.distributed_interval
        );
        const bool b = settle(
            facts.config_tls_refresh, document.config_tls_refresh, update.vitals.config_tls_refresh
        );
        const bool c = settle(
            facts.logger_tls_period, document.logger_tls_period, update.vitals.logger_tls_period
        );
        return a || b || c;
    });
    if (!changed) return;
    update.host = entry->id;
    update.at = deps.clock.now();
    writes.submit(WriteJob{std::move(update), entry, [](bool) {}});
}

}  // namespace fleet::checkin
