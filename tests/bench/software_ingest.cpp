// New hosts with 1,688 packages each, from the JSON that agents send to committed rows, beside a
// row for each host and package in the same run. On a private MariaDB of its own.
//
//     software_ingest [hosts] [percent shared] [unique|pool]
//
// What is not shared is either found on no other host, or drawn from a pool of 20,000 packages.
#include "fleet/checkin/software_ingest.hpp"

#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <map>
#include <random>
#include <string>

#include "fleet/checkin/ingest.hpp"
#include "fleet/store/checkin_store.hpp"
#include "fleet/store/migrations.hpp"
#include "support/private_mariadb.hpp"

namespace {

using namespace fleet;
using SteadyClock = std::chrono::steady_clock;

constexpr int kPackages = 1'688;
constexpr int kPool = 20'000;
constexpr std::size_t kBatch = 64;  // hosts in one transaction

struct Options {
    int hosts = 1'000;
    int shared_percent = 90;
    bool unique = true;
};

std::string row(const std::string& name) {
    return R"({"name":")" + name +
           R"(","version":"2.35.1-4ubuntu3.8","source":"deb_packages","extension_id":"",)"
           R"("extension_for":"","vendor":"","release":"","arch":"amd64","installed_path":""})";
}

/// The answer of one host, in an order of its own.
std::string answer(const Options& options, int host, std::mt19937& random) {
    const int shared = kPackages * options.shared_percent / 100;
    std::vector<std::string> rows;
    for (int i = 0; i < kPackages; ++i) {
        if (i < shared) {
            rows.push_back(row("libshared-package" + std::to_string(i)));
        } else if (options.unique) {
            rows.push_back(row("own-" + std::to_string(host) + "-" + std::to_string(i)));
        } else {
            std::uniform_int_distribution<int> pick{0, kPool - 1};
            rows.push_back(row("libpool-package" + std::to_string(pick(random))));
        }
    }
    std::shuffle(rows.begin(), rows.end(), random);
    std::string out = "[";
    for (const std::string& text : rows)
        out += (out.size() == 1 ? "" : ",") + text;
    return out + "]";
}

double own_cpu() {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    const auto seconds = [](const timeval& t) {
        return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_usec) * 1e-6;
    };
    return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

/// CPU seconds of another process (proc(5): fields 14 and 15).
double cpu_of(pid_t pid) {
    std::ifstream file{"/proc/" + std::to_string(pid) + "/stat"};
    std::string text{std::istreambuf_iterator<char>{file}, {}};
    text.erase(0, text.rfind(')') + 2);
    double ticks = 0;
    std::size_t at = 0;
    for (int field = 3; field <= 15; ++field) {
        const std::size_t end = text.find(' ', at);
        if (field >= 14) ticks += std::stod(text.substr(at, end - at));
        at = end + 1;
    }
    return ticks / static_cast<double>(sysconf(_SC_CLK_TCK));
}

/// Counters of the server that tell how much it wrote.
struct Written {
    double rows = 0, redo_bytes = 0;

    static Written now(store::Database& db) {
        std::map<std::string, double> values;
        db.read([&](store::Session& session) {
            session.select(
                store::Sql{
                    "status",
                    "SELECT VARIABLE_NAME, VARIABLE_VALUE FROM information_schema.GLOBAL_STATUS "
                    "WHERE VARIABLE_NAME IN "
                    "('HANDLER_WRITE', 'HANDLER_UPDATE', 'INNODB_LSN_CURRENT')"},
                {},
                [&](const store::Row& r) { values[r.str(0)] = std::atof(r.str(1).c_str()); }
            );
        });
        return {values["HANDLER_WRITE"] + values["HANDLER_UPDATE"], values["INNODB_LSN_CURRENT"]};
    }
};

/// What a stretch of work took.
class Meter {
public:
    Meter(store::Database& db, pid_t server) : db_{db}, server_{server} {}

    void print(const char* what, int hosts) {
        const Written written = Written::now(db_);
        const double wall = std::chrono::duration<double>(SteadyClock::now() - started_).count();
        std::printf(
            "%-22s %7.0f hosts/s  wall %6.1f s  CPU server %6.1f s  database %6.1f s  "
            "rows/host %7.1f  redo/host %8.0f B\n",
            what,
            hosts / wall,
            wall,
            own_cpu() - own_,
            cpu_of(server_) - database_,
            (written.rows - written_.rows) / hosts,
            (written.redo_bytes - written_.redo_bytes) / hosts
        );
        std::fflush(stdout);
    }

private:
    store::Database& db_;
    pid_t server_;
    SteadyClock::time_point started_ = SteadyClock::now();
    double own_ = own_cpu();
    double database_ = cpu_of(server_);
    Written written_ = Written::now(db_);
};

std::vector<HostId> make_hosts(store::Database& db, int count) {
    std::vector<HostId> out;
    db.write([&](store::Session& session) {
        out.clear();
        for (int i = 0; i < count; ++i)
            out.push_back(HostId{
                session.insert(store::Sql{"host", "INSERT INTO hosts () VALUES ()"})});
    });
    return out;
}

