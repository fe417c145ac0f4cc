#pragma once

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <thread>
#include <unordered_map>

#include "fleet/checkin/agent_json.hpp"
#include "fleet/checkin/checkins.hpp"
#include "fleet/checkin/group_commit.hpp"
#include "fleet/checkin/lane.hpp"
#include "fleet/checkin/parked_reads.hpp"
#include "fleet/checkin/schedule.hpp"
#include "fleet/checkin/turns.hpp"
#include "fleet/live/campaigns.hpp"
#include "fleet/live/redis.hpp"
#include "fleet/logs/destination.hpp"
#include "fleet/store/checkin_store.hpp"
#include "key_lookups.hpp"
#include "log_stream.hpp"

namespace fleet::checkin {

class SoftwareAnswers;

/// Hosts that are asked for overdue details at the same moment, and each second from then on.
inline constexpr std::size_t kTurnsAtOnce = 200;
inline constexpr double kFewestTurns = 200;

struct EnrollJob {
    store::EnrollRequest request{};
    std::string node_key{};
    std::string hostname{};
    Reply reply{};
};

/// Called after the commit: true when stored (or not storable at all), false to try again later.
using OnCommit = std::function<void(bool ok)>;

struct WriteJob {
    HostUpdate update{};
    HostRef entry{};
    OnCommit done{};
};

struct ReportJob {
    std::vector<store::ReportRow> rows{};
    OnCommit done{};
};

struct Checkins::Impl {
    Impl(CheckinOptions options_in, Deps deps_in);

    CheckinOptions options;
    Deps deps;
    HostTable hosts{};
    KeyLookups lookups;
    Lane lane;                   // answers with many results, which polls may overtake
    const std::string instance;  // tells our own messages from other instances'
    std::vector<store::BuiltinLabel> builtin_labels{};

    /// Adds or renews a host as the database has it.
    HostRef put_host(HostFacts facts);

    // --- who is calling (authenticate.cpp)
    using WithHost = std::function<void(HostRef, Reply)>;
    void with_host(std::string body_key, std::string header_key, Reply reply, WithHost next);
    bool on_worker(const Reply& reply, std::function<void()> job);

    // --- schedule (sync.cpp)
    std::shared_ptr<const Schedule> schedule() const;
    void reload_schedule();
    std::vector<HostRef> follow_labels(const Schedule::LabelNews& news);
    void ask_labels_again();
    void tick();
    void follow_clock();
    void run_ticker();
    void flush_seen();
    void announce_seen();
    void sync_hosts();
    void reload_hosts(std::vector<HostId> ids);
    void announce(std::string_view kind, std::span<const HostId> ids);
    void subscribe();

    // --- answers
    void enroll(AgentRequest request, Reply reply);
    void config(HostRef entry, const PollBody& body, const Reply& reply);
    void read(HostRef entry, Reply reply);
    void hand_out(HostEntry& entry, Reply reply);
    void write(HostRef entry, WriteBody body, const std::string& client_ip, Reply reply);
    void log(HostRef entry, LogBody body, Reply reply);
    void log_results(HostRef entry, std::vector<std::string> lines, Reply reply);
    void forward(bool results, std::vector<std::string> lines, Reply reply);

    /// Members of a read's answer, as JSON text.
    struct Work {
        std::string queries{};
        std::string discovery{};
        bool accelerate = false;
        Time labels_as_of{};  // with label questions: those of this moment

        void add(const std::string& more_queries, const std::string& more_discovery);
        bool empty() const { return queries.empty() && !accelerate; }
        AgentReply reply() const;
    };
    Work due_work(HostEntry& entry, Time now) const;
    void add_live_work(HostEntry& entry, Work work, Reply reply);

    // --- reads held open (parking.cpp)
    bool has_something(const HostEntry& entry, Time now) const;
    /// How long an empty read of the host is held; 0: not at all.
    std::chrono::milliseconds hold_for(const HostEntry& entry) const;
    void park(const HostRef& entry, Reply reply, Time now, std::chrono::milliseconds hold);
    void end_holds();
    void wake(HostId host);
    void wake_if_due(const HostRef& entry);
    void wake_hosts(const live::HostSet& hosts_with_work);
    void answer_in_turn(std::shared_ptr<std::vector<ParkedReads::Parked>> parked, std::size_t next);
    void drain();

