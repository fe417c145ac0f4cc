#pragma once

#include <atomic>
#include <filesystem>
#include <functional>
#include <list>
#include <map>
#include <mutex>
#include <nlohmann/json.hpp>
#include <string>
#include <thread>
#include <vector>

namespace fleet::perf::testing {

/// A TLS server on a free port of 127.0.0.1 with a certificate of its own. The test says what it
/// answers; it keeps every request.
class ScriptedServer {
public:
    struct Request {
        std::string path{};
        std::string head{};
        nlohmann::json body{};
    };
    struct Answer {
        int status{200};
        std::string body{"{}"};
        bool hang_up{false};  ///< close without answering
    };
    using Script = std::function<Answer(const Request&)>;

    explicit ScriptedServer(Script script);
    ~ScriptedServer();
    ScriptedServer(const ScriptedServer&) = delete;
    ScriptedServer& operator=(const ScriptedServer&) = delete;

    std::string url() const { return "https://localhost:" + port(); }
    std::string port() const { return std::to_string(port_); }
    std::string ca_file() const { return (folder_ / "cert.pem").string(); }
    const std::filesystem::path& folder() const { return folder_; }

    std::vector<Request> requests() const;
    std::vector<Request> requests(const std::string& path_end) const;
    int connections() const { return connections_; }

private:
    void accept_all();
    void serve(int fd);

    Script script_;
    std::filesystem::path folder_;
    int listener_{-1};
    int port_{};
    void* context_{};
    std::atomic<int> connections_{0};
    std::atomic<bool> stopping_{false};
    mutable std::mutex mutex_;
    std::vector<Request> requests_;
    std::list<std::thread> threads_;
    std::thread acceptor_;
};

}  // namespace fleet::perf::testing
