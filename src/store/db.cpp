#include "fleet/store/db.hpp"

#include <algorithm>
#include <atomic>
#include <random>
#include <thread>

#include "db_connection.hpp"
#include "fleet/core/log.hpp"
#include "pool.hpp"

namespace fleet::store {
namespace {

using SteadyClock = std::chrono::steady_clock;

constexpr int kMaxDeadlockAttempts = 5;
// Lock waits take ten seconds each: five of them in a row would be too long for anybody.
constexpr std::chrono::seconds kRetryNoLongerThan{30};

/// 1 to 2^attempt * 4 ms, so that two that met do not meet again.
std::chrono::microseconds backoff(int attempt) {
    thread_local std::minstd_rand random{std::random_device{}()};
    std::uniform_int_distribution<int> spread{1'000, 4'000 << attempt};
    return std::chrono::microseconds{spread(random)};
}

PoolLimits limits_of(const DbOptions& options) {
    return {
        .max_open = options.max_open_conns,
        .max_idle = std::min(options.max_idle_conns, options.max_open_conns),
        .max_lifetime = options.conn_max_lifetime,
        .acquire_timeout = options.acquire_timeout,
    };
}

class MysqlDatabase final : public Database {
public:
    MysqlDatabase(DbOptions options, Observe observe)
        : options_{std::move(options)},
          observe_{std::move(observe)},
          pool_{limits_of(options_), [this] {
                    return std::make_unique<Connection>(options_, observe_);
                }} {}

    void read(const std::function<void(Session&)>& body) override {
        auto lease = pool_.acquire();
        try {
            body(*lease);
            return;
        } catch (const DbError& error) {
            if (error.fault != DbFault::gone) throw;
            note_retry(error);
        }
        lease.replace();
        body(*lease);
    }

    void write(const std::function<void(Session&)>& body) override {
        const auto started = SteadyClock::now();
        bool replaced = false;
        for (int attempt = 1;; ++attempt) {
            if (try_write(body, attempt, replaced, SteadyClock::now() - started)) return;
            std::this_thread::sleep_for(backoff(attempt));
        }
    }

    void ping() override {
        auto lease = pool_.acquire();
        if (lease->alive()) return;
        lease.replace();
    }

    Stats stats() const override {
        Stats stats = pool_.stats();
        stats.retries = retries_.load(std::memory_order_relaxed);
        return stats;
    }

private:
    /// False: lost to another transaction, and another attempt is due.
    bool try_write(
        const std::function<void(Session&)>& body,
        int attempt,
        bool& replaced,
        SteadyClock::duration elapsed
    ) {
        auto lease = pool_.acquire();
        for (;;) {
            bool committing = false;
            try {
                lease->begin();
                body(*lease);
                committing = true;
                lease->commit();
                return true;
            } catch (const DbError& error) {
                lease->rollback();
                if (error.fault == DbFault::deadlock && attempt < kMaxDeadlockAttempts &&
                    elapsed < kRetryNoLongerThan) {
                    note_retry(error);
                    return false;
                }
                // A connection lost during COMMIT leaves open whether it happened: that is for the
                // caller to know, running the body again might do it twice.
                if (error.fault != DbFault::gone || committing || replaced) throw;
                note_retry(error);
            } catch (...) {
                lease->rollback();
                throw;
            }
            replaced = true;
            lease.replace();
        }
    }

    void note_retry(const DbError& error) {
        retries_.fetch_add(1, std::memory_order_relaxed);
        log::debug("database work is tried again", {{"error", error.what()}});
    }

    const DbOptions options_;
    const Observe observe_;
    std::atomic<std::uint64_t> retries_{0};
    Pool<Connection> pool_;
};

}  // namespace

std::unique_ptr<Database> open_database(
    DbOptions options, std::function<void(const StatementRecord&)> observe
) {
    check_options(options);
    return std::make_unique<MysqlDatabase>(std::move(options), std::move(observe));
}

}  // namespace fleet::store
