#include "support/private_redis.hpp"

#include <sys/socket.h>
#include <unistd.h>

#include <stdexcept>

#include "support/net.hpp"
#include "support/wait.hpp"

namespace fleet::test {

PrivateRedis::PrivateRedis(const RedisOptions& options) : port_{free_port()} {
    std::string config = "bind 127.0.0.1\nport " + std::to_string(port_) + "\ndir " +
                         dir_.path().string() + "\nsave \"\"\ndaemonize no\n";
    config += options.persistent ? "appendonly yes\n" : "appendonly no\n";
    if (!options.password.empty()) config += "requirepass " + options.password + "\n";
    if (!options.user.empty()) {
        config += "user " + options.user + " on >" + options.user_password + " ~* &* +@all\n";
    }
    config_file_ = dir_.write("redis.conf", config);
    start();
}

void PrivateRedis::start() {
    process_.start({.argv = {"redis-server", config_file_}, .log_file = dir_.file("redis.log")});
    const bool up = eventually(
        [&] { return !process_.running() || !command("PING").empty(); }, std::chrono::minutes{1}
    );
    if (!up || !process_.running()) {
        throw std::runtime_error("Redis did not start:\n" + read_file(dir_.file("redis.log")));
    }
}

void PrivateRedis::stop() {
    process_.terminate(std::chrono::minutes{1});
}

void PrivateRedis::restart() {
    stop();
    start();
}

void PrivateRedis::kill9() {
    process_.kill9();
}

std::string PrivateRedis::command(const std::string& line) const {
    try {
        const int fd = connect_tcp("127.0.0.1", port_, std::chrono::seconds{1});
        const auto text = line + "\r\n";
        std::string reply(std::size_t{64} * 1024, '\0');
        ssize_t size = -1;
        if (::send(fd, text.data(), text.size(), MSG_NOSIGNAL) > 0 &&
            wait_readable(fd, std::chrono::seconds{2})) {
            size = ::recv(fd, reply.data(), reply.size(), 0);
        }
        ::close(fd);
        reply.resize(size > 0 ? static_cast<std::size_t>(size) : 0);
        return reply;
    } catch (const NetworkError&) {
        return "";
    }
}

}  // namespace fleet::test
