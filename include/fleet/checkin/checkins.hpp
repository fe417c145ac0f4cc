#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "fleet/checkin/host_table.hpp"
#include "fleet/core/ids.hpp"
#include "fleet/core/paced_clock.hpp"

namespace fleet {
class LoadMeter;
class WorkerPool;
}  // namespace fleet
namespace fleet::live {
class Campaigns;
class Redis;
}  // namespace fleet::live
namespace fleet::logs {
class Destination;
}
namespace fleet::store {
class CarveUploadStore;
class CheckinStore;
class ScheduleStore;
}  // namespace fleet::store

namespace fleet::checkin {

/// One call of an agent, free of HTTP.
struct AgentRequest {
    std::string body{};
    std::string header_key{};  // node key of the Authorization header, or empty
    std::string client_ip{};
};

/// Its answer. A refusal always has an `error` member: osqueryd looks at nothing else.
struct AgentReply {
    int status = 200;
    std::string body{};
    std::shared_ptr<const std::string> shared_body{};  // instead of `body` when set
};

/// Called exactly once, from any thread.
using Reply = std::function<void(AgentReply)>;

enum class IdentifierSource { provided, instance, uuid, hostname };

struct CheckinOptions {
    std::size_t node_key_size = 24;
    IdentifierSource host_identifier = IdentifierSource::provided;
    std::chrono::nanoseconds enroll_cooldown{0};
    std::chrono::seconds detail_interval{3'600};
    std::chrono::seconds label_interval{3'600};
    std::chrono::seconds policy_interval{3'600};
    int max_jitter_percent = 10;
    bool body_key_allowed = true;
    std::size_t loop_threads = 1;
    /// How long an empty distributed read is held open for work to come; 0: answered at once.
    std::chrono::milliseconds distributed_hold{0};
    /// How often last-seen times are written; also the most that a crash may lose of them.
    std::chrono::seconds seen_flush{300};
    std::chrono::milliseconds revision_poll{2'000};
    std::chrono::seconds instance_sync{15};
};

/// The osquery remote API without its HTTP (agent-api A and B): answered from memory, written in
/// groups. The agent functions never block and may be called from any thread; `post` must run a
/// function on the event loop, `after` must do so some time later.
class Checkins {
public:
    struct Deps {
        std::function<void(std::function<void()>)> post;
        std::function<void(std::chrono::milliseconds, std::function<void()>)> after;
        WorkerPool& workers;
        store::CheckinStore& store;
        store::ScheduleStore& schedules;
        store::CarveUploadStore& carves;
        live::Campaigns& campaigns;
        live::Redis& redis;
        logs::Destination& status_log;
        logs::Destination& result_log;
        PacedClock& clock;  // told to jump when all moments in memory have been moved along
        const LoadMeter& load;
    };

    Checkins(CheckinOptions options, Deps deps);
    ~Checkins();

    /// Loads hosts and schedule; throws when the database does not answer.
    void start();
    /// Answers all reads that are held open; from now on none is held.
    void drain();
    /// Commits what is queued and writes last-seen times.
    void stop();

    void enroll(AgentRequest request, Reply reply);
    void config(AgentRequest request, Reply reply);
    void log(AgentRequest request, Reply reply);
    void distributed_read(AgentRequest request, Reply reply);
    void distributed_write(AgentRequest request, Reply reply);
    void carve_begin(AgentRequest request, Reply reply);
    void carve_block(AgentRequest request, Reply reply);

    /// After the database changed them behind our back (transfer, refetch, deletion): memory
    /// follows, and other instances are told. Blocks; for workers.
    void hosts_changed(std::span<const HostId> ids);
    void hosts_deleted(std::span<const HostId> ids);
    /// The schedule or options changed: read them again at once.
    void schedule_changed();

    const HostTable& hosts() const;

    struct Stats {
        std::size_t hosts = 0;
        std::size_t parked = 0;  // distributed reads held open
        std::size_t write_queue = 0, log_queue = 0, report_queue = 0, enroll_queue = 0;
        std::uint64_t refused = 0;
        std::uint64_t commits = 0;
        struct Lines {
            std::uint64_t written = 0, refused = 0;  // by the log destination
        };
        Lines status_lines{}, result_lines{};
    };
    Stats stats() const;

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

/// The refusal that agents understand; `node_invalid` only when the key is positively unknown.
enum class NodeInvalid { no, yes };
AgentReply refusal(
    int status, std::string_view message, NodeInvalid node_invalid = NodeInvalid::no
);

}  // namespace fleet::checkin
