// Asio is compiled separately; fleet-server takes it from the HTTP layer, this program from here.
#include <boost/asio/impl/src.hpp>
