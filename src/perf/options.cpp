#include "perf/options.hpp"

#include <CLI/CLI.hpp>
#include <iostream>
#include <map>

#include "perf/run/rate_plan.hpp"
#include "perf/text.hpp"

namespace fleet::perf {
namespace {

constexpr auto kAbout =
    "Runs virtual hosts against a fleet-server: they enrol, poll and log as osqueryd does, and\n"
    "answer any SQL from their own osquery-shaped tables. Every answer of the server is checked.\n"
    "Prints a line of rates while running and a table of latencies at the end; SIGINT or SIGTERM\n"
    "ends the run early, with the table.";

/// Splits "https://name:port"; a bracketed IPv6 address is allowed.
bool split_url(const std::string& url, Options& options) {
    constexpr std::string_view kScheme = "https://";
    if (!url.starts_with(kScheme)) return false;
    auto rest = url.substr(kScheme.size());
    rest.resize(std::min(rest.find('/'), rest.size()));
    options.port = "443";
    if (rest.starts_with('[')) {
        const auto end = rest.find(']');
        if (end == std::string::npos) return false;
        options.host = rest.substr(1, end - 1);
        rest.erase(0, end + 1);
        if (rest.starts_with(':')) options.port = rest.substr(1);
    } else {
        const auto colon = rest.find(':');
        options.host = rest.substr(0, colon);
        if (colon != std::string::npos) options.port = rest.substr(colon + 1);
    }
    const auto port = parse_int(options.port);
    return !options.host.empty() && port && *port > 0 && *port < 65536;
}

const CLI::Validator kDuration{
    [](std::string& text) {
        return parse_duration(text) ? std::string{}
                                    : "not a duration (use 10s, 2m, 500ms): " + text;
    },
    "DURATION",
    "duration"};

const CLI::Validator kPlatforms{
    [](std::string& text) {
        return parse_platforms(text)
                   ? std::string{}
                   : "unknown platform in '" + text + "' (ubuntu, debian, rhel, macos, windows)";
    },
    "LIST",
    "platforms"};

const CLI::Validator kUrl{
    [](std::string& text) {
        Options scratch;
        return split_url(text, scratch) ? std::string{} : "not an https:// address: " + text;
    },
    "URL",
    "url"};

const CLI::Validator kRatePlan{
    [](std::string& text) {
        return RatePlan::parse(text) ? std::string{}
                                     : "not a rate plan (use 60s:1,120s:2): " + text;
    },
    "PLAN",
    "rate plan"};

/// Texts that need a second step after CLI11 has stored them.
struct Raw {
    std::vector<std::string> servers{};
    std::string platforms{"ubuntu,debian,rhel,macos,windows"};
    std::string duration{"0"};
    std::string warm_up{"0"};
    std::string start_period{};
    std::string distributed_interval{"10s"};
    std::string config_interval{"60s"};
    std::string logger_interval{"10s"};
    std::string reconnect_at{};
};

void declare_target(CLI::App& app, Options& options, Raw& raw) {
    auto* group = app.add_option_group("Server");
    group
        ->add_option(
            "--server",
            raw.servers,
            "Address, as in https://127.0.0.1:8412. Given several times, connections go to the "
            "addresses in turn, as a TCP balancer would send them; one that refuses is left out "
            "for a second"
        )
        ->required()
        ->check(kUrl);
    group
        ->add_option(
            "--ca", options.ca_file, "PEM file the server's certificate is checked against"
        )
        ->check(CLI::ExistingFile);
    group->add_flag("--insecure", options.insecure, "Accept any server certificate");
    group->add_option("--enroll-secret", options.enroll_secret, "Enrol secret")
        ->envname("FLEET_ENROLL_SECRET");
    group->add_option("--path-prefix", options.path_prefix, "Path before /enroll, /config, ...")
        ->capture_default_str();
}

void declare_hosts(CLI::App& app, Options& options, Raw& raw) {
    static const std::map<std::string, AnswerProfile> kProfiles{
        {"tables", AnswerProfile::tables},
        {"compat", AnswerProfile::compat},
        {"honest", AnswerProfile::honest},
    };
    auto* group = app.add_option_group("Hosts");
    group->add_option("--hosts", options.hosts, "Number of virtual hosts")
        ->check(CLI::Range(0, 1'000'000));
    group->add_flag(
        "--this-machine", options.this_machine, "Add one host that is this Linux machine"
    );
    group
        ->add_option(
            "--platforms", raw.platforms, "Templates with optional weights, as in ubuntu:3,macos"
        )
        ->check(kPlatforms)
        ->capture_default_str();
    group
        ->add_option(
            "--profile",
            options.profile,
            "tables: hosts answer what their tables say; honest: the same, but policies stick and "
            "flip at 0.5 % an hour, and 1 % of the software changes in a day; compat: as published "
            "load tests do it (half of the software, battery and disk queries fail, policies are "
            "coin-flips, Macs have 21 apps, each log post follows a GET /version)"
        )
        ->transform(CLI::CheckedTransformer(kProfiles, CLI::ignore_case))
        ->default_str("tables");
    group->add_option("--seed", options.seed, "Same seed, same hosts")->capture_default_str();
    group->add_option("--state", options.state_file, "Keeps node keys between runs in this file");
    group->add_option("--osquery-version", options.osquery_version, "Version the hosts report")
        ->capture_default_str();
}

void declare_schedule(CLI::App& app, Options& options, Raw& raw) {
    static const std::map<std::string, Pacing> kPacings{
        {"open", Pacing::open}, {"osquery", Pacing::osquery}};
    auto* group = app.add_option_group("Schedule");
    group->add_option("--duration", raw.duration, "Length of the run; 0 runs until a signal")
        ->check(kDuration)
        ->capture_default_str();
    group->add_option("--warm-up", raw.warm_up, "Time before the run that is not counted")
        ->check(kDuration)
        ->capture_default_str();
    group
        ->add_option(
            "--start-period",
            raw.start_period,
            "Hosts start spread over this time (default: 100 a second)"
        )
        ->check(kDuration);
    group
        ->add_option(
            "--distributed-interval", raw.distributed_interval, "Between distributed reads"
        )
        ->check(kDuration)
        ->capture_default_str();
    group->add_option("--config-interval", raw.config_interval, "Between config fetches")
        ->check(kDuration)
        ->capture_default_str();
    group->add_option("--logger-interval", raw.logger_interval, "Between log posts")
        ->check(kDuration)
        ->capture_default_str();
    group
        ->add_option(
            "--rate-plan",
            options.rate_plan,
            "How much faster hosts poll, over time after the warm-up, as in 60s:1,120s:2,60s:1; "
            "takes hold of a host with its next poll"
        )
        ->check(kRatePlan);
    group->add_flag(
        "--obey-config",
        options.obey_config,
        "Take intervals from the options of the received config"
    );
    group
        ->add_option(
            "--pacing",
            options.pacing,
            "open: fixed schedule; osquery: an interval after the last answer (for servers that "
            "park reads)"
        )
        ->transform(CLI::CheckedTransformer(kPacings, CLI::ignore_case))
        ->default_str("open");
}

void declare_traffic(CLI::App& app, Options& options) {
    static const std::map<std::string, ConnectionMode> kModes{
        {"stock", ConnectionMode::stock},
        {"kept", ConnectionMode::kept},
        {"pooled", ConnectionMode::pooled},
    };
    auto* group = app.add_option_group("Traffic");
    group->add_option("--threads", options.threads, "Threads for the virtual hosts")
        ->check(CLI::Range(1, 64))
        ->capture_default_str();
    group
        ->add_option(
            "--mode",
            options.mode,
            "stock: a connection a request; kept: one a host; pooled: --pool in all"
        )
        ->transform(CLI::CheckedTransformer(kModes, CLI::ignore_case))
        ->default_str("stock");
    group->add_option("--pool", options.pool, "Connections of a thread in pooled mode")
        ->check(CLI::Range(1, 10'000))
        ->capture_default_str();
    group
        ->add_option_function<unsigned>(
            "--look-every",
            [&options](unsigned value) { options.look_every = std::chrono::microseconds{value}; },
            "Microseconds between two looks at the sockets, at least: answers are read together, "
            "and latencies may be that much too long (default: 250)"
        )
        ->check(CLI::Range(0, 10'000));
    group
        ->add_option(
            "--log-lines",
            options.log_lines,
            "Invented result lines in each log post, and a tenth as many status lines"
        )
        ->check(CLI::Range(0, 100'000))
        ->capture_default_str();
    group->add_flag("--gzip-logs", options.gzip_logs, "Compress log posts");
    group->add_flag(
        "--etags",
        options.etags,
        "Name the configuration that a host has, as agents do that know how, so that the server "
        "need not send it again"
    );
    group->add_flag(
        "--auth-header,!--no-auth-header",
        options.auth_header,
        "Send 'Authorization: NodeKey' as osquery 5.23 does (default: yes)"
    );
}

void declare_faults(CLI::App& app, Options& options, Raw& raw) {
    auto* group = app.add_option_group("Faults");
    group
        ->add_option(
            "--wrong-key-percent",
            options.wrong_key_percent,
            "Share of config and read requests sent with a wrong node key"
        )
        ->check(CLI::Range(0.0, 100.0))
        ->capture_default_str();
    group
        ->add_option(
            "--huge-line-percent",
            options.huge_line_percent,
            "Share of the invented result lines (see --log-lines) that have 1 MB"
        )
        ->check(CLI::Range(0.0, 100.0))
        ->capture_default_str();
    group
        ->add_option(
            "--half-open",
            options.half_open,
            "Connections beside those of the hosts that stop talking: a third each without a word, "
            "in the middle of the handshake, in the middle of a request"
        )
        ->check(CLI::Range(0, 10'000));
    group
        ->add_option(
            "--slow-readers",
            options.slow_readers,
            "Connections beside those of the hosts that send 200 requests and read 160 bytes of "
            "the answers a second"
        )
        ->check(CLI::Range(0, 10'000));
    group
        ->add_option(
            "--reconnect-at",
            raw.reconnect_at,
            "At this time after the warm-up all connections are closed and opened again at once "
            "(kept and pooled mode)"
        )
        ->check(kDuration);
}

void declare_output(CLI::App& app, Options& options) {
    auto* group = app.add_option_group("Output");
    group->add_option("--json", options.json_file, "Write the report to this file as JSON");
    group->add_option(
        "--oracle",
        options.oracle_file,
        "Append the line_id of each acknowledged result line to this file, and put line_id into "
        "every line"
    );
    group->add_option(
        "--answers",
        options.answer_file,
        "Append a line to this file for each acknowledged answer to a live query: campaign, host "
        "name, unix milliseconds of its sending and of its acknowledgement"
    );
    group->add_option(
        "--timeline",
        options.timeline_file,
        "Write a line a second to this file: seconds, requests sent, answers, errors, p50 and p99 "
        "of "
        "the polls in milliseconds, rate factor"
    );
    group->add_flag("--quiet", options.quiet, "No line of rates");
}

}  // namespace

std::optional<std::chrono::milliseconds> parse_duration(std::string_view text) {
    std::chrono::milliseconds total{};
    if (text.empty()) return std::nullopt;
    while (!text.empty()) {
        const auto digits = std::min(text.find_first_not_of("0123456789"), text.size());
        const auto number = parse_int(text.substr(0, digits));
        if (!number || *number > 10'000'000) return std::nullopt;
        text = text.substr(digits);
        const auto letters = std::min(text.find_first_of("0123456789"), text.size());
        const auto unit = text.substr(0, letters);
        text = text.substr(letters);
        if (unit == "ms")
            total += std::chrono::milliseconds{*number};
        else if (unit.empty() || unit == "s")
            total += std::chrono::seconds{*number};
        else if (unit == "m")
            total += std::chrono::minutes{*number};
        else if (unit == "h")
            total += std::chrono::hours{*number};
        else
            return std::nullopt;
    }
    return total;
}

std::optional<std::vector<Share>> parse_platforms(std::string_view text) {
    std::vector<Share> shares;
    while (!text.empty()) {
        const auto comma = std::min(text.find(','), text.size());
        auto name = trim(text.substr(0, comma));
        text = text.substr(std::min(comma + 1, text.size()));
        Share share;
        if (const auto colon = name.find(':'); colon != std::string_view::npos) {
            const auto weight = parse_int(name.substr(colon + 1));
            if (!weight || *weight < 1 || *weight > 1000) return std::nullopt;
            share.weight = static_cast<int>(*weight);
            name = name.substr(0, colon);
        }
        const auto flavor = flavor_from_name(name);
        if (!flavor) return std::nullopt;
        share.flavor = *flavor;
        shares.push_back(share);
    }
    if (shares.empty()) return std::nullopt;
    return shares;
}

Flavor flavor_at(const std::vector<Share>& shares, std::uint32_t index) {
    std::uint32_t total = 0;
    for (const auto& share : shares)
        total += static_cast<std::uint32_t>(share.weight);
    auto at = index % total;
    for (const auto& share : shares) {
        const auto weight = static_cast<std::uint32_t>(share.weight);
        if (at < weight) return share.flavor;
        at -= weight;
    }
    return shares.front().flavor;
}

std::optional<Options> parse_options(int argc, char** argv, int& exit_code) {
    CLI::App app{kAbout, "fleet-perf"};
    Options options;
    Raw raw;
    declare_target(app, options, raw);
    declare_hosts(app, options, raw);
    declare_schedule(app, options, raw);
    declare_traffic(app, options);
    declare_faults(app, options, raw);
    declare_output(app, options);
    app.set_version_flag("--version", std::string{"fleet-perf "} + FLEET_VERSION);
    try {
        app.parse(argc, argv);
        for (std::size_t i = raw.servers.size(); i-- > 0;) {
            split_url(raw.servers[i], options);
            if (i > 0)
                options.more_servers.emplace(
                    options.more_servers.begin(), options.host, options.port
                );
        }
        if (options.hosts == 0 && !options.this_machine) {
            throw CLI::ValidationError("--hosts", "give a number of hosts, or --this-machine");
        }
        if (options.ca_file.empty() && !options.insecure) {
            throw CLI::ValidationError(
                "--ca", "needed to check the server's certificate (or --insecure)"
            );
        }
    } catch (const CLI::ParseError& error) {
        exit_code = app.exit(error, std::cout, std::cerr);
        return std::nullopt;
    }
    options.platforms = parse_platforms(raw.platforms).value();
    const auto seconds = [](const std::string& text) {
        return std::chrono::duration_cast<std::chrono::seconds>(parse_duration(text).value());
    };
    options.duration = seconds(raw.duration);
    options.warm_up = seconds(raw.warm_up);
    if (!raw.start_period.empty()) options.start_period = parse_duration(raw.start_period);
    if (!raw.reconnect_at.empty()) options.reconnect_at = parse_duration(raw.reconnect_at);
    options.distributed_interval = parse_duration(raw.distributed_interval).value();
    options.config_interval = parse_duration(raw.config_interval).value();
    options.logger_interval = parse_duration(raw.logger_interval).value();
    return options;
}

}  // namespace fleet::perf
