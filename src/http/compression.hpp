#pragma once

#include "fleet/http/message.hpp"

namespace fleet::http {

/// Makes the body a gzip one when the client takes that and the body is a long text. Costs about
/// 10 ms a megabyte: for the worker pool, not for the event loop.
///
/// A compressed answer tells by its length whether a guess of a secret in it was right (BREACH).
/// That needs a page that makes a browser ask with the user's rights; API tokens are in a header
/// that browsers do not add by themselves.
void compress(const Request& request, Response& response);

}  // namespace fleet::http
