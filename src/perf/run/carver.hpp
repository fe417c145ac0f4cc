#pragma once

#include "perf/run/desk.hpp"
#include "perf/run/enroller.hpp"

namespace fleet::perf {

/// Uploads what SQL has ordered to be carved, one archive after the other, block by block.
class Carver {
public:
    Carver(Desk& desk, Enroller& enroller) : desk_{desk}, enroller_{enroller} {}

    void add(Host& host, const Profile& profile, std::vector<CarveOrder> orders);

    /// Sends the next part of the first archive.
    void step(Host& host);
    void on_begin(Host& host, const Request& request, const Reply& reply);
    void on_block(Host& host, const Request& request, const Reply& reply);

private:
    void next_job(Host& host);

    Desk& desk_;
    Enroller& enroller_;
};

}  // namespace fleet::perf
