#include <fmt/format.h>
#include <fnmatch.h>
#include <sys/stat.h>

#include <filesystem>
#include <set>

#include "perf/tables/machine.hpp"
#include "perf/tables/sets.hpp"
#include "perf/text.hpp"

namespace fleet::perf {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kPath = 0;
constexpr std::size_t kDirectory = 1;
constexpr std::size_t kMaxFiles = 20'000;
constexpr std::uintmax_t kMaxHashed = 256ULL * 1024 * 1024;

std::string text(std::int64_t number) {
    return std::to_string(number);
}

void add_directory(std::set<std::string>& out, const std::string& folder) {
    for (const auto& name : machine::entries(folder)) {
        if (out.size() >= kMaxFiles) return;
        out.insert((fs::path{folder} / name).string());
    }
}

void add_tree(std::set<std::string>& out, const fs::path& folder) {
    std::error_code error;
    fs::recursive_directory_iterator at{
        folder, fs::directory_options::skip_permission_denied, error};
    for (; !error && at != fs::recursive_directory_iterator{}; at.increment(error)) {
        if (out.size() >= kMaxFiles) return;
        out.insert(at->path().string());
    }
}

/// osquery's wildcards: % is anything within one level, %% at the end is the whole tree below.
void add_pattern(std::set<std::string>& out, const std::string& pattern) {
    if (pattern.ends_with("%%")) {
        const auto base = pattern.substr(0, pattern.size() - 2);
        if (base.find('%') == std::string::npos) add_tree(out, base);
        return;
    }
    std::set<std::string> found{"/"};
    for (const auto& part : fs::path{pattern}.relative_path()) {
        auto glob = part.string();
        const bool wild = glob.find('%') != std::string::npos;
        for (auto& c : glob)
            c = c == '%' ? '*' : c;
        std::set<std::string> next;
        for (const auto& folder : found) {
            if (!wild) {
                auto path = (fs::path{folder} / glob).string();
                struct stat info {};
                if (lstat(path.c_str(), &info) == 0) next.insert(std::move(path));
                continue;
            }
            for (const auto& name : machine::entries(folder)) {
                if (next.size() >= kMaxFiles) break;
                if (fnmatch(glob.c_str(), name.c_str(), 0) == 0)
                    next.insert((fs::path{folder} / name).string());
            }
        }
        found = std::move(next);
    }
    out.insert(found.begin(), found.end());
}

std::set<std::string> wanted_paths(const TableQuery& query) {
    std::set<std::string> paths;
    for (const auto& path : query.values(kPath, Constraint::Op::equals))
        paths.insert(path);
    for (const auto& folder : query.values(kDirectory, Constraint::Op::equals))
        add_directory(paths, folder);
    for (const auto& pattern : query.values(kPath, Constraint::Op::like))
        add_pattern(paths, pattern);
    for (const auto& pattern : query.values(kDirectory, Constraint::Op::like)) {
        std::set<std::string> folders;
        add_pattern(folders, pattern);
        for (const auto& folder : folders)
            add_directory(paths, folder);
    }
    return paths;
}

const char* type_of(mode_t mode) {
    if (S_ISREG(mode)) return "regular";
    if (S_ISDIR(mode)) return "directory";
    if (S_ISLNK(mode)) return "symlink";
    if (S_ISBLK(mode)) return "block";
    if (S_ISCHR(mode)) return "character";
    if (S_ISFIFO(mode)) return "fifo";
    return S_ISSOCK(mode) ? "socket" : "unknown";
}

std::string parent_of(const std::string& path) {
    return fs::path{path}.parent_path().string();
}

Rows file(const TableQuery& query) {
    Rows rows;
    for (const auto& path : wanted_paths(query)) {
        struct stat link {};
        struct stat info {};
        if (lstat(path.c_str(), &link) != 0) continue;
        if (stat(path.c_str(), &info) != 0) info = link;
        const bool symlink = S_ISLNK(link.st_mode);
        rows.push_back(
            {path,
             parent_of(path),
             fs::path{path}.filename().string(),
             std::to_string(info.st_ino),
             text(info.st_uid),
             text(info.st_gid),
             fmt::format("{:04o}", info.st_mode & 07777U),
             std::to_string(info.st_rdev),
             text(info.st_size),
             text(info.st_blksize),
             text(info.st_atime),
             text(info.st_mtime),
             text(info.st_ctime),
             "0",
             std::to_string(info.st_nlink),
             symlink ? "1" : "0",
             type_of(info.st_mode),
             symlink ? machine::link_target(path) : ""}
        );
    }
    return rows;
}

Rows hash(const TableQuery& query) {
    Rows rows;
    for (const auto& path : wanted_paths(query)) {
        std::error_code error;
        if (!fs::is_regular_file(path, error) || fs::file_size(path, error) > kMaxHashed) continue;
        const auto content = machine::read_file(path);
        rows.push_back(
            {path,
             parent_of(path),
             hex_digest("MD5", content),
             hex_digest("SHA1", content),
             hex_digest("SHA256", content)}
        );
    }
    return rows;
}

}  // namespace

void add_machine_files(TableSet& set) {
    set.push_back({"file", columns(shape::kFile), file, {kPath, kDirectory}});
    set.push_back({"hash", columns(shape::kHash), hash, {kPath, kDirectory}});
}

}  // namespace fleet::perf
