#pragma once

#include <algorithm>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "fleet/core/host.hpp"
#include "fleet/store/db.hpp"

namespace fleet::store {

/// Longest list of ids bound in one statement.
inline constexpr std::size_t kMaxList = 1'000;

/// "(?, ?, ?)" with `count` places, at least one.
inline std::string placeholders(std::size_t count) {
    std::string out = "(?";
    for (std::size_t i = 1; i < count; ++i)
        out += ", ?";
    return out + ")";
}

/// Ids as values to bind, padded with the last one to a power of two so that few statement shapes
/// are prepared. `ids` must not be empty.
template <class Id>
std::vector<Param> id_params(std::span<const Id> ids) {
    std::vector<Param> out;
    for (const Id id : ids)
        out.emplace_back(static_cast<std::uint64_t>(id));
    std::size_t size = 1;
    while (size < out.size())
        size *= 2;
    while (out.size() < size)
        out.push_back(out.back());
    return out;
}

/// The same for text. `texts` must not be empty.
inline std::vector<Param> text_params(std::span<const std::string> texts) {
    std::vector<Param> out(texts.begin(), texts.end());
    std::size_t size = 1;
    while (size < out.size())
        size *= 2;
    while (out.size() < size)
        out.push_back(out.back());
    return out;
}

enum class Lock { none, shared };

/// Which of the ids exist in `table` (a constant), sorted; with a shared lock they stay until the
/// transaction ends, so that what refers to them can be written. Rows that the transaction will
/// update itself are read without: two that raise a shared lock deadlock.
template <class Id>
std::vector<Id> existing_ids(
    Session& session, const std::string& table, std::vector<Id> ids, Lock lock = Lock::shared
) {
    std::sort(ids.begin(), ids.end());
    ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
    std::vector<Id> out;
    for (std::size_t at = 0; at < ids.size(); at += kMaxList) {
        const std::span<const Id> some{ids.data() + at, std::min(kMaxList, ids.size() - at)};
        const std::vector<Param> values = id_params(some);
        session.select(
            Sql{"existing_" + table,
                "SELECT id FROM " + table + " WHERE id IN " + placeholders(values.size()) +
                    (lock == Lock::shared ? " ORDER BY id LOCK IN SHARE MODE" : " ORDER BY id")},
            values,
            [&](const Row& row) { out.push_back(row.id<Id>(0)); }
        );
    }
    return out;
}

/// The name under which a digest is stored.
std::string_view digest_kind_name(DigestKind kind);

}  // namespace fleet::store
