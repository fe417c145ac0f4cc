#pragma once

#include <span>

#include "fleet/core/result.hpp"
#include "fleet/store/enroll_secret_store.hpp"

namespace fleet::service {

/// 422 on `secrets`: too many, empty, too long, or a limit that lets nobody in.
Result<> check_secrets(std::span<const store::WantedSecret> secrets);

}  // namespace fleet::service
