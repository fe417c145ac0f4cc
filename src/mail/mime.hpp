#pragma once

#include <string>
#include <string_view>

#include "fleet/core/time.hpp"
#include "fleet/mail/mail.hpp"

namespace fleet::mail {

/// The message as it travels: headers and both parts in base64, lines ended by CRLF. Values cannot
/// add headers of their own.
std::string mime_text(const Message& message, const std::string& sender, Time now);

/// A header value as an encoded word (RFC 2047) when it holds more than printable ASCII.
std::string encoded_header(std::string_view text);

}  // namespace fleet::mail
