#pragma once

#include <cstdint>
#include <vector>

namespace fleet::perf {

/// A timing wheel over nodes that are plain numbers: adding and taking cost the same however many
/// there are, and a node is eight bytes. Ticks are 32 bits that may wrap: two of them are never
/// further apart than half of that.
class Wheel {
public:
    using Tick = std::uint32_t;
    using Node = std::uint32_t;

    static constexpr Node kNone = ~Node{0};

    /// `nodes` at first, and the first tick.
    explicit Wheel(std::size_t nodes, Tick begin = 0);

    std::size_t size() const { return nodes_.size(); }

    /// One more node.
    Node grow();

    /// Puts a node that is not in the wheel at a tick; one that has passed is due at once.
    void add(Node node, Tick at);

    /// A node whose tick is `now` or earlier; kNone when there is none (any more).
    Node take(Tick now);

    /// The first tick before `limit` at which something may be due, or `limit`.
    Tick next(Tick limit) const;

    /// The tick a node was last put at; it stays after the node has been taken.
    Tick tick_of(Node node) const { return nodes_[node].at; }

    /// Links that the owner may use while a node is out of the wheel.
    Node link(Node node) const { return nodes_[node].next; }
    void set_link(Node node, Node next) { nodes_[node].next = next; }

    static constexpr std::size_t bytes_per_node() { return sizeof(Entry); }

    static bool is_before(Tick a, Tick b) { return static_cast<std::int32_t>(a - b) < 0; }

private:
    struct Entry {
        Node next{kNone};
        Tick at{};
    };

    /// With ticks of a quarter of a millisecond the usual intervals fit into one turn.
    static constexpr std::size_t kSlots = std::size_t{1} << 18U;

    static std::size_t slot_of(Tick tick) { return tick & (kSlots - 1); }
    void collect(Tick tick);

    std::vector<Entry> nodes_;
    std::vector<Node> slots_;
    Node ready_{kNone};
    Tick cursor_;  ///< the first tick not yet collected
};

}  // namespace fleet::perf
