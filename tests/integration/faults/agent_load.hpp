#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "support/stack.hpp"

namespace fleet::test {

/// Hosts that check in as fast as they can and remember what the server promised them. Each host
/// counts up: log lines, report rows and its hardware model all carry the number.
class AgentLoad {
public:
    struct Promises {
        std::set<std::string> log_lines{};  // marker of each acknowledged line
        std::int64_t report = 0;            // number of the last acknowledged snapshot
        std::int64_t model = 0;             // number of the last acknowledged host change
        std::int64_t attempted = 0;         // highest number ever sent
    };

    /// Enrols the hosts; the scheduled query of that name must exist. They call `endpoint`, when
    /// given, instead of the first server.
    AgentLoad(
        Stack& stack,
        int hosts,
        std::string query_name,
        const std::optional<Endpoint>& endpoint = std::nullopt
    );
    ~AgentLoad();

    void start();
    void stop();

    [[nodiscard]] std::size_t size() const { return hosts_.size(); }
    [[nodiscard]] const Machine& machine(std::size_t host) const {
        return hosts_[host]->agent.machine();
    }
    [[nodiscard]] FakeAgent& agent(std::size_t host) { return hosts_[host]->agent; }
    [[nodiscard]] const Promises& promises(std::size_t host) const {
        return hosts_[host]->promises;
    }

    /// Answers that a real agent would take for a wrong order: node_invalid, an empty
    /// configuration, success without a JSON body. Must stay empty, whatever breaks.
    [[nodiscard]] std::vector<std::string> wrong_answers() const;

    /// Rounds (config, read, log, report, write) that went through since the start.
    [[nodiscard]] std::int64_t rounds() const { return rounds_; }
    [[nodiscard]] std::int64_t failures() const { return failures_; }

private:
    struct Host {
        explicit Host(FakeAgent a) : agent{std::move(a)} {}
        FakeAgent agent;
        Promises promises{};
        std::thread thread{};
    };

    void run(Host& host);
    void round(Host& host);
    /// Whether the call was acknowledged; notes wrong answers.
    bool acknowledged(const Response& response, const char* operation);

    std::string query_name_;
    std::vector<std::unique_ptr<Host>> hosts_{};
    std::atomic<bool> stop_ = false;
    std::atomic<std::int64_t> rounds_ = 0;
    std::atomic<std::int64_t> failures_ = 0;
    mutable std::mutex mutex_;
    std::vector<std::string> wrong_{};
};

/// Compares what the servers have with what they promised; returns what is missing, and what
/// is there twice although it was sent once.
std::vector<std::string> lost_promises(Stack& stack, const AgentLoad& load, std::uint64_t query_id);

/// How long a fault lasts: `normally`, or what FLEET_FAULT_SECONDS says when it is more.
std::chrono::seconds fault_time(std::chrono::seconds normally);

}  // namespace fleet::test
