#pragma once

#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "perf/agent/config.hpp"

namespace fleet::perf {

/// The configurations that the hosts of a thread hold: each text is read and kept once, for as
/// long as a host uses it.
class ConfigShelf {
public:
    using Id = std::uint16_t;

    /// What hosts have before they have been given any.
    static constexpr Id kInitial = 0;

    explicit ConfigShelf(std::shared_ptr<const AgentConfig> initial);

    const std::shared_ptr<const AgentConfig>& at(Id id) const { return entries_[id].config; }

    /// Whether a host that holds `id` was given exactly this text.
    bool is(Id id, std::string_view text) const {
        return id != kInitial && entries_[id].text == text;
    }

    std::optional<Id> find(std::string_view text) const;

    /// A new text, which nobody holds yet. Nothing when there are too many.
    std::optional<Id> put(std::string text, std::shared_ptr<const AgentConfig> config);

    /// A host takes another configuration. What nobody holds any more is forgotten.
    void exchange(Id& held, Id wanted);

private:
    struct Entry {
        std::string text{};
        std::shared_ptr<const AgentConfig> config{};
        std::uint32_t holders{};
    };

    std::deque<Entry> entries_;  // never moves: the keys below are views of the texts
    std::unordered_map<std::string_view, Id> by_text_;
    std::deque<Id> free_;
};

}  // namespace fleet::perf
