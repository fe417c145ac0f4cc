#include "perf/tables/sets.hpp"

namespace fleet::perf {

TableSet make_tables(Family family) {
    TableSet set;
    if (family == Family::this_machine) {
        add_machine_system(set);
        add_machine_accounts(set);
        add_machine_processes(set);
        add_machine_sockets(set);
        add_machine_network(set);
        add_machine_storage(set);
        add_machine_packages(set);
        add_machine_files(set);
    } else {
        add_synthetic_system(set, family);
        add_synthetic_accounts(set, family);
        add_synthetic_processes(set, family);
        add_synthetic_network(set, family);
        add_synthetic_storage(set, family);
        add_synthetic_packages(set, family);
        add_synthetic_apps(set, family);
        if (family == Family::windows) add_synthetic_windows(set);
    }
    add_osquery_tables(set);
    complete_with_schema(set, family);
    add_registry_table(set);
    return set;
}

}  // namespace fleet::perf
