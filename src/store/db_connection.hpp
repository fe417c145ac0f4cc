#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "fleet/store/db.hpp"

namespace sql {
class Connection;
class PreparedStatement;
class Statement;
}  // namespace sql

namespace fleet::store {

using Observe = std::function<void(const StatementRecord&)>;

/// Refuses options that cannot work, with std::invalid_argument.
void check_options(const DbOptions& options);

/// One connection to the server and the statements prepared on it. One thread at a time.
class Connection final : public Session {
public:
    /// Connects and sets up the session. `observe` must outlive the connection.
    Connection(const DbOptions& options, const Observe& observe);
    ~Connection() override;
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    void select(
        const Sql& sql, std::span<const Param> values, const std::function<void(const Row&)>& each
    ) override;
    std::uint64_t run(const Sql& sql, std::span<const Param> values) override;
    std::uint64_t last_insert_id() override;

    void begin();
    void commit();
    /// Never fails: when the server cannot be told, the connection counts as broken, and the server
    /// rolls back when it closes.
    void rollback() noexcept;

    /// Asks the server.
    bool alive() noexcept;
    /// Must not be used again.
    bool broken() const noexcept { return broken_; }
    std::size_t cached_statements() const noexcept { return statements_.size(); }

private:
    struct Cached {
        std::string text;
        std::unique_ptr<sql::PreparedStatement> statement;
    };
    using Cache = std::list<Cached>;

    void set_up_session(const DbOptions& options);
    sql::PreparedStatement& prepared(const Sql& sql);
    void forget(const Sql& sql);
    void check_size(const Sql& sql, std::span<const Param> values) const;
    void plain(const char* name, const char* text);
    /// Runs `work`, reports it, and turns the connector's exceptions into ours.
    template <class Work>
    void guarded(std::string_view name, Work&& work);
    template <class Work>
    void with_statement(const Sql& sql, std::span<const Param> values, Work&& work);
    void note_failure(const DbError& error);

    const Observe& observe_;
    std::unique_ptr<sql::Connection> connection_;
    std::unique_ptr<sql::Statement> plain_;
    Cache cache_;  // most recently used first
    std::unordered_map<std::string_view, Cache::iterator> statements_;
    std::size_t max_packet_ = 0;
    bool broken_ = false;
    bool in_transaction_ = false;
    /// Why the running transaction can only be rolled back: the server has already done so, and
    /// further statements would commit one by one.
    std::optional<DbError> doomed_;
};

}  // namespace fleet::store
