#include "live/campaign_registry.hpp"

#include <algorithm>
#include <iterator>

namespace fleet::live {
namespace {

using Candidate = CampaignRegistry::Candidate;

/// Appends `count` of them, from the one whose turn it is.
void take_in_turn(
    std::vector<Candidate>& out, std::vector<Candidate>& from, std::size_t count, std::size_t turn
) {
    for (std::size_t i = 0; i < count; ++i)
        out.push_back(std::move(from[(turn + i) % from.size()]));
}

std::vector<Candidate> fair_choice(std::vector<Candidate> all, std::size_t most, std::size_t turn) {
    const auto is_narrow = [](const Candidate& c) { return c.model == TargetModel::per_host; };
    const auto border = std::stable_partition(all.begin(), all.end(), is_narrow);
    std::vector<Candidate> narrow{
        std::make_move_iterator(all.begin()), std::make_move_iterator(border)};
    std::vector<Candidate> wide{
        std::make_move_iterator(border), std::make_move_iterator(all.end())};
    const std::size_t left_by_wide = most - std::min(most, wide.size());
    const std::size_t of_narrow = std::min(narrow.size(), std::max(most / 2, left_by_wide));
    std::vector<Candidate> out;
    take_in_turn(out, narrow, of_narrow, turn);
    take_in_turn(out, wide, most - of_narrow, turn);
    return out;
}

}  // namespace

void CampaignRegistry::add(Campaign campaign) {
    const std::lock_guard lock{mutex_};
    // A campaign comes twice when its news outruns its launch. What is here has seen the answers
    // that were given since.
    if (entries_.contains(campaign.id)) return;
    campaign.pending.each([&](HostId host) { flags_.set(host); });
    entries_[campaign.id].campaign = std::move(campaign);
}

void CampaignRegistry::remove(CampaignId id) {
    const std::lock_guard lock{mutex_};
    entries_.erase(id);
}

void CampaignRegistry::clear_flag_if_idle(HostId host) {
    const bool busy = std::any_of(entries_.begin(), entries_.end(), [&](const auto& entry) {
        return entry.second.campaign.pending.contains(host);
    });
    if (!busy) flags_.clear(host);
}

bool CampaignRegistry::knows(CampaignId id) const {
    const std::lock_guard lock{mutex_};
    return entries_.contains(id);
}

std::vector<CampaignId> CampaignRegistry::ids() const {
    const std::lock_guard lock{mutex_};
    std::vector<CampaignId> out;
    for (const auto& [id, entry] : entries_)
        out.push_back(id);
    return out;
}

std::vector<CampaignRegistry::Campaign> CampaignRegistry::all() const {
    const std::lock_guard lock{mutex_};
    std::vector<Campaign> out;
    for (const auto& [id, entry] : entries_)
        out.push_back(entry.campaign);
    return out;
}

std::size_t CampaignRegistry::size() const {
    const std::lock_guard lock{mutex_};
    return entries_.size();
}

std::vector<CampaignRegistry::Candidate> CampaignRegistry::candidates(
    HostId host, std::size_t most
) {
    std::vector<Candidate> out;
    if (!has_work(host)) return out;
    const std::lock_guard lock{mutex_};
    for (const auto& [id, entry] : entries_) {
        const auto& campaign = entry.campaign;
        if (campaign.pending.contains(host)) out.push_back({{id, campaign.sql}, campaign.model});
    }
    if (out.empty()) flags_.clear(host);
    if (out.size() <= most) return out;
    turn_ += 7'919;  // a prime: whatever their number, each comes to be the first
    return fair_choice(std::move(out), most, turn_);
}

std::optional<TargetModel> CampaignRegistry::model(CampaignId id) const {
    const std::lock_guard lock{mutex_};
    const auto found = entries_.find(id);
    if (found == entries_.end()) return std::nullopt;
    return found->second.campaign.model;
}

void CampaignRegistry::erase(std::span<const Target> targets) {
    const std::lock_guard lock{mutex_};
    bool erased = false;
    for (std::size_t i = 0; i < targets.size(); ++i) {
        const auto& [id, host] = targets[i];
        const auto found = entries_.find(id);
        if (found != entries_.end() && found->second.campaign.pending.erase(host)) erased = true;
        if (i + 1 < targets.size() && targets[i + 1].host == host) continue;
        if (std::exchange(erased, false)) clear_flag_if_idle(host);
    }
}

bool CampaignRegistry::note_heard(
    CampaignId id, bool heard, Clock::time_point now, Clock::duration limit
) {
    const std::lock_guard lock{mutex_};
    const auto found = entries_.find(id);
    if (found == entries_.end()) return false;
    auto& since = found->second.unheard_since;
    if (heard) {
        since.reset();
        return false;
    }
    if (!since) since = now;
    if (now - *since < limit) return false;
    since = now;
    return true;
}

}  // namespace fleet::live
