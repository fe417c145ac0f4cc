#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "fleet/live/redis.hpp"

struct redisReader;

namespace fleet::live {

/// Appends a command in the wire format of Redis.
void append_command(std::string& out, const Command& command);

/// Turns a stream of bytes into replies (hiredis' parser). Replies nested deeper than seven
/// levels or otherwise malformed end the stream.
class RespReader {
public:
    RespReader();

    /// False when the bytes break the protocol.
    bool feed(std::string_view bytes);
    /// The next complete reply. `broken()` tells why there is none for ever.
    std::optional<Reply> next();
    bool broken() const { return broken_; }

private:
    struct Free {
        void operator()(redisReader* reader) const;
    };
    std::unique_ptr<redisReader, Free> reader_;
    bool broken_ = false;
};

}  // namespace fleet::live
