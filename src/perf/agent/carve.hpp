#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "perf/host_context.hpp"

namespace fleet::perf {

/// A tar archive with one member.
std::string make_tar(std::string_view name, std::string_view content, std::int64_t modified);

/// One carve on its way: an archive, sent block by block.
class CarveJob {
public:
    static constexpr std::size_t kBlockSize = 8192;

    CarveJob(CarveOrder order, std::string archive);

    std::string begin_body(std::string_view node_key) const;
    std::string block_body() const;

    void began(std::string session_id) { session_id_ = std::move(session_id); }
    bool has_session() const { return !session_id_.empty(); }
    void next_block() { ++block_; }
    bool done() const { return block_ >= block_count(); }

private:
    std::size_t block_count() const { return (archive_.size() + kBlockSize - 1) / kBlockSize; }

    CarveOrder order_;
    std::string archive_;
    std::string session_id_{};
    std::size_t block_{};
};

/// The archive a virtual host sends for a carve of `order.path`.
std::string synthetic_archive(const CarveOrder& order, const Profile& profile);

}  // namespace fleet::perf