/// As the server does it: read, compare, commit in groups.
void ingest(
    store::CheckinStore& store,
    const std::vector<HostId>& hosts,
    const std::vector<std::string>& answers,
    std::vector<HostDigests>& known
) {
    std::vector<HostUpdate> batch;
    const auto commit = [&] {
        store.apply(batch);
        batch.clear();
    };
    for (std::size_t i = 0; i < hosts.size(); ++i) {
        checkin::SoftwareAnswers software;
        software.add("software_linux", answers[i]);
        auto report = software.report(store.catalog());
        HostUpdate update;
        update.host = hosts[i];
        update.at = SystemClock{}.now();
        update.details_fetched = true;
        if (checkin::drop_unchanged(*report, known[i], update)) update.software = report;
        for (const auto& [kind, digest] : update.digests)
            known[i][static_cast<std::size_t>(kind)] = digest;
        batch.push_back(std::move(update));
        // The first ones bring text for all: the server, too, commits them by themselves.
        if (batch.size() == kBatch || i < 8) commit();
    }
    commit();
}

/// A row for each host and package, batched and sorted as well as it goes.
void ingest_rows(
    store::Database& db, const std::vector<HostId>& hosts, const std::vector<std::string>& answers
) {
    const store::SoftwareCatalog nothing_known;
    store::SoftwareCatalog::Map<std::uint64_t> ids;
    for (std::size_t i = 0; i < hosts.size(); ++i) {
        checkin::SoftwareAnswers software;
        software.add("software_linux", answers[i]);
        const auto report = software.report(nothing_known);
        std::vector<store::Param> rows;
        std::vector<store::Param> texts;
        for (const auto& [digest, text] : report->news) {
            const auto [at, added] = ids.try_emplace(digest, ids.size() + 1);
            if (added) {
                for (const auto& value :
                     store::params(at->second, text.name, text.version, text.source, text.arch))
                    texts.push_back(value);
            }
            rows.emplace_back(raw(hosts[i]));
            rows.emplace_back(at->second);
        }
        db.write([&](store::Session& session) {
            session.insert_many(
                "baseline_software",
                "INSERT INTO baseline_software (id, name, version, source, arch) VALUES ",
                "(?, ?, ?, ?, ?)",
                "",
                texts,
                5
            );
            session.insert_many(
                "baseline_host_software",
                "INSERT IGNORE INTO baseline_host_software (host_id, software_id) VALUES ",
                "(?, ?)",
                "",
                rows,
                2
            );
        });
    }
}

/// The server of tests is a small one. Returns its process id.
pid_t give_memory(store::Database& db) {
    std::string pid_file;
    db.read([&](store::Session& session) {
        session.execute(store::Sql{
            "pool", "SET GLOBAL innodb_buffer_pool_size = 1024 * 1024 * 1024"});
        session.execute(store::Sql{"log", "SET GLOBAL innodb_log_file_size = 512 * 1024 * 1024"});
        session.select(
            store::Sql{
                "pid", "SELECT CONCAT(IF(LEFT(@@pid_file, 1) = '/', '', @@datadir), @@pid_file)"},
            {},
            [&](const store::Row& row) { pid_file = row.str(0); }
        );
    });
    pid_t out = 0;
    std::ifstream{pid_file} >> out;
    return out;
}

void run(const Options& options) {
    test::PrivateMariaDb mariadb{test::PrivateMariaDb::Durability::full};
    store::DbOptions db_options;
    db_options.protocol = "unix";
    db_options.address = mariadb.address().socket;
    db_options.username = mariadb.address().user;
    db_options.password = mariadb.address().password;
    db_options.database = mariadb.create_schema();
    const auto db = store::open_database(db_options);
    store::migrate(*db, [](const std::string&) {});
    const pid_t server = give_memory(*db);
    db->read([](store::Session& session) {
        session.execute(store::Sql{
            "baseline",
            "CREATE TABLE baseline_software (id BIGINT UNSIGNED PRIMARY KEY, name VARCHAR(255), "
            "version VARCHAR(255), source VARCHAR(64), arch VARCHAR(64))"});
        session.execute(store::Sql{
            "baseline",
            "CREATE TABLE baseline_host_software (host_id BIGINT UNSIGNED, software_id BIGINT "
            "UNSIGNED, PRIMARY KEY (host_id, software_id), KEY (software_id))"});
    });

    std::mt19937 random{20'261'123};
    const std::vector<HostId> hosts = make_hosts(*db, options.hosts);
    std::vector<std::string> answers;
    for (int i = 0; i < options.hosts; ++i)
        answers.push_back(answer(options, i, random));
    std::printf(
        "%d hosts, %d packages each, %d %% shared, the rest %s; %zu KB an answer\n",
        options.hosts,
        kPackages,
        options.shared_percent,
        options.unique ? "on no other host" : "from a pool of 20,000",
        answers.front().size() / 1'024
    );

    store::CheckinStore checkins{*db};
    std::vector<HostDigests> known(hosts.size());
    Meter first{*db, server};
    ingest(checkins, hosts, answers, known);
    first.print("sets, first time", options.hosts);
    Meter again{*db, server};
    ingest(checkins, hosts, answers, known);
    again.print("sets, unchanged", options.hosts);
    for (std::string& text : answers)
        text.replace(text.find("2.35.1"), 6, "2.36.0");
    Meter changed{*db, server};
    ingest(checkins, hosts, answers, known);
    changed.print("sets, one new version", options.hosts);
    Meter rows{*db, server};
    ingest_rows(*db, hosts, answers);
    rows.print("a row per package", options.hosts);
    std::printf(
        "retried transactions: %llu\n", static_cast<unsigned long long>(db->stats().retries)
    );
}

}  // namespace

int main(int argc, char** argv) {
    Options options;
    if (argc > 1) options.hosts = std::max(1, std::atoi(argv[1]));
    if (argc > 2) options.shared_percent = std::clamp(std::atoi(argv[2]), 0, 100);
    if (argc > 3) options.unique = std::string{argv[3]} != "pool";
    run(options);
    return 0;
}
