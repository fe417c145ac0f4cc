#include "fleet/live/host_set.hpp"

#include <algorithm>
#include <bit>

namespace fleet::live {
namespace {

std::size_t word_of(HostId host) {
    return static_cast<std::size_t>(raw(host) / 64);
}
std::uint64_t bit_of(HostId host) {
    return std::uint64_t{1} << (raw(host) % 64);
}

}  // namespace

HostSet HostSet::from_ids(std::vector<HostId> ids) {
    std::sort(ids.begin(), ids.end());
    ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
    HostSet set;
    set.size_ = ids.size();
    // A list costs 8 bytes a host; bits cost an eighth of a byte for each id up to the largest.
    if (ids.empty() || raw(ids.back()) / 8 > 8 * ids.size()) {
        set.sorted_ = std::move(ids);
        return set;
    }
    set.words_.resize(word_of(ids.back()) + 1);
    for (const auto id : ids)
        set.words_[word_of(id)] |= bit_of(id);
    return set;
}

HostSet HostSet::from_redis_bits(std::string_view bytes) {
    std::vector<HostId> ids;
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        auto byte = static_cast<unsigned char>(bytes[i]);
        while (byte != 0) {
            const int first = std::countl_zero(byte);
            ids.push_back(static_cast<HostId>(i * 8 + static_cast<std::size_t>(first)));
            byte = static_cast<unsigned char>(byte & ~(0x80u >> first));
        }
    }
    return from_ids(std::move(ids));
}

bool HostSet::contains(HostId host) const noexcept {
    if (words_.empty()) return std::binary_search(sorted_.begin(), sorted_.end(), host);
    return word_of(host) < words_.size() && (words_[word_of(host)] & bit_of(host)) != 0;
}

bool HostSet::erase(HostId host) {
    if (!contains(host)) return false;
    if (words_.empty()) {
        sorted_.erase(std::lower_bound(sorted_.begin(), sorted_.end(), host));
    } else {
        words_[word_of(host)] &= ~bit_of(host);
    }
    --size_;
    return true;
}

void HostSet::each(const std::function<void(HostId)>& visit) const {
    for (const auto id : sorted_)
        visit(id);
    for (std::size_t i = 0; i < words_.size(); ++i) {
        for (auto word = words_[i]; word != 0; word &= word - 1) {
            visit(static_cast<HostId>(i * 64 + static_cast<std::size_t>(std::countr_zero(word))));
        }
    }
}

std::vector<HostId> HostSet::ids() const {
    std::vector<HostId> out;
    out.reserve(size_);
    each([&](HostId id) { out.push_back(id); });
    return out;
}

std::string to_redis_bits(const std::vector<HostId>& ids) {
    std::string bytes;
    if (ids.empty()) return bytes;
    const auto largest = raw(*std::max_element(ids.begin(), ids.end()));
    bytes.resize(static_cast<std::size_t>(largest / 8 + 1));
    for (const auto id : ids) {
        auto& byte = bytes[static_cast<std::size_t>(raw(id) / 8)];
        byte = static_cast<char>(static_cast<unsigned char>(byte) | (0x80u >> (raw(id) % 8)));
    }
    return bytes;
}

std::string pack_hosts(std::vector<HostId> ids) {
    std::sort(ids.begin(), ids.end());
    std::string out;
    std::uint64_t last = 0;
    for (const auto id : ids) {
        auto difference = raw(id) - last;
        last = raw(id);
        for (; difference >= 0x80; difference >>= 7) {
            out += static_cast<char>((difference & 0x7F) | 0x80);
        }
        out += static_cast<char>(difference);
    }
    return out;
}

std::optional<std::vector<HostId>> unpack_hosts(std::string_view packed) {
    std::vector<HostId> ids;
    std::uint64_t last = 0;
    std::uint64_t difference = 0;
    unsigned shift = 0;
    for (const char c : packed) {
        const auto byte = static_cast<unsigned char>(c);
        if (shift > 56) return std::nullopt;
        difference |= std::uint64_t{byte & 0x7Fu} << shift;
        shift += 7;
        if ((byte & 0x80) != 0) continue;
        last += difference;
        ids.push_back(static_cast<HostId>(last));
        difference = 0;
        shift = 0;
    }
    return shift == 0 ? std::optional{std::move(ids)} : std::nullopt;
}

WorkFlags::WorkFlags() : chunks_{std::make_unique<std::atomic<Chunk*>[]>(kChunks)} {}

WorkFlags::~WorkFlags() {
    for (std::size_t i = 0; i < kChunks; ++i)
        delete chunks_[i].load();
}

bool WorkFlags::get(HostId host) const noexcept {
    const auto index = static_cast<std::size_t>(raw(host) / kHostsPerChunk);
    if (index >= kChunks) return false;
    const Chunk* chunk = chunks_[index].load(std::memory_order_acquire);
    if (chunk == nullptr) return false;
    const auto word = static_cast<std::size_t>(raw(host) % kHostsPerChunk / 64);
    return (chunk->words[word].load(std::memory_order_relaxed) & bit_of(host)) != 0;
}

void WorkFlags::set(HostId host) {
    const auto index = static_cast<std::size_t>(raw(host) / kHostsPerChunk);
    if (index >= kChunks) return;
    Chunk* chunk = chunks_[index].load(std::memory_order_acquire);
    if (chunk == nullptr) {
        chunk = new Chunk{};
        chunks_[index].store(chunk, std::memory_order_release);
    }
    const auto word = static_cast<std::size_t>(raw(host) % kHostsPerChunk / 64);
    chunk->words[word].fetch_or(bit_of(host), std::memory_order_relaxed);
}

void WorkFlags::clear(HostId host) noexcept {
    const auto index = static_cast<std::size_t>(raw(host) / kHostsPerChunk);
    if (index >= kChunks) return;
    Chunk* chunk = chunks_[index].load(std::memory_order_acquire);
    if (chunk == nullptr) return;
    const auto word = static_cast<std::size_t>(raw(host) % kHostsPerChunk / 64);
    chunk->words[word].fetch_and(~bit_of(host), std::memory_order_relaxed);
}

}  // namespace fleet::live
