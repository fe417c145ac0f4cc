#include "fleet/core/error.hpp"

#include <gtest/gtest.h>

#include "fleet/core/result.hpp"

namespace fleet {
namespace {

Result<int> half(int value) {
    if (value % 2 != 0) return fail(Error::invalid("value", "must be even"));
    return value / 2;
}

Result<int> quarter(int value) {
    FLEET_TRY(const int once, half(value));
    FLEET_TRY(const int twice, half(once));
    return twice;
}

Result<> both(int a, int b) {
    FLEET_CHECK(half(a));
    FLEET_CHECK(half(b));
    return {};
}

TEST(Error, KindsHaveTheirStatus) {
    EXPECT_EQ(http_status(ErrorKind::bad_request), 400);
    EXPECT_EQ(http_status(ErrorKind::unauthenticated), 401);
    EXPECT_EQ(http_status(ErrorKind::forbidden), 403);
    EXPECT_EQ(http_status(ErrorKind::not_found), 404);
    EXPECT_EQ(http_status(ErrorKind::timeout), 408);
    EXPECT_EQ(http_status(ErrorKind::conflict), 409);
    EXPECT_EQ(http_status(ErrorKind::too_large), 413);
    EXPECT_EQ(http_status(ErrorKind::invalid), 422);
    EXPECT_EQ(http_status(ErrorKind::rate_limited), 429);
    EXPECT_EQ(http_status(ErrorKind::unavailable), 503);
}

TEST(Error, NotFoundNamesTheThing) {
    const Error error = Error::not_found("Host", "42");
    EXPECT_EQ(error.message, "Resource Not Found");
    ASSERT_EQ(error.fields.size(), 1u);
    EXPECT_EQ(error.fields[0].reason, "Host 42 was not found in the datastore");
}

TEST(Error, InvalidNamesTheField) {
    const Error error = Error::invalid("email", "Email cannot be empty");
    EXPECT_EQ(error.message, "Validation Failed");
    EXPECT_EQ(error.fields.at(0).name, "email");
}

TEST(Result, TryReturnsTheFirstError) {
    EXPECT_EQ(quarter(8), 2);
    const auto failed = quarter(6);
    ASSERT_FALSE(failed);
    EXPECT_EQ(failed.error().kind, ErrorKind::invalid);
}

TEST(Result, CheckReturnsTheFirstError) {
    EXPECT_TRUE(both(2, 4));
    EXPECT_FALSE(both(2, 3));
}

}  // namespace
}  // namespace fleet
