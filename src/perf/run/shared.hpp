#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>
#include <vector>

#include "perf/options.hpp"

namespace fleet::perf {

/// Node keys that outlive the run, in a file of "uuid key" lines that only its owner may read. New
/// keys are appended; of several lines for one host the last one counts. Hosts keep their keys
/// themselves: what has been read is forgotten once they have taken them over.
class KeyStore {
public:
    explicit KeyStore(std::string file);

    bool on() const { return !file_.empty(); }

    /// Keys of earlier runs; nothing after `forget`.
    std::string find(const std::string& uuid) const;
    void forget() { keys_ = {}; }

    void put(const std::string& uuid, const std::string& key);

    /// Writes what is new. Does nothing without a file name.
    void save();

private:
    void read();
    void rewrite() const;

    std::string file_;
    std::unordered_map<std::string, std::string> keys_;
    std::mutex mutex_;
    std::string fresh_;  ///< lines not yet written
};

struct FileCloser {
    void operator()(std::FILE* file) const { std::fclose(file); }
};
/// A file that lines are appended to.
using LineFile = std::unique_ptr<std::FILE, FileCloser>;
/// Nothing without a name.
LineFile open_lines(const std::string& file);

/// The record of acknowledged result lines that a test compares with the server's logs.
class Oracle {
public:
    explicit Oracle(const std::string& file);

    bool on() const { return file_ != nullptr; }
    void append(const std::vector<std::string>& ids);

private:
    std::mutex mutex_;
    LineFile file_;
};

/// When the answers to live queries left and were acknowledged, for whoever watches the other end.
class AnswerLog {
public:
    explicit AnswerLog(const std::string& file);

    bool on() const { return file_ != nullptr; }
    void append(
        std::string_view campaign,
        std::string_view hostname,
        std::chrono::system_clock::time_point sent,
        std::chrono::system_clock::time_point acknowledged
    );

private:
    std::mutex mutex_;
    LineFile file_;
};

/// What the threads of a run have in common.
struct RunShared {
    explicit RunShared(const Options& options)
        : keys{options.state_file}, oracle{options.oracle_file}, answers{options.answer_file} {}

    KeyStore keys;
    Oracle oracle;
    AnswerLog answers;
    std::atomic<double> rate_factor{1};
    std::string run_id{};
    std::int64_t started_at{};  ///< unix seconds
};

}  // namespace fleet::perf
