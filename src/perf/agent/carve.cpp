#include "perf/agent/carve.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "perf/random.hpp"
#include "perf/text.hpp"

namespace fleet::perf {
namespace {

constexpr std::size_t kTarBlock = 512;

void put(std::string& header, std::size_t at, std::string_view text) {
    header.replace(at, text.size(), text);
}

}  // namespace

std::string make_tar(std::string_view name, std::string_view content, std::int64_t modified) {
    std::string header(kTarBlock, '\0');
    put(header, 0, name.substr(0, 99));
    put(header, 100, "0000644");
    put(header, 108, "0000000");
    put(header, 116, "0000000");
    put(header, 124, fmt::format("{:011o}", content.size()));
    put(header, 136, fmt::format("{:011o}", modified));
    put(header, 148, "        ");  // the checksum counts its own field as blanks
    put(header, 156, "0");
    put(header, 257, "ustar");
    put(header, 263, "00");
    std::uint64_t sum = 0;
    for (const char c : header)
        sum += static_cast<unsigned char>(c);
    put(header, 148, fmt::format("{:06o}", sum));
    header[154] = '\0';

    std::string archive = header;
    archive += content;
    archive.resize((archive.size() + kTarBlock - 1) / kTarBlock * kTarBlock + 2 * kTarBlock);
    return archive;
}

CarveJob::CarveJob(CarveOrder order, std::string archive)
    : order_{std::move(order)}, archive_{std::move(archive)} {}

std::string CarveJob::begin_body(std::string_view node_key) const {
    auto body = fmt::format(
        R"({{"block_count":{},"block_size":{},"carve_size":{})",
        block_count(),
        kBlockSize,
        archive_.size()
    );
    append_json_member(body, "carve_id", order_.guid);
    append_json_member(body, "request_id", order_.request_id);
    append_json_member(body, "node_key", node_key);
    return body + '}';
}

std::string CarveJob::block_body() const {
    auto body = fmt::format(R"({{"block_id":{})", block_);
    append_json_member(body, "session_id", session_id_);
    append_json_member(body, "request_id", order_.request_id);
    const auto bytes = std::string_view{archive_}.substr(block_ * kBlockSize, kBlockSize);
    append_json_member(body, "data", base64_encode(bytes));
    return body + '}';
}

std::string synthetic_archive(const CarveOrder& order, const Profile& profile) {
    std::string content;
    const auto key = draw(profile.key, order.path);
    for (std::uint64_t i = 0; content.size() < 20'000; ++i) {
        content +=
            fmt::format("{} {} line {} {:016x}\n", profile.hostname, order.path, i, mix(key + i));
    }
    auto path = order.path;
    std::replace(path.begin(), path.end(), '%', '_');
    return make_tar(fmt::format("/tmp/osquery_carve_{}{}", order.guid, path), content, order.time);
}

}  // namespace fleet::perf
