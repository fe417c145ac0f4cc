// How jemalloc behaves when it is linked (see CMakeLists.txt): it looks this name up at the start.

extern "C" {

// Memory that was freed goes back to the system after two seconds instead of ten, so that a wave of
// enrolments does not show for long.
const char* malloc_conf = "dirty_decay_ms:2000,muzzy_decay_ms:0";
}
