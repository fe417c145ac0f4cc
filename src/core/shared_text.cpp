#include "fleet/core/shared_text.hpp"

#include <algorithm>
#include <atomic>
#include <mutex>
#include <unordered_map>

namespace fleet {

struct SharedText::Node {
    explicit Node(std::string words) : text{std::move(words)} {}

    mutable std::atomic<std::uint32_t> references{0};
    const std::string text;
};

void intrusive_ptr_add_ref(const SharedText::Node* node) noexcept {
    node->references.fetch_add(1, std::memory_order_relaxed);
}

void intrusive_ptr_release(const SharedText::Node* node) noexcept {
    if (node->references.fetch_sub(1, std::memory_order_acq_rel) == 1) delete node;
}

/// Holds the common texts. What nobody else holds goes when there are twice as many as were in use
/// the last time.
class SharedText::Pool {
public:
    static Pool& instance() {
        static Pool pool;
        return pool;
    }

    Ref take(std::string_view text) {
        const std::scoped_lock lock{mutex_};
        if (const auto found = nodes_.find(text); found != nodes_.end()) return found->second;
        if (nodes_.size() >= limit_) forget();
        const Ref node{new Node{std::string{text}}};
        nodes_.emplace(node->text, node);
        return node;
    }

private:
    static constexpr std::size_t kLeastLimit = 1'024;

    void forget() {
        // Whoever copies a text has one already: with one reference left it is the pool's.
        std::erase_if(nodes_, [](const auto& item) {
            return item.second->references.load(std::memory_order_acquire) == 1;
        });
        limit_ = std::max(kLeastLimit, 2 * nodes_.size());
    }

    std::mutex mutex_{};
    std::unordered_map<std::string_view, Ref> nodes_{};  // the keys are the nodes' own texts
    std::size_t limit_ = kLeastLimit;
};

SharedText::SharedText(Ref node) noexcept : node_{std::move(node)} {}

SharedText::SharedText(std::string text) {
    if (!text.empty()) node_ = Ref{new Node{std::move(text)}};
}

SharedText SharedText::common(std::string_view text) {
    if (text.empty()) return {};
    return SharedText{Pool::instance().take(text)};
}

const std::string& SharedText::str() const noexcept {
    static const std::string none;
    return node_ ? node_->text : none;
}

}  // namespace fleet
