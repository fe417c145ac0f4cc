#pragma once

#include <string_view>

#include "fleet/store/db.hpp"

namespace sql {
class SQLException;
}

namespace fleet::store {

/// What an error code of the server or of the client library means to us.
DbFault fault_of(int code) noexcept;

/// The connection cannot be used any more after this code.
bool breaks_connection(int code) noexcept;

/// The prepared statement is stale; prepared anew it may be run again, for it had no effect.
bool wants_new_statement(int code) noexcept;

/// The server holds as many prepared statements as it may.
bool too_many_statements(int code) noexcept;

/// The connector's exception as ours; `what_failed` names the statement.
DbError to_db_error(const sql::SQLException& error, std::string_view what_failed);

}  // namespace fleet::store
