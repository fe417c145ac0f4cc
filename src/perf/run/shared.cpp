#include "perf/run/shared.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <stdexcept>

namespace fleet::perf {
namespace {

std::runtime_error cannot_write(const std::string& file) {
    return std::runtime_error("cannot write " + file + ": " + std::strerror(errno));
}

void write_all(const std::string& file, int mode, const std::string& text) {
    const int fd = open(file.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC | mode, S_IRUSR | S_IWUSR);
    if (fd < 0) throw cannot_write(file);
    const auto written = write(fd, text.data(), text.size());
    const bool good = close(fd) == 0 && written == static_cast<ssize_t>(text.size());
    if (!good) throw cannot_write(file);
}

}  // namespace

LineFile open_lines(const std::string& file) {
    if (file.empty()) return nullptr;
    LineFile opened{std::fopen(file.c_str(), "ae")};
    if (opened == nullptr) throw cannot_write(file);
    return opened;
}

KeyStore::KeyStore(std::string file) : file_{std::move(file)} {
    if (on()) read();
}

void KeyStore::read() {
    std::ifstream in{file_};
    std::size_t lines = 0;
    bool torn = false;
    for (std::string line; std::getline(in, line); ++lines) {
        // A line without its end was being written when the writer was killed.
        torn = in.eof();
        const auto blank = line.find(' ');
        if (!torn && blank != std::string::npos)
            keys_[line.substr(0, blank)] = line.substr(blank + 1);
    }
    if (torn || lines > keys_.size()) rewrite();
}

/// Written beside and renamed, so that a kill leaves the old file or the new one.
void KeyStore::rewrite() const {
    std::string text;
    for (const auto& [uuid, key] : keys_)
        text += uuid + ' ' + key + '\n';
    const auto beside = file_ + ".new";
    write_all(beside, O_TRUNC, text);
    if (std::rename(beside.c_str(), file_.c_str()) != 0) throw cannot_write(file_);
}

std::string KeyStore::find(const std::string& uuid) const {
    const auto found = keys_.find(uuid);
    return found == keys_.end() ? std::string{} : found->second;
}

void KeyStore::put(const std::string& uuid, const std::string& key) {
    const std::lock_guard lock{mutex_};
    fresh_ += uuid + ' ' + key + '\n';
}

void KeyStore::save() {
    std::string text;
    {
        const std::lock_guard lock{mutex_};
        text.swap(fresh_);
    }
    if (on() && !text.empty()) write_all(file_, O_APPEND, text);
}

Oracle::Oracle(const std::string& file) : file_{open_lines(file)} {}

void Oracle::append(const std::vector<std::string>& ids) {
    if (!on() || ids.empty()) return;
    const std::lock_guard lock{mutex_};
    for (const auto& id : ids)
        std::fprintf(file_.get(), "%s\n", id.c_str());
    std::fflush(file_.get());
}

AnswerLog::AnswerLog(const std::string& file) : file_{open_lines(file)} {}

void AnswerLog::append(
    std::string_view campaign,
    std::string_view hostname,
    std::chrono::system_clock::time_point sent,
    std::chrono::system_clock::time_point acknowledged
) {
    const auto millis = [](std::chrono::system_clock::time_point at) {
        return std::chrono::duration<double, std::milli>(at.time_since_epoch()).count();
    };
    const auto line = fmt::format(
        "{} {} {:.3f} {:.3f}\n", campaign, hostname, millis(sent), millis(acknowledged)
    );
    const std::lock_guard lock{mutex_};
    std::fputs(line.c_str(), file_.get());
    std::fflush(file_.get());
}

}  // namespace fleet::perf
