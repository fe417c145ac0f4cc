add_executable(software_ingest EXCLUDE_FROM_ALL software_ingest.cpp)
target_link_libraries(software_ingest PRIVATE
    fleet_options fleet_checkin fleet_store fleet_test_support GTest::gtest)
