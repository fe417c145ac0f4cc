fleet_fuzz(NAME fuzz_http_router SOURCES http_router.cpp LIBS fleet_http)
fleet_fuzz(NAME fuzz_http_inflate SOURCES http_inflate.cpp LIBS fleet_http)
fleet_fuzz(NAME fuzz_http_sockjs SOURCES http_sockjs.cpp LIBS fleet_http)
fleet_fuzz(NAME fuzz_http_request SOURCES http_request.cpp LIBS fleet_http fleet_asio)
