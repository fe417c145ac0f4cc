fleet_fuzz(NAME fuzz_core_text SOURCES core_text.cpp LIBS fleet_core)
