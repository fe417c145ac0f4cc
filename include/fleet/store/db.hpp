#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>
#include <variant>
#include <vector>

#include "fleet/core/crypto.hpp"
#include "fleet/core/time.hpp"

namespace fleet::store {

enum class DbFault {
    duplicate,    // a unique key is taken
    foreign_key,  // a referenced row is missing, or a row is still referenced
    deadlock,     // lost a deadlock or a lock wait; write() retries it
    gone,         // server away or connection lost
    busy,         // takes no work now: no connection free, read only, out of disk or memory
    rejected,     // these values will never be taken
    other,        // anything else; it may work later
};

/// The database failed. Thrown by every function below; the connector's own exceptions never
/// leave this layer.
class DbError : public std::runtime_error {
public:
    DbError(DbFault fault_in, int code_in, std::string message)
        : std::runtime_error{std::move(message)}, fault{fault_in}, code{code_in} {}
    DbFault fault;
    int code;
};

/// A statement: its name (metrics, logs) and its text with `?` for each bound value.
/// Text must be made of constants; values are always bound.
struct Sql {
    std::string name;
    std::string text;

    Sql(const char* n, const char* t) : name{n}, text{t} {}
    Sql(std::string n, std::string t) : name{std::move(n)}, text{std::move(t)} {}
};

/// A value to bind. Text and bytes are bound as given (utf8mb4 or binary columns).
using Param = std::variant<std::nullptr_t, std::int64_t, std::uint64_t, double, std::string, Time>;

namespace detail {
template <class T>
Param to_param(const T& value) {
    if constexpr (std::is_same_v<T, Param>) {
        return value;
    } else if constexpr (std::is_same_v<T, std::nullptr_t> || std::is_same_v<T, std::nullopt_t>) {
        return nullptr;
    } else if constexpr (std::is_same_v<T, bool>) {
        return static_cast<std::int64_t>(value ? 1 : 0);
    } else if constexpr (std::is_enum_v<T>) {
        return static_cast<std::uint64_t>(value);
    } else if constexpr (std::is_same_v<T, Time>) {
        return value;
    } else if constexpr (std::is_floating_point_v<T>) {
        return static_cast<double>(value);
    } else if constexpr (std::is_integral_v<T> && std::is_signed_v<T>) {
        return static_cast<std::int64_t>(value);
    } else if constexpr (std::is_integral_v<T>) {
        return static_cast<std::uint64_t>(value);
    } else if constexpr (std::is_same_v<T, Digest>) {
        return std::string{as_bytes(value)};
    } else {
        return std::string{std::string_view{value}};
    }
}
template <class T>
Param to_param(const std::optional<T>& value) {
    return value ? to_param(*value) : Param{nullptr};
}
}  // namespace detail

/// Makes a list of values to bind from anything printable above.
template <class... Args>
std::vector<Param> params(const Args&... args) {
    return {detail::to_param(args)...};
}

/// One row of a result; columns by position from 0. Valid inside the callback only.
class Row {
public:
    virtual ~Row() = default;
    virtual bool is_null(unsigned column) const = 0;
    /// NULL reads as "", 0, 0.0, false or the epoch.
    virtual std::string str(unsigned column) const = 0;
    virtual std::int64_t i64(unsigned column) const = 0;
    virtual std::uint64_t u64(unsigned column) const = 0;
    virtual double real(unsigned column) const = 0;
    virtual Time time(unsigned column) const = 0;

    bool boolean(unsigned column) const { return i64(column) != 0; }
    template <class Id>
    Id id(unsigned column) const {
        return static_cast<Id>(u64(column));
    }
    std::optional<std::string> opt_str(unsigned c) const {
        return is_null(c) ? std::nullopt : std::optional{str(c)};
    }
    std::optional<std::int64_t> opt_i64(unsigned c) const {
        return is_null(c) ? std::nullopt : std::optional{i64(c)};
    }
    std::optional<std::uint64_t> opt_u64(unsigned c) const {
        return is_null(c) ? std::nullopt : std::optional{u64(c)};
    }
    std::optional<double> opt_real(unsigned c) const {
        return is_null(c) ? std::nullopt : std::optional{real(c)};
    }
    std::optional<Time> opt_time(unsigned c) const {
        return is_null(c) ? std::nullopt : std::optional{time(c)};
    }
    template <class Id>
    std::optional<Id> opt_id(unsigned c) const {
        return is_null(c) ? std::nullopt : std::optional{id<Id>(c)};
    }
};

/// One connection, inside read() or write(). Statements are prepared once per connection.
class Session {
public:
    virtual ~Session() = default;

    /// Calls `each` for every row.
    virtual void select(
        const Sql& sql, std::span<const Param> values, const std::function<void(const Row&)>& each
    ) = 0;
    /// Rows affected. With ON DUPLICATE KEY UPDATE: MySQL's count.
    virtual std::uint64_t run(const Sql& sql, std::span<const Param> values) = 0;
    /// The id that the last run() generated.
    virtual std::uint64_t last_insert_id() = 0;

