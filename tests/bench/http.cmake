add_executable(http_floor EXCLUDE_FROM_ALL
    http_floor/bare.cpp
    http_floor/main.cpp
    http_floor/memory.cpp
    http_floor/nginx.cpp
    http_floor/subject.cpp)
target_include_directories(http_floor PRIVATE ${CMAKE_CURRENT_SOURCE_DIR})
target_link_libraries(http_floor PRIVATE
    fleet_options fleet_http fleet_asio fleet_test_support GTest::gtest
    OpenSSL::SSL OpenSSL::Crypto)
