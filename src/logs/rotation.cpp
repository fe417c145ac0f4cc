#include "rotation.hpp"

#include <fcntl.h>
#include <stdio.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <optional>
#include <string_view>
#include <system_error>

namespace fleet::logs {
namespace {

namespace fs = std::filesystem;
using std::chrono::milliseconds;

constexpr std::string_view kGzip = ".gz";
constexpr int kMaxTries = 1000;
// "2006-01-02T15-04-05.000"
constexpr std::size_t kStampLength = 23;

std::string stamp(Time time) {
    const auto day = std::chrono::floor<std::chrono::days>(time);
    const std::chrono::year_month_day date{day};
    const std::chrono::hh_mm_ss clock{std::chrono::floor<milliseconds>(time - day)};
    std::array<char, 64> buffer{};
    const int size = std::snprintf(
        buffer.data(),
        buffer.size(),
        "%04d-%02u-%02uT%02d-%02d-%02d.%03d",
        static_cast<int>(date.year()),
        static_cast<unsigned>(date.month()),
        static_cast<unsigned>(date.day()),
        static_cast<int>(clock.hours().count()),
        static_cast<int>(clock.minutes().count()),
        static_cast<int>(clock.seconds().count()),
        static_cast<int>(clock.subseconds().count())
    );
    return {buffer.data(), static_cast<std::size_t>(size)};
}

std::optional<Time> parse_stamp(std::string_view text) {
    if (text.size() != kStampLength) return std::nullopt;
    std::string wire{text};
    wire[13] = ':';
    wire[16] = ':';
    const auto time = parse_rfc3339(wire + "Z");
    // Only the exact spelling counts: a file of the operator must not be taken for ours.
    if (!time || stamp(*time) != text) return std::nullopt;
    return time;
}

struct NameParts {
    std::string folder;
    std::string stem;  // with the dash that precedes the stamp
    std::string extension;
};

NameParts parts_of(const std::string& path) {
    const fs::path whole{path};
    const fs::path folder = whole.parent_path();
    return {
        folder.empty() ? "." : folder.string(),
        whole.stem().string() + "-",
        whole.extension().string()};
}

std::optional<Backup> as_backup(const NameParts& parts, const fs::path& file) {
    const std::string name = file.filename().string();
    std::string_view rest{name};
    Backup out{.path = file.string()};
    if (rest.ends_with(kGzip)) {
        out.compressed = true;
        rest.remove_suffix(kGzip.size());
    }
    if (!rest.starts_with(parts.stem)) return std::nullopt;
    rest.remove_prefix(parts.stem.size());
    if (!rest.ends_with(parts.extension)) return std::nullopt;
    rest.remove_suffix(parts.extension.size());
    const auto time = parse_stamp(rest);
    if (!time) return std::nullopt;
    out.rotated_at = *time;
    return out;
}

}  // namespace

std::string backup_path(const std::string& path, Time now) {
    const NameParts parts = parts_of(path);
    return (fs::path{parts.folder} / (parts.stem + stamp(now) + parts.extension)).string();
}

std::vector<Backup> find_backups(const std::string& path) {
    std::vector<Backup> out;
    const NameParts parts = parts_of(path);
    std::error_code error;
    for (fs::directory_iterator it{parts.folder, error}, end; !error && it != end;
         it.increment(error)) {
        if (auto backup = as_backup(parts, it->path())) out.push_back(std::move(*backup));
    }
    std::sort(out.begin(), out.end(), [](const Backup& a, const Backup& b) {
        return a.rotated_at > b.rotated_at;
    });
    return out;
}

std::vector<Backup> surplus(
    const std::vector<Backup>& backups, const FileOptions& options, Time now
) {
    std::vector<Backup> out;
    const auto oldest = now - std::chrono::days{options.max_age_days};
    const auto keep = static_cast<std::size_t>(std::max(options.max_backups, 0));
    for (std::size_t i = 0; i < backups.size(); ++i) {
        const bool too_many = keep > 0 && i >= keep;
        const bool too_old = options.max_age_days > 0 && backups[i].rotated_at < oldest;
        if (too_many || too_old) out.push_back(backups[i]);
    }
    return out;
}

int move_aside(const std::string& path, Time now) {
    // Never before what was moved aside earlier, whatever has become of names in between and of the
    // clock: the newest lines must not look like the oldest, which go first.
    if (const auto backups = find_backups(path); !backups.empty()) {
        now = std::max(now, backups.front().rotated_at + milliseconds{1});
    }
    for (int i = 0; i < kMaxTries; ++i) {
        const std::string target = backup_path(path, now + milliseconds{i});
        std::error_code error;
        if (fs::exists(target + std::string{kGzip}, error)) continue;
        if (::renameat2(AT_FDCWD, path.c_str(), AT_FDCWD, target.c_str(), RENAME_NOREPLACE) == 0) {
            return 0;
        }
        if (errno == EINVAL || errno == ENOSYS) {
            // A file system without that call: nobody else makes names like ours.
            if (fs::exists(target, error)) continue;
            return std::rename(path.c_str(), target.c_str()) == 0 ? 0 : errno;
        }
        if (errno != EEXIST) return errno;
    }
    return EEXIST;
}

}  // namespace fleet::logs
