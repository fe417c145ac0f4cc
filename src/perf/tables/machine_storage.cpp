#include <sys/statvfs.h>

#include <cstdlib>
#include <filesystem>
#include <map>

#include "perf/tables/machine.hpp"
#include "perf/tables/sets.hpp"
#include "perf/text.hpp"

namespace fleet::perf {
namespace {

namespace fs = std::filesystem;
using machine::read_line;

std::string text(std::uint64_t number) {
    return std::to_string(number);
}

/// /proc/mounts writes blanks and backslashes as \040 and the like.
std::string unescape(std::string_view word) {
    std::string out;
    for (std::size_t i = 0; i < word.size(); ++i) {
        if (word[i] == '\\' && i + 3 < word.size()) {
            if (const auto code = parse_int(word.substr(i + 1, 3), 8)) {
                out += static_cast<char>(*code);
                i += 3;
                continue;
            }
        }
        out += word[i];
    }
    return out;
}

std::string canonical(const std::string& path) {
    std::error_code error;
    const auto target = fs::canonical(path, error);
    return error ? path : target.string();
}

Rows mounts(const TableQuery& /*query*/) {
    Rows rows;
    const auto content = machine::read_file("/proc/mounts");
    for (const auto line : machine::lines(content)) {
        const auto list = words(line);
        if (list.size() < 4) continue;
        const auto device = unescape(list[0]);
        const auto path = unescape(list[1]);
        struct statvfs info {};
        // A network file system whose server is gone would block.
        const bool remote = list[2].starts_with("nfs") || list[2] == "autofs" || list[2] == "cifs";
        if (!remote && statvfs(path.c_str(), &info) != 0) info = {};
        rows.push_back(
            {device,
             device.starts_with("/") ? canonical(device) : device,
             path,
             std::string{list[2]},
             text(info.f_bsize),
             text(info.f_blocks),
             text(info.f_bfree),
             text(info.f_bavail),
             text(info.f_files),
             text(info.f_ffree),
             std::string{list[3]}}
        );
    }
    return rows;
}

/// Device path -> name of the link in /dev/disk/by-uuid or by-label.
std::map<std::string, std::string> links(const std::string& folder) {
    std::map<std::string, std::string> result;
    for (const auto& name : machine::entries(folder))
        result[canonical(folder + "/" + name)] = name;
    return result;
}

struct Disks {
    std::map<std::string, std::string> uuids = links("/dev/disk/by-uuid");
    std::map<std::string, std::string> labels = links("/dev/disk/by-label");
    std::map<std::string, std::string> types{};

    Disks() {
        const auto content = machine::read_file("/proc/mounts");
        for (const auto line : machine::lines(content)) {
            const auto list = words(line);
            if (list.size() > 2 && list[0].starts_with("/dev/")) {
                types.emplace(canonical(unescape(list[0])), list[2]);
            }
        }
    }

    Row row(const std::string& name, const std::string& parent, const fs::path& folder) const {
        const auto path = "/dev/" + name;
        const auto find = [&](const auto& map) {
            const auto found = map.find(path);
            return found == map.end() ? std::string{} : found->second;
        };
        const auto top = parent.empty() ? folder : folder.parent_path();
        return {
            path,
            parent,
            read_line(top / "device/vendor"),
            read_line(top / "device/model"),
            read_line(top / "device/serial"),
            read_line(folder / "size"),
            read_line(top / "queue/logical_block_size"),
            find(uuids),
            find(types),
            find(labels)};
    }
};

template <class Visitor>
void each_block_device(Visitor&& visit) {
    for (const auto& disk : machine::entries("/sys/block")) {
        const fs::path folder = "/sys/block/" + disk;
        if (read_line(folder / "size") == "0") continue;
        visit(disk, std::string{}, folder);
        for (const auto& part : machine::entries(folder)) {
            if (part.starts_with(disk)) visit(part, "/dev/" + disk, folder / part);
        }
    }
}

Rows block_devices(const TableQuery& /*query*/) {
    const Disks disks;
    Rows rows;
    each_block_device([&](const std::string& name, const std::string& parent, const fs::path& folder
                      ) { rows.push_back(disks.row(name, parent, folder)); });
    return rows;
}

/// Encrypted is what the device mapper says is a crypt target, or a partition below one.
Rows disk_encryption(const TableQuery& /*query*/) {
    const Disks disks;
    Rows rows;
    each_block_device([&](const std::string& name, const std::string&, const fs::path& folder) {
        const auto mapper = read_line(folder / "dm/uuid");
        const bool encrypted = mapper.starts_with("CRYPT-");
        const auto uuid = disks.uuids.find("/dev/" + name);
        const auto dash = mapper.find('-', 6);
        rows.push_back(
            {"/dev/" + name,
             uuid == disks.uuids.end() ? "" : uuid->second,
             encrypted ? "1" : "0",
             encrypted ? mapper.substr(0, dash) : "",
             encrypted ? "encrypted" : "not encrypted",
             "",
             "",
             ""}
        );
    });
    return rows;
}

}  // namespace

void add_machine_storage(TableSet& set) {
    set.push_back({"mounts", columns(shape::kMounts), mounts});
    set.push_back({"block_devices", columns(shape::kBlockDevices), block_devices});
    set.push_back({"disk_encryption", columns(shape::kDiskEncryption), disk_encryption});
}

}  // namespace fleet::perf
