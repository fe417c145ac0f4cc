#include "perf/run/shared.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <stdexcept>

namespace fleet::perf {

KeyStore::KeyStore(std::string file) : file_{std::move(file)} {
    if (file_.empty()) return;
    std::ifstream in{file_};
    std::string uuid;
    std::string key;
    while (in >> uuid >> key)
        keys_[uuid] = key;
}

std::string KeyStore::find(const std::string& uuid) const {
    const std::lock_guard lock{mutex_};
    const auto found = keys_.find(uuid);
    return found == keys_.end() ? std::string{} : found->second;
}

void KeyStore::put(const std::string& uuid, const std::string& key) {
    if (file_.empty()) return;
    const std::lock_guard lock{mutex_};
    keys_[uuid] = key;
    changed_ = true;
}

void KeyStore::save() {
    std::string text;
    {
        const std::lock_guard lock{mutex_};
        if (!changed_) return;
        for (const auto& [uuid, key] : keys_)
            text += uuid + ' ' + key + '\n';
        changed_ = false;
    }
    // Written beside and renamed, so that a kill leaves the old file or the new one.
    const auto fresh = file_ + ".new";
    const int fd = open(fresh.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, S_IRUSR | S_IWUSR);
    if (fd < 0) throw std::runtime_error("cannot write " + fresh + ": " + std::strerror(errno));
    const auto written = write(fd, text.data(), text.size());
    const bool good = close(fd) == 0 && written == static_cast<ssize_t>(text.size());
    if (!good || std::rename(fresh.c_str(), file_.c_str()) != 0) {
        throw std::runtime_error("cannot write " + file_ + ": " + std::strerror(errno));
    }
}

Oracle::Oracle(const std::string& file) {
    if (file.empty()) return;
    file_.reset(std::fopen(file.c_str(), "ae"));
    if (file_ == nullptr)
        throw std::runtime_error("cannot write " + file + ": " + std::strerror(errno));
}

void Oracle::append(const std::vector<std::string>& ids) {
    if (!on() || ids.empty()) return;
    const std::lock_guard lock{mutex_};
    for (const auto& id : ids)
        std::fprintf(file_.get(), "%s\n", id.c_str());
    std::fflush(file_.get());
}

}  // namespace fleet::perf