    ParkedReads parked{};
    std::atomic<bool> draining{false};
    std::atomic<bool> hold_timer_runs{false};

    struct Due {
        bool details = false, labels = false, policies = false;
        bool any() const { return details || labels || policies; }
    };
    Due due(const HostFacts& facts, Time labels_changed, Time now, Time& next) const;

    // --- policies (policies.cpp)
    static void follow_policies(HostFacts& facts, const Schedule& plan);
    static std::shared_ptr<const PolicyWork> policies_due(
        HostFacts& facts, const Schedule& plan, Due& what
    );
    void add_policies(
        PolicyAnswers answers, HostFacts& facts, const Schedule& plan, HostUpdate& update
    ) const;
    void remember_policies(
        const HostUpdate& update, const PolicyStanding* standing, HostFacts& facts
    ) const;
    void ask_policies_again();
    void ask_policies_again(const std::vector<HostRef>& entries);

    Time turn_of(HostEntry& entry, Time now) const;
    void set_pace() const;
    mutable Turns turns{kFewestTurns, kTurnsAtOnce};
    std::chrono::seconds with_jitter(HostId host, std::chrono::seconds interval) const;

    void commit_enrollments(std::vector<EnrollJob> batch);
    void commit_writes(std::vector<WriteJob> batch);
    void commit_updates(std::span<WriteJob> batch);
    static void take_verdicts(
        std::span<WriteJob> batch, const std::vector<store::CriteriaVerdict>& verdicts
    );
    void remember(const WriteJob& job, const PolicyStanding* standing);
    void commit_reports(std::vector<ReportJob> batch);
    void queue_intervals(const HostRef& entry, const ConfigDocument& document);

    void add_software(const SoftwareAnswers& answers, const HostFacts& facts, HostUpdate& update)
        const;
    void builtin_diff(const HostVitals& vitals, const HostFacts& facts, HostUpdate& update) const;

    // Report bytes per query, to keep one report from filling the disk.
    mutable std::mutex report_mutex{};
    std::unordered_map<QueryId, std::uint64_t> report_bytes{};

    mutable std::mutex schedule_mutex{};
    std::shared_ptr<const Schedule> current{};

    std::mutex ticker_mutex{};
    std::condition_variable ticker_wake{};
    bool stopping = false;
    bool reload_wanted = false;
    std::vector<HostId> stale{};  // announced by other instances, to be read again
    std::thread ticker{};
    std::chrono::steady_clock::time_point last_seen_flush{}, last_announce{}, last_sync{},
        last_report_count{};
    std::atomic<std::int64_t> instances_listening{2};  // until we know better
    bool knocked = false;
    Time synced_until{};
    Time seen_flushed_until{};
    std::unique_ptr<live::Redis::Subscription> host_messages{}, seen_messages{},
        schedule_messages{};

    LogStream status_log;
    LogStream result_log;

    // Last, so that they stop first.
    GroupCommit<EnrollJob> enrollments;
    GroupCommit<WriteJob> writes;
    GroupCommit<ReportJob> reports;
    GroupCommit<LineJob> status_lines;
    GroupCommit<LineJob> result_lines;
};

/// What to do with a batch that the database did not take.
enum class FailedBatch {
    later,  // an outage: the agents keep what they sent
    alone,  // one of the jobs may be to blame: each is tried by itself
    drop,   // it would fail again however often it is sent, so it must not be asked for again
};
FailedBatch judge(const std::exception& error, std::size_t jobs);

inline constexpr std::string_view kHostChannel = "fleet:hosts";
inline constexpr std::string_view kSeenChannel = "fleet:seen";
inline constexpr std::string_view kScheduleChannel = "fleet:schedule";

inline constexpr std::string_view kBusy = "server is busy, try again later";
inline constexpr std::string_view kStoreDown = "server cannot reach its database, try again later";

}  // namespace fleet::checkin
