#include "support/private_mariadb.hpp"

#include <fcntl.h>
#include <pwd.h>
#include <sys/file.h>
#include <unistd.h>

#include <atomic>
#include <cstdlib>
#include <exception>
#include <filesystem>
#include <stdexcept>

#include "support/net.hpp"
#include "support/wait.hpp"

namespace fleet::test {

namespace {

namespace fs = std::filesystem;

std::string user_name() {
    const passwd* entry = ::getpwuid(::geteuid());
    return entry == nullptr ? "root" : entry->pw_name;
}

/// Keeps other test programs out while one of them makes the template.
class FileLock {
public:
    explicit FileLock(const std::string& path)
        : fd_{::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644)} {
        ::flock(fd_, LOCK_EX);
    }
    ~FileLock() { ::close(fd_); }
    FileLock(const FileLock&) = delete;
    FileLock& operator=(const FileLock&) = delete;

private:
    int fd_;
};

/// mariadb-install-db takes seconds, a copy of its result does not: one template a build folder.
std::string template_dir() {
    const std::string root = FLEET_TEST_DATA_DIR;
    fs::create_directories(root);
    const FileLock lock{root + "/mariadb.lock"};
    const auto path = root + "/mariadb";
    const auto marker = root + "/mariadb.complete";
    if (fs::exists(marker) && fs::exists(path)) return path;

    fs::remove_all(path);
    const auto log = root + "/mariadb-install.log";
    const int code = run({
        .argv =
            {"mariadb-install-db",
             "--no-defaults",
             "--datadir=" + path,
             "--user=" + user_name(),
             "--skip-test-db",
             "--auth-root-authentication-method=normal",
             "--innodb-log-file-size=16M"},
        .log_file = log,
    });
    if (code != 0) throw std::runtime_error("mariadb-install-db failed, see " + log);
    fs::remove(marker);
    const FileLock made{marker};
    return path;
}

DbAddress parse_external(const std::string& text) {
    const auto colon = text.find(':');
    const auto first = text.find(',');
    const auto second = text.find(',', first == std::string::npos ? first : first + 1);
    if (colon == std::string::npos || second == std::string::npos || colon > first) {
        throw std::runtime_error("FLEET_TEST_MYSQL must be host:port,user,password");
    }
    const auto port = std::stoi(text.substr(colon + 1, first - colon - 1));
    return {
        .host = text.substr(0, colon),
        .port = static_cast<std::uint16_t>(port),
        .user = text.substr(first + 1, second - first - 1),
        .password = text.substr(second + 1),
    };
}

}  // namespace

PrivateMariaDb::PrivateMariaDb(Durability durability) : durability_{durability} {
    if (const char* external = std::getenv("FLEET_TEST_MYSQL"); external != nullptr) {
        address_ = parse_external(external);
        external_ = true;
        // A first connection now: what the libraries tear down at the end of the program then goes
        // after our destructor, which connects once more.
        const auto first = client();
        return;
    }
    fs::copy(template_dir(), dir_.path() / "data", fs::copy_options::recursive);
    fs::create_directory(dir_.path() / "tmp");
    dir_.write(
        "init.sql",
        "CREATE USER IF NOT EXISTS fleet@'%' IDENTIFIED BY 'fleet';\n"
        "GRANT ALL ON *.* TO fleet@'%';\n"
        "CREATE USER IF NOT EXISTS fleet@localhost IDENTIFIED BY 'fleet';\n"
        "GRANT ALL ON *.* TO fleet@localhost;\n"
        // Owns schemas and nothing else, as operators are told to do it.
        "CREATE USER IF NOT EXISTS fleet_app@'%' IDENTIFIED BY 'fleet';\n"
        "GRANT ALL ON `fleet\\_test\\_%`.* TO fleet_app@'%';\n"
    );
    address_.socket = dir_.file("db.sock");
    address_.port = free_port();
    start();
}

PrivateMariaDb::~PrivateMariaDb() {
    if (!external_) return;
    try {
        auto sql = client();
        for (const auto& schema : schemas_)
            sql.execute("DROP DATABASE IF EXISTS " + schema);
    } catch (const std::exception&) {
        // The server is somebody else's: a schema left behind is all that can go wrong.
    }
}

std::string PrivateMariaDb::create_schema() {
    static std::atomic<int> counter{0};
    const auto name = "fleet_test_" + std::to_string(::getpid()) + "_" + std::to_string(++counter);
    auto sql = client();
    sql.execute("DROP DATABASE IF EXISTS " + name);
    sql.execute("CREATE DATABASE " + name + " CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci");
    schemas_.push_back(name);
    return name;
}

SqlClient PrivateMariaDb::client(const std::string& schema) const {
    return SqlClient{address_, schema};
}

void PrivateMariaDb::start() {
    if (external_) throw std::logic_error("an external database is not ours to start");
    Command command{
        .argv =
            {"mariadbd",
             "--no-defaults",
             "--user=" + user_name(),
             "--datadir=" + dir_.file("data"),
             "--socket=" + address_.socket,
             // A starting server deletes the temporary files of others in a shared folder.
             "--tmpdir=" + dir_.file("tmp"),
             "--pid-file=" + dir_.file("db.pid"),
             "--bind-address=127.0.0.1",
             "--port=" + std::to_string(address_.port),
             "--init-file=" + dir_.file("init.sql"),
             "--skip-name-resolve",
             "--skip-log-bin",
             "--character-set-server=utf8mb4",
             "--max-connections=200",
             "--innodb-buffer-pool-size=64M",
             "--innodb-log-file-size=16M",
             "--innodb-buffer-pool-dump-at-shutdown=0",
             "--innodb-fast-shutdown=1",
             "--performance-schema=0",
             "--table-open-cache=400",
             "--max-allowed-packet=64M"},
        .log_file = dir_.file("db.log"),
    };
    if (durability_ == Durability::fast) {
        for (const auto* option :
             {"--innodb-flush-log-at-trx-commit=2",
              "--innodb-flush-method=nosync",
              "--innodb-doublewrite=0",
              "--sync-frm=0"}) {
            command.argv.emplace_back(option);
        }
    } else {
        command.argv.emplace_back("--innodb-flush-log-at-trx-commit=1");
    }
    process_.start(command);
    const bool up = eventually(
        [&] { return !process_.running() || port_greets(address_.port); }, std::chrono::minutes{2}
    );
    if (!up || !process_.running()) throw std::runtime_error("MariaDB did not start:\n" + log());
}

void PrivateMariaDb::stop() {
    process_.terminate(std::chrono::minutes{2});
}

void PrivateMariaDb::restart() {
    stop();
    start();
}

void PrivateMariaDb::kill9() {
    process_.kill9();
}

std::string PrivateMariaDb::log() const {
    return read_file(dir_.file("db.log"));
}

PrivateMariaDb& shared_mariadb() {
    static PrivateMariaDb database;
    return database;
}

}  // namespace fleet::test
