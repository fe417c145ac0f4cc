add_executable(http_floor EXCLUDE_FROM_ALL http_floor.cpp)
target_link_libraries(http_floor PRIVATE
    fleet_options fleet_http fleet_asio fleet_test_support GTest::gtest
    OpenSSL::SSL OpenSSL::Crypto)