    template <class... Args>
    std::uint64_t execute(const Sql& sql, const Args&... args) {
        const std::vector<Param> values = params(args...);
        return run(sql, values);
    }
    /// Runs an INSERT and returns the generated id.
    template <class... Args>
    std::uint64_t insert(const Sql& sql, const Args&... args) {
        execute(sql, args...);
        return last_insert_id();
    }
    /// All rows, each turned into a T by `map(const Row&)`.
    template <class Map, class... Args>
    auto rows(const Sql& sql, Map&& map, const Args&... args)
        -> std::vector<std::invoke_result_t<Map, const Row&>> {
        std::vector<std::invoke_result_t<Map, const Row&>> out;
        const std::vector<Param> values = params(args...);
        select(sql, values, [&](const Row& row) { out.push_back(map(row)); });
        return out;
    }
    /// The first row, if any.
    template <class Map, class... Args>
    auto one(const Sql& sql, Map&& map, const Args&... args)
        -> std::optional<std::invoke_result_t<Map, const Row&>> {
        std::optional<std::invoke_result_t<Map, const Row&>> out;
        const std::vector<Param> values = params(args...);
        select(sql, values, [&](const Row& row) {
            if (!out) out.emplace(map(row));
        });
        return out;
    }
    /// Multi-row statement: `head` + row group repeated + `tail`, in batches that keep statements
    /// small. `values` holds rows of equal width one after the other. Callers sort by key first.
    void insert_many(
        const std::string& name,
        const std::string& head,
        const std::string& row_group,
        const std::string& tail,
        std::span<const Param> values,
        std::size_t width
    );
};

/// How to reach the database (operations.md C.2).
struct DbOptions {
    std::string protocol = "tcp";  // or "unix"
    std::string address = "localhost:3306";
    std::string username = "fleet";
    std::string password{};
    std::string database = "fleet";
    std::string tls_ca{};
    std::string tls_cert{};
    std::string tls_key{};
    std::string tls_config{};
    std::string sql_mode{};
    std::size_t max_open_conns = 50;
    std::size_t max_idle_conns = 50;
    std::chrono::seconds conn_max_lifetime{0};
    /// How long read() and write() wait for a free connection before DbFault::busy.
    std::chrono::milliseconds acquire_timeout{5'000};
    std::chrono::seconds connect_timeout{5};
    /// Longest wait for one answer of the server; migrations of large tables need more.
    std::chrono::seconds io_timeout{30};
};

struct StatementRecord {
    std::string_view name;
    std::chrono::nanoseconds took{};
    bool failed = false;
};

/// The pool of connections. Thread-safe; every function blocks.
class Database {
public:
    virtual ~Database() = default;

    /// Runs `body` on a connection outside a transaction. A connection that the server had
    /// dropped is replaced and the body run once more, so it must only read.
    virtual void read(const std::function<void(Session&)>& body) = 0;
    /// Runs `body` in a transaction; commits when it returns, rolls back when it throws.
    /// Deadlocks and lock time-outs are retried with jitter, so the body may run several times:
    /// no side effects but SQL. A connection found dead before anything ran is replaced.
    virtual void write(const std::function<void(Session&)>& body) = 0;
    /// Throws DbError when the database does not answer.
    virtual void ping() = 0;

    struct Stats {
        std::size_t open = 0;
        std::size_t in_use = 0;
        std::uint64_t waits = 0;
        std::uint64_t refused = 0;
        std::uint64_t retries = 0;
        std::uint64_t reconnects = 0;
    };
    virtual Stats stats() const = 0;
};

/// read() with a value: `auto host = with_read(db, [&](Session& s) { return ...; });`
template <class F>
auto with_read(Database& db, F&& body) -> std::invoke_result_t<F, Session&> {
    std::optional<std::invoke_result_t<F, Session&>> out;
    db.read([&](Session& session) { out.emplace(body(session)); });
    return std::move(*out);
}

/// write() with a value. A Result that holds an error rolls back.
template <class F>
auto with_write(Database& db, F&& body) -> std::invoke_result_t<F, Session&>;

/// Opens the pool lazily: no connection is made before the first use.
std::unique_ptr<Database> open_database(
    DbOptions options, std::function<void(const StatementRecord&)> observe = {}
);

namespace detail {
struct Rollback {};
}  // namespace detail

template <class F>
auto with_write(Database& db, F&& body) -> std::invoke_result_t<F, Session&> {
    using Out = std::invoke_result_t<F, Session&>;
    std::optional<Out> out;
    try {
        db.write([&](Session& session) {
            out.reset();
            out.emplace(body(session));
            if constexpr (requires {
                              out->has_value();
                              out->error();
                          }) {
                if (!out->has_value()) throw detail::Rollback{};
            }
        });
    } catch (const detail::Rollback&) {
    }
    return std::move(*out);
}

}  // namespace fleet::store
