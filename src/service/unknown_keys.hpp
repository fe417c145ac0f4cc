#pragma once

namespace fleet::service {

/// What becomes of a member of a settings document that nobody knows.
enum class UnknownKeys { refuse, drop };

}  // namespace fleet::service
