#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "perf/profile.hpp"

namespace fleet::perf {

/// How requests use connections.
enum class ConnectionMode : std::uint8_t {
    stock,   ///< a new TLS connection for each request, as every osqueryd does
    kept,    ///< one connection a host, kept open
    pooled,  ///< many hosts on few connections
};

/// What hosts answer to detail queries and policies.
enum class AnswerProfile : std::uint8_t {
    tables,  ///< what their tables say
    compat,  ///< with the failures and coin-flips of the published load tests
    honest,  ///< no failures; policies and software change now and then
};

/// When the next poll is due.
enum class Pacing : std::uint8_t {
    open,     ///< on a fixed schedule, however slow the server is
    osquery,  ///< an interval after the last answer
};

struct Share {
    Flavor flavor{};
    int weight{1};
};

/// The command line.
struct Options {
    std::string host{};
    std::string port{};
    /// Further instances: hosts and ports. Certificates are checked for the name of the first.
    std::vector<std::pair<std::string, std::string>> more_servers{};
    std::string ca_file{};
    bool insecure{false};
    std::string enroll_secret{};
    std::string path_prefix{"/api/v1/osquery"};
    std::uint32_t hosts{};
    bool this_machine{false};
    std::vector<Share> platforms{};
    std::uint64_t seed{1};
    std::chrono::seconds duration{};  ///< zero: until a signal comes
    std::chrono::seconds warm_up{};   ///< not counted
    std::optional<std::chrono::milliseconds> start_period{};
    std::chrono::milliseconds distributed_interval{10'000};
    std::chrono::milliseconds config_interval{60'000};
    std::chrono::milliseconds logger_interval{10'000};
    bool obey_config{false};
    Pacing pacing{Pacing::open};
    AnswerProfile profile{AnswerProfile::tables};
    unsigned threads{1};
    ConnectionMode mode{ConnectionMode::stock};
    unsigned pool{16};
    std::chrono::microseconds look_every{250};
    std::uint32_t log_lines{};
    bool gzip_logs{false};
    bool etags{false};
    double wrong_key_percent{};
    double huge_line_percent{};
    std::uint32_t half_open{};
    std::uint32_t slow_readers{};
    std::optional<std::chrono::milliseconds> reconnect_at{};
    std::string rate_plan{};
    bool auth_header{true};
    std::string osquery_version{"5.23.1"};
    std::string json_file{};
    std::string oracle_file{};
    std::string answer_file{};
    std::string timeline_file{};
    std::string state_file{};
    bool quiet{false};
};

/// Reads the command line. Nothing when the program is to end at once (--help, or a mistake that
/// has been printed); `exit_code` then says how.
std::optional<Options> parse_options(int argc, char** argv, int& exit_code);

/// "90", "90s", "2m", "1h30m", "500ms".
std::optional<std::chrono::milliseconds> parse_duration(std::string_view text);

/// "ubuntu,rhel:3,macos": names with an optional weight.
std::optional<std::vector<Share>> parse_platforms(std::string_view text);

/// Which template host number `index` follows.
Flavor flavor_at(const std::vector<Share>& shares, std::uint32_t index);

}  // namespace fleet::perf
