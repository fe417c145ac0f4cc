#pragma once

#include <boost/smart_ptr/intrusive_ptr.hpp>
#include <string>
#include <string_view>

namespace fleet {

/// A text that does not change, in the space of a pointer, for records of which memory holds one
/// for each host. Copies share it; safe from any thread as far as a pointer is.
class SharedText {
public:
    SharedText() = default;
    explicit SharedText(std::string text);

    /// One that is the same in memory wherever the text is equal, for texts that many hosts have:
    /// a platform, a version. Forgotten some time after the last copy is gone.
    static SharedText common(std::string_view text);

    const std::string& str() const noexcept;
    operator const std::string&() const noexcept { return str(); }
    operator std::string_view() const noexcept { return str(); }
    bool empty() const noexcept { return str().empty(); }
    friend bool operator==(const SharedText& a, std::string_view b) noexcept {
        return a.str() == b;
    }

private:
    struct Node;
    class Pool;
    friend void intrusive_ptr_add_ref(const Node* node) noexcept;
    friend void intrusive_ptr_release(const Node* node) noexcept;
    using Ref = boost::intrusive_ptr<const Node>;

    explicit SharedText(Ref node) noexcept;

    Ref node_{};  // none: the empty text
};

}  // namespace fleet
