#pragma once

#include <tl/expected.hpp>
#include <utility>

#include "fleet/core/error.hpp"

namespace fleet {

/// A value, or an expected failure. Broken things (database gone, bugs) are exceptions.
template <class T = void>
using Result = tl::expected<T, Error>;

/// Makes the failing side of any Result.
inline tl::unexpected<Error> fail(Error error) {
    return tl::unexpected<Error>(std::move(error));
}

}  // namespace fleet

#define FLEET_CONCAT_INNER(a, b) a##b
#define FLEET_CONCAT(a, b) FLEET_CONCAT_INNER(a, b)

/// FLEET_TRY(const Label label, store.get(id)); declares `label`, or returns the error.
#define FLEET_TRY(declaration, expression) \
    FLEET_TRY_INNER(FLEET_CONCAT(fleet_try_, __LINE__), declaration, expression)
#define FLEET_TRY_INNER(name, declaration, expression)        \
    auto name = (expression);                                 \
    if (!name) return ::fleet::fail(std::move(name).error()); \
    declaration = std::move(*name)

/// FLEET_CHECK(validate(in)); returns the error of a failed Result<void>.
#define FLEET_CHECK(expression)                                   \
    do {                                                          \
        if (auto fleet_check = (expression); !fleet_check)        \
            return ::fleet::fail(std::move(fleet_check).error()); \
    } while (false)
