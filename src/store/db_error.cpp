#include "db_error.hpp"

#include <cppconn/exception.h>

#include <string>

namespace fleet::store {

DbFault fault_of(int code) noexcept {
    switch (code) {
        case 1062:  // duplicate key
        case 1586:  // duplicate key, with the key's name
            return DbFault::duplicate;
        case 1216:  // a referenced row is missing (old code)
        case 1217:  // the row is referenced (old code)
        case 1451:  // the row is referenced
        case 1452:  // a referenced row is missing
            return DbFault::foreign_key;
        case 1020:  // changed since it was read (MariaDB's snapshot isolation)
        case 1205:  // lock wait timed out
        case 1213:  // deadlock
        case 3058:  // deadlock between user locks
        case 3572:  // NOWAIT found a lock
            return DbFault::deadlock;
        case 1040:  // too many connections
        case 1203:  // too many connections of this user
        case 1226:  // a resource limit of this user
        case 3:     // writing a temporary file failed, mostly for want of disk
        case 1021:  // disk full
        case 1026:  // writing a file failed
        case 1030:  // the storage engine failed, mostly for want of disk
        case 1037:  // out of memory
        case 1038:  // out of memory for sorting
        case 1041:  // out of memory
        case 1114:  // the table is full: the disk, or its limit
        case 1180:  // COMMIT failed
        case 1206:  // more locks than fit
        case 1290:  // read only, as a replica is
        case 1792:  // read only transaction
        case 1836:  // read only
            return DbFault::busy;
        case 1048:  // NULL where there must be a value
        case 1153:  // larger than max_allowed_packet
        case 1264:  // number out of range
        case 1292:  // not a valid time or number
        case 1300:  // not valid in the character set
        case 1366:  // not a valid value of the column
        case 1406:  // too long
        case 1441:  // time out of range
        case 1690:  // number out of range
        case 3140:  // not valid JSON
        case 3819:  // breaks a CHECK (MySQL)
        case 4025:  // breaks a CHECK (MariaDB)
            return DbFault::rejected;
        default:
            return breaks_connection(code) ? DbFault::gone : DbFault::other;
    }
}

bool breaks_connection(int code) noexcept {
    switch (code) {
        case 1053:  // the server shuts down
        case 1077:  // the server has shut down
        case 1079:  // the server shuts down
        case 1080:  // forced close
        case 1152:  // aborted connection
        case 1158:  // network: read error
        case 1159:  // network: read timed out
        case 1160:  // network: write error
        case 1161:  // network: write timed out
        case 1184:  // aborted connection
        case 1927:  // killed (MariaDB)
        case 2002:  // no socket
        case 2003:  // no answer on the port
        case 2005:  // unknown host
        case 2006:  // gone away
        case 2012:  // lost during the handshake
        case 2013:  // lost during a query
        case 2014:  // commands out of sync
        case 2026:  // TLS broke
        case 2027:  // malformed packet
        case 2048:  // invalid connection handle
        case 2055:  // lost, with the system's reason
        case 3169:  // session killed (MySQL)
        case 4031:  // closed for idling (MySQL)
            return true;
        default:
            return false;
    }
}

bool wants_new_statement(int code) noexcept {
    return code == 1243      // unknown statement handle
           || code == 1615   // needs to be prepared again
           || code == 2057   // a table's columns changed under SELECT *
           || code == 2030;  // statement not prepared
}

bool too_many_statements(int code) noexcept {
    return code == 1461;
}

DbError to_db_error(const sql::SQLException& error, std::string_view what_failed) {
    const bool closed = dynamic_cast<const sql::InvalidInstanceException*>(&error) != nullptr;
    const int code = closed ? 2006 : error.getErrorCode();
    std::string text{what_failed};
    text += ": ";
    text += error.what();
    text += " (";
    text += std::to_string(code);
    text += ')';
    return DbError{fault_of(code), code, std::move(text)};
}

}  // namespace fleet::store
