#pragma once

#include <span>
#include <vector>

namespace fleet::test {

/// What each role may do with an endpoint: rest-api-a 7.1 for roles held globally and 7.2 for roles
/// held on team T, and the "Who" columns of section 0. One letter a role, in the order admin,
/// maintainer, technician, observer_plus, observer, gitops:
///   Y  not refused   -  403   .  not asked (the row says why)
///
/// Every endpoint of the server needs a row; the path is below the prefix of its versions. The
/// request must be one that succeeds for who is allowed: the same rows check the answers against
/// the OpenAPI document. Placeholders are made afresh for each request, in the global columns for
/// no team, in the team columns inside T:
///   {host} {uuid}            a host
///   {query} {query_name}     a saved query; {runnable}: one that observers may run
///   {label} {label_name} {user} {session} {carve} {software} {title}
///   {policy} {global_policy}  the second belongs to everybody in both columns
///   {pack} {pack_name} {pack_query} {invite} {program} {user_token}
///   {team} {team_name}       T; in the global columns some team
///   {spec_team}              the name of T for specs, or nothing
///   {name}                   a name that nothing has
///   {?team}                  "?team_id=T", or nothing
///   {"team"}                 "team_id":T, or "team_id":null
///   {role}                   "teams":[{"id":T,"role":"observer"}], or "global_role":"observer"
struct RoleRow {
    const char* endpoint;
    const char* method;
    const char* path;
    const char* body;
    const char* global;
    const char* team;
};

std::vector<RoleRow> role_rows();

/// Its parts: hosts, queries and what else there was first; teams, policies, labels, packs and
/// more.
std::span<const RoleRow> first_role_rows();
std::span<const RoleRow> more_role_rows();

namespace may {
inline constexpr const char* kAll = "YYYYYY";
inline constexpr const char* kNone = "------";
inline constexpr const char* kNotAsked = "......";
inline constexpr const char* kPeople = "YYYYY-";
inline constexpr const char* kAdmin = "Y-----";
inline constexpr const char* kWriters = "YY---Y";
inline constexpr const char* kLive = "YYYY--";
inline constexpr const char* kLabelWriters = "YYY--Y";  // and who transfers hosts
inline constexpr const char* kTeamWriters = "Y----Y";
}  // namespace may

}  // namespace fleet::test
