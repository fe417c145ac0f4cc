fleet_fuzz(NAME fuzz_sql_linter SOURCES sql_linter.cpp LIBS fleet_sql)
