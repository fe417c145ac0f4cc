#include "people.hpp"

namespace fleet::main {

struct People::Parts {};

People::People(const config::Config&, Deps) : parts_{std::make_unique<Parts>()} {}
People::~People() = default;
http::Routes People::routes() { return {}; }
http::BlockingHandler People::web_ui() {
    return [](const http::Request&) {
        http::Response out;
        out.status = 404;
        return out;
    };
}
void People::start() {}
void People::stop() {}

}  // namespace fleet::main
