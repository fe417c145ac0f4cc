#include "db_connection.hpp"

#include <cppconn/connection.h>
#include <cppconn/driver.h>
#include <cppconn/exception.h>
#include <cppconn/prepared_statement.h>
#include <cppconn/resultset.h>
#include <cppconn/statement.h>
#include <mysql_driver.h>

#include <algorithm>
#include <mutex>
#include <stdexcept>
#include <utility>

#include "db_error.hpp"
#include "statement.hpp"

namespace fleet::store {
namespace {

using SteadyClock = std::chrono::steady_clock;

// Servers allow 16,382 prepared statements in all: this leaves room for several instances.
constexpr std::size_t kMaxStatements = 128;
constexpr int kLockWaitSeconds = 10;

const Sql kLastInsertId{"last_insert_id", "SELECT LAST_INSERT_ID()"};
constexpr const char* kServerLimits = "SELECT @@max_allowed_packet";
constexpr const char* kCipher = "SHOW SESSION STATUS LIKE 'Ssl_cipher'";

/// The client library wants to know its threads; connections move between them.
struct ThreadMark {
    explicit ThreadMark(sql::mysql::MySQL_Driver& d) : driver{d} { driver.threadInit(); }
    ~ThreadMark() { driver.threadEnd(); }
    ThreadMark(const ThreadMark&) = delete;
    ThreadMark& operator=(const ThreadMark&) = delete;
    sql::mysql::MySQL_Driver& driver;
};

/// `connect` of the library is only safe side by side after one connection has set it up; later
/// connections must not queue behind one that waits for a dead host.
std::unique_ptr<sql::Connection> connect(sql::ConnectOptionsMap& options) {
    static std::mutex mutex;
    static bool ready = false;

    std::unique_lock lock{mutex};
    auto& driver = *sql::mysql::get_mysql_driver_instance();
    thread_local const ThreadMark mark{driver};
    if (ready) {
        lock.unlock();
        return std::unique_ptr<sql::Connection>{driver.connect(options)};
    }
    std::unique_ptr<sql::Connection> connection{driver.connect(options)};
    ready = true;
    return connection;
}

int seconds_of(std::chrono::seconds duration) {
    return static_cast<int>(std::clamp<std::int64_t>(duration.count(), 1, 31'536'000));
}

enum class TlsUse { off, preferred, required };

TlsUse tls_use(const DbOptions& options) {
    const auto& mode = options.tls_config;
    const bool files =
        !options.tls_ca.empty() || !options.tls_cert.empty() || !options.tls_key.empty();
    if (options.protocol == "unix") return TlsUse::off;
    if (!files && (mode.empty() || mode == "false")) return TlsUse::off;
    return mode == "preferred" ? TlsUse::preferred : TlsUse::required;
}

void add_tls(sql::ConnectOptionsMap& map, const DbOptions& options) {
    const TlsUse use = tls_use(options);
    if (use == TlsUse::off) return;

    const bool enforce = use == TlsUse::required;
    const bool verify = enforce && options.tls_config != "skip-verify";
    std::string ca = options.tls_ca;
    if (ca.empty() && verify) ca = "/etc/ssl/certs/ca-certificates.crt";
    map["sslCA"] = sql::SQLString{ca};
    map["sslCert"] = sql::SQLString{options.tls_cert};
    map["sslKey"] = sql::SQLString{options.tls_key};
    map["sslEnforce"] = enforce;
    map["sslVerify"] = verify;
}

sql::ConnectOptionsMap connect_options(const DbOptions& options) {
    const bool is_unix = options.protocol == "unix";
    sql::ConnectOptionsMap map;
    map["hostName"] = sql::SQLString{(is_unix ? "unix://" : "tcp://") + options.address};
    map["userName"] = sql::SQLString{options.username};
    map["password"] = sql::SQLString{options.password};
    map["schema"] = sql::SQLString{options.database};
    map["OPT_CHARSET_NAME"] = sql::SQLString{"utf8mb4"};
    map["OPT_CONNECT_TIMEOUT"] = seconds_of(options.connect_timeout);
    map["OPT_READ_TIMEOUT"] = seconds_of(options.io_timeout);
    map["OPT_WRITE_TIMEOUT"] = seconds_of(options.io_timeout);
    add_tls(map, options);
    return map;
}

std::string session_settings(const DbOptions& options) {
    const std::string sql_mode =
        options.sql_mode.empty()
            ? "STRICT_TRANS_TABLES,NO_ZERO_IN_DATE,NO_ZERO_DATE,ERROR_FOR_DIVISION_BY_ZERO,"
              "NO_ENGINE_SUBSTITUTION"
            : options.sql_mode;
    // A statement that nobody waits for any more must not go on running on the server.
    const int longest = std::max(1, seconds_of(options.io_timeout) - 2);
    return "SET SESSION time_zone = '+00:00', sql_mode = '" + sql_mode +
           "', innodb_lock_wait_timeout = " + std::to_string(kLockWaitSeconds) +
           " /*M!100600 , max_statement_time = " + std::to_string(longest) + " */" +
           " /*!80000 , max_execution_time = " + std::to_string(longest) + "000 */";
}

}  // namespace

void check_options(const DbOptions& options) {
    if (options.protocol != "tcp" && options.protocol != "unix") {
        throw std::invalid_argument{"mysql.protocol must be tcp or unix"};
    }
    const auto is_mode_char = [](char c) {
        return c == '_' || c == ',' || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
    };
    if (!std::all_of(options.sql_mode.begin(), options.sql_mode.end(), is_mode_char)) {
        throw std::invalid_argument{"mysql.sql_mode must be names separated by commas"};
    }
    constexpr std::string_view kModes[] = {"", "true", "false", "skip-verify", "preferred"};
    if (std::find(std::begin(kModes), std::end(kModes), options.tls_config) == std::end(kModes)) {
        throw std::invalid_argument{
            "mysql.tls_config must be true, false, skip-verify or preferred"};
    }
    if (options.max_open_conns == 0) {
        throw std::invalid_argument{"mysql.max_open_conns must be at least 1"};
    }
}

Connection::Connection(const DbOptions& options, const Observe& observe) : observe_{observe} {
    guarded("connect", [&] {
        auto map = connect_options(options);
        connection_ = connect(map);
        plain_.reset(connection_->createStatement());
        set_up_session(options);
    });
}

Connection::~Connection() {
    // Statements before their connection.
    statements_.clear();
    cache_.clear();
    plain_.reset();
}

void Connection::set_up_session(const DbOptions& options) {
    plain_->execute(session_settings(options));
    plain_->execute("SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED");
    const std::unique_ptr<sql::ResultSet> limits{plain_->executeQuery(kServerLimits)};
    if (limits->next()) max_packet_ = limits->getUInt64(1);

    // The client library goes on in the clear with a server that offers no TLS.
    if (tls_use(options) != TlsUse::required) return;
    const std::unique_ptr<sql::ResultSet> cipher{plain_->executeQuery(kCipher)};
    if (!cipher->next() || cipher->getString(2).length() == 0) {
        throw sql::SQLException{"TLS is required, but the server offers none", "08000", 2026};
    }
}

template <class Work>
void Connection::guarded(std::string_view name, Work&& work) {
    const auto started = SteadyClock::now();
    const auto report = [&](bool failed) {
        if (observe_)
            observe_({.name = name, .took = SteadyClock::now() - started, .failed = failed});
    };
    try {
        work();
    } catch (const sql::SQLException& error) {
        const DbError ours = to_db_error(error, name);
        note_failure(ours);
        report(true);
        throw ours;
    }
    report(false);
}

void Connection::note_failure(const DbError& error) {
    if (breaks_connection(error.code)) broken_ = true;
    if (in_transaction_ && (error.fault == DbFault::deadlock || error.fault == DbFault::gone)) {
        doomed_ = error;
    }
}

sql::PreparedStatement& Connection::prepared(const Sql& sql) {
    if (const auto found = statements_.find(sql.text); found != statements_.end()) {
        cache_.splice(cache_.begin(), cache_, found->second);
        return *found->second->statement;
    }
    std::unique_ptr<sql::PreparedStatement> fresh{connection_->prepareStatement(sql.text)};
    while (cache_.size() >= kMaxStatements) {
        statements_.erase(cache_.back().text);
        cache_.pop_back();
    }
    cache_.push_front({.text = sql.text, .statement = std::move(fresh)});
    statements_.emplace(cache_.front().text, cache_.begin());
    return *cache_.front().statement;
}

void Connection::forget(const Sql& sql) {
    const auto found = statements_.find(sql.text);
    if (found == statements_.end()) return;
    const auto entry = found->second;
    statements_.erase(found);
    cache_.erase(entry);
}

void Connection::check_size(const Sql& sql, std::span<const Param> values) const {
    // The server answers an oversized packet by hanging up, which would look like a restart.
    if (max_packet_ == 0 || packet_size(values) + sql.text.size() < max_packet_) return;
    throw DbError{
        DbFault::rejected,
        1153,
        sql.name + ": the values are larger than max_allowed_packet (1153)"};
}

template <class Work>
void Connection::with_statement(const Sql& sql, std::span<const Param> values, Work&& work) {
    if (doomed_) throw DbError{*doomed_};
    check_size(sql, values);
    guarded(sql.name, [&] {
        const auto once = [&] {
            sql::PreparedStatement& statement = prepared(sql);
            bind(statement, values);
            work(statement);
        };
        try {
            once();
            return;
        } catch (const sql::SQLException& error) {
            const int code = error.getErrorCode();
            if (too_many_statements(code)) {
                statements_.clear();
                cache_.clear();
            } else if (wants_new_statement(code)) {
                forget(sql);
            } else {
                throw;
            }
        }
        once();
    });
}

void Connection::select(
    const Sql& sql, std::span<const Param> values, const std::function<void(const Row&)>& each
) {
    std::unique_ptr<sql::ResultSet> result;
    with_statement(sql, values, [&](sql::PreparedStatement& statement) {
        result.reset(statement.executeQuery());
    });
    const ResultRow row{*result};
    try {
        while (result->next())
            each(row);
    } catch (const sql::SQLException& error) {
        throw to_db_error(error, sql.name);
    }
}

std::uint64_t Connection::run(const Sql& sql, std::span<const Param> values) {
    int affected = 0;
    with_statement(sql, values, [&](sql::PreparedStatement& statement) {
        affected = statement.executeUpdate();
    });
    return affected < 0 ? 0 : static_cast<std::uint64_t>(affected);
}

std::uint64_t Connection::last_insert_id() {
    std::uint64_t id = 0;
    select(kLastInsertId, {}, [&](const Row& row) { id = row.u64(0); });
    return id;
}

void Connection::plain(const char* name, const char* text) {
    guarded(name, [&] { plain_->execute(text); });
}

void Connection::begin() {
    doomed_.reset();
    plain("begin", "START TRANSACTION");
    in_transaction_ = true;
}

void Connection::commit() {
    if (doomed_) throw DbError{*doomed_};
    // Through a statement: the connector's own commit() drops the error.
    plain("commit", "COMMIT");
    in_transaction_ = false;
}

void Connection::rollback() noexcept {
    const bool open = std::exchange(in_transaction_, false);
    doomed_.reset();
    if (!open || broken_) return;
    try {
        plain("rollback", "ROLLBACK");
    } catch (const std::exception&) {
        broken_ = true;
    }
}

bool Connection::alive() noexcept {
    if (broken_) return false;
    try {
        plain("ping", "DO 1");
        return true;
    } catch (const std::exception&) {
        broken_ = true;
        return false;
    }
}

}  // namespace fleet::store
