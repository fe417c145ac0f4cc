#include "perf/run/config_shelf.hpp"

#include <limits>

namespace fleet::perf {

ConfigShelf::ConfigShelf(std::shared_ptr<const AgentConfig> initial) {
    entries_.push_back({{}, std::move(initial), 1});
}

std::optional<ConfigShelf::Id> ConfigShelf::find(std::string_view text) const {
    const auto found = by_text_.find(text);
    if (found == by_text_.end()) return std::nullopt;
    return found->second;
}

std::optional<ConfigShelf::Id> ConfigShelf::put(
    std::string text, std::shared_ptr<const AgentConfig> config
) {
    if (free_.empty()) {
        if (entries_.size() > std::numeric_limits<Id>::max()) return std::nullopt;
        entries_.emplace_back();
        free_.push_back(static_cast<Id>(entries_.size() - 1));
    }
    const auto id = free_.front();
    free_.pop_front();
    entries_[id] = {std::move(text), std::move(config), 0};
    by_text_[entries_[id].text] = id;
    return id;
}

void ConfigShelf::exchange(Id& held, Id wanted) {
    ++entries_[wanted].holders;
    auto& old = entries_[held];
    if (held != kInitial && --old.holders == 0) {
        by_text_.erase(old.text);
        old = {};
        free_.push_back(held);
    }
    held = wanted;
}

}  // namespace fleet::perf
