#include "presence.hpp"

#include "fleet/core/log.hpp"

namespace fleet::main {
namespace {

template <class F>
void quietly(F&& f) {
    try {
        f();
    } catch (const std::exception& error) {
        log::warn("change not yet carried to check-ins", {{"detail", error.what()}});
    }
}

}  // namespace

void CheckinEvents::hosts_changed(std::span<const HostId> hosts) {
    quietly([&] { checkins_.hosts_changed(hosts); });
}

void CheckinEvents::hosts_deleted(std::span<const HostId> hosts) {
    quietly([&] { checkins_.hosts_deleted(hosts); });
}

void CheckinEvents::schedule_changed() {
    quietly([&] { checkins_.schedule_changed(); });
}

}  // namespace fleet::main
